import type { Problem } from '#contracts/common.ts'
import { deletedResponse, type OrganiserEvent, organiserEventResponse } from '#contracts/events.ts'
import { slugOf } from '#domain/slugs.ts'
import { type Answer, callApi, newIdempotencyKey } from '#src/api/client.ts'
import { fieldErrors } from './words.ts'

/** What moves, copies or takes away the event that the editor around it shows. */
export function deskManage() {
  const copyKey = newIdempotencyKey()
  return {
    of: null as OrganiserEvent | null,
    slug: '',
    slugWrong: '',
    told: '',
    wrong: '',
    working: false,
    $dispatch: (_name: string) => {},
    $root: {} as HTMLElement,

    /** Follows the editor; what is being typed here stays. */
    show(event: OrganiserEvent | null) {
      if (event && event.slug !== this.of?.slug) this.slug = event.slug
      this.of = event
    },
    get path(): string {
      return `/api/organiser/events/${this.of?.id}`
    },
    get prefix(): string {
      return `${location.origin}/events/`
    },
    get formerPaths(): string[] {
      return (this.of?.formerSlugs ?? []).map((slug) => `/events/${slug}/`)
    },
    get isPublished(): boolean {
      return this.of?.status === 'published'
    },
    get isDeletable(): boolean {
      return this.of?.status === 'draft' && this.of.publishedAt === null
    },
    get wasWithdrawn(): boolean {
      return this.of?.status === 'draft' && this.of.publishedAt !== null
    },

    async move() {
      const { of: event } = this
      const slug = slugOf(this.slug, '')
      this.slugWrong = slug === '' ? 'Write at least one letter from a to z, or a digit.' : ''
      if (!event || slug === '' || slug === event.slug) return
      if (!confirm(`Move the page to ${this.prefix}${slug}/? Its present address will lead there.`)) return
      const body = { version: event.version, slug }
      const answer = await this.running(
        callApi(`${this.path}/address`, organiserEventResponse, { method: 'PUT', body }),
      )
      if (answer.ok) this.say('Moved. Its former addresses lead to the new one.')
    },
    async copy() {
      const call = { method: 'POST', idempotencyKey: copyKey } as const
      const answer = await this.running(callApi(`${this.path}/duplicate`, organiserEventResponse, call))
      if (answer.ok) location.assign(`/desk/event/?id=${answer.value.event.id}`)
    },
    async withdraw() {
      const { of: event } = this
      if (!event || !confirm(`Take “${event.name}” off the site? Its page and its place in all lists and searches go.`))
        return
      const body = { version: event.version }
      const answer = await this.running(
        callApi(`${this.path}/withdraw`, organiserEventResponse, { method: 'POST', body }),
      )
      if (answer.ok) this.say('Withdrawn. It is a draft again, and its page is gone.')
    },
    async remove() {
      const { of: event } = this
      if (!event || !confirm(`Delete the draft “${event.name}” with its ticket types? This cannot be undone.`)) return
      const answer = await this.running(callApi(this.path, deletedResponse, { method: 'DELETE' }))
      if (answer.ok) location.assign('/desk/')
    },

    async running<T>(work: Promise<Answer<T>>): Promise<Answer<T>> {
      this.working = true
      this.told = ''
      this.wrong = ''
      const answer = await work
      this.working = false
      if (!answer.ok) this.refuse(answer.problem)
      return answer
    },
    refuse(problem: Problem) {
      this.slugWrong = fieldErrors(problem).slug ?? ''
      this.wrong = this.slugWrong ? '' : problem.title
    },
    /** The button that was pressed may go: the focus stays here. */
    say(told: string) {
      this.told = told
      this.$root.focus()
      this.$dispatch('event-changed')
    },
  }
}

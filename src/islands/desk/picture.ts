import type { Problem } from '#contracts/common.ts'
import { type OrganiserEvent, organiserEventResponse } from '#contracts/events.ts'
import { type OrganisationResponse, organisationResponse } from '#contracts/organisations.ts'
import { type PictureView, pictureUploadResponse, pictureUploadStarted } from '#contracts/pictures.ts'
import { pictureTypes } from '#domain/pictures.ts'
import { callApi, newIdempotencyKey } from '#src/api/client.ts'
import { sendFile } from '#src/api/upload.ts'
import { objectionTo, refusalWords } from './picture-words.ts'

/** Whose picture it is; an event's has a version and a focal point. */
interface Owner {
  readonly id: string
  readonly path: string
  readonly uploads: string
  readonly version: number | null
}

const pollMs = 400
const patienceMs = 90_000

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const percent = (part: number, whole: number) => Math.round(Math.min(100, Math.max(0, (100 * part) / whole)))

/** The picture of the event that the editor around it shows, or the logo of an organisation: choose, describe, send, take away. */
export function deskPicture() {
  let key = newIdempotencyKey()
  let file: File | null = null

  return {
    owner: null as Owner | null,
    current: null as PictureView | null,
    preview: '',
    fileName: '',
    alt: '',
    x: '50',
    y: '50',
    /** The focal point is found where the eye is drawn to. */
    isAutomatic: true,
    isOver: false,
    step: 'idle' as 'idle' | 'sending' | 'reading',
    progress: 0,
    wrong: '',
    altWrong: '',
    told: '',
    $dispatch: (_name: string) => {},
    $refs: {} as { file?: HTMLInputElement },

    /** Follows the editor, which may know less than we do: an older version changes nothing. */
    showEvent(event: OrganiserEvent | null) {
      const known = this.owner?.id === event?.id ? (this.owner?.version ?? 0) : 0
      if (!event || event.version <= known) return
      const path = `/api/organiser/events/${event.id}`
      this.owner = { id: event.id, path, uploads: `${path}/picture-uploads`, version: event.version }
      if (known === 0 || event.picture?.base !== this.current?.base) this.take(event.picture)
    },
    follow(loaded: OrganisationResponse | null) {
      if (loaded && this.owner?.id !== loaded.organisation.id) this.showOrganisation(loaded)
    },
    showOrganisation({ organisation }: OrganisationResponse) {
      const path = `/api/organiser/organisations/${organisation.id}`
      this.owner = { id: organisation.id, path, uploads: `${path}/logo-uploads`, version: null }
      this.take(organisation.logo)
    },
    take(picture: PictureView | null) {
      this.current = picture
      this.alt = picture?.alt ?? ''
      this.x = String(picture?.focus?.x ?? 50)
      this.y = String(picture?.focus?.y ?? 50)
      this.discard()
    },
    discard() {
      if (this.preview) URL.revokeObjectURL(this.preview)
      file = null
      this.preview = ''
      this.fileName = ''
      this.wrong = ''
      this.altWrong = ''
      if (this.$refs.file) this.$refs.file.value = ''
    },

    get isBusy(): boolean {
      return this.step !== 'idle'
    },
    get shown(): string {
      const { current } = this
      return this.preview || (current ? `${current.base}-${current.widths.at(-1)}.jpg` : '')
    },
    get cropStyle() {
      return { objectPosition: `${this.x}% ${this.y}%` }
    },
    get isFresh(): boolean {
      return this.preview !== ''
    },
    get saveText(): string {
      return this.isFresh ? 'Send and save' : 'Save description'
    },
    get stepWords(): string {
      if (this.step === 'sending') return `Sending, ${this.progress} %`
      return this.step === 'reading' ? 'Reading the picture. This takes a few seconds.' : ''
    },

    chosen(event: Event) {
      if (event.target instanceof HTMLInputElement) this.choose(event.target.files?.[0])
    },
    dropped(event: DragEvent) {
      this.isOver = false
      this.choose(event.dataTransfer?.files[0])
    },
    choose(next: File | undefined) {
      if (!next || this.isBusy) return
      this.discard()
      this.told = ''
      const objection = objectionTo(next)
      if (objection) {
        this.wrong = objection
        return
      }
      file = next
      key = newIdempotencyKey()
      this.preview = URL.createObjectURL(next)
      this.fileName = next.name
      this.isAutomatic = true
      this.x = '50'
      this.y = '50'
    },
    point(event: MouseEvent) {
      if (!(event.currentTarget instanceof Element) || this.isBusy) return
      const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
      this.isAutomatic = false
      this.x = String(percent(event.clientX - left, width))
      this.y = String(percent(event.clientY - top, height))
    },
    moved() {
      this.isAutomatic = false
    },

    async save() {
      if (!this.owner || this.isBusy) return
      this.wrong = ''
      this.told = ''
      this.altWrong = this.alt.trim() === '' ? 'Say in a few words what can be seen.' : ''
      if (this.altWrong) return
      if (file) await this.send(this.owner, file)
      else if (this.current) await this.describe({ alt: this.alt, focus: { x: Number(this.x), y: Number(this.y) } })
      else this.wrong = 'Choose a file first.'
    },
    async send(owner: Owner, sent: File) {
      this.step = 'sending'
      this.progress = 0
      const outcome = await this.deliver(owner, sent)
      this.step = 'idle'
      // What was refused is not sent again under the same key.
      key = newIdempotencyKey()
      if (outcome !== 'done') {
        this.wrong = outcome
        return
      }
      await this.reload()
      this.told = 'Saved. The public page follows.'
    },
    /** `done`, or why not. */
    async deliver(owner: Owner, sent: File): Promise<string> {
      const contentType = pictureTypes.find((type) => type === sent.type)
      const focus = this.isAutomatic || owner.version === null ? null : { x: Number(this.x), y: Number(this.y) }
      const begun = await callApi(owner.uploads, pictureUploadStarted, {
        method: 'POST',
        body: { contentType, bytes: sent.size, alt: this.alt, focus },
        idempotencyKey: key,
      })
      if (!begun.ok) return this.problemWords(begun.problem)
      const { upload, form } = begun.value
      const delivered = await sendFile(form, sent, (progress) => {
        this.progress = progress
      })
      if (delivered !== 'sent') return refusalWords(delivered)
      this.step = 'reading'
      return this.outcomeOf(`${owner.uploads}/${upload.id}`)
    },
    async outcomeOf(path: string): Promise<string> {
      for (const until = Date.now() + patienceMs; Date.now() < until; ) {
        const answer = await callApi(path, pictureUploadResponse)
        if (!answer.ok && answer.problem.code !== 'offline') return this.problemWords(answer.problem)
        const { state, reason } = answer.ok ? answer.value.upload : { state: 'waiting', reason: null }
        if (state === 'done') return 'done'
        if (reason) return refusalWords(reason)
        await wait(pollMs)
      }
      return 'Reading the picture takes longer than it should. Look again in a minute: if it is not there then, send it once more.'
    },
    problemWords({ code, title, errors = [] }: Problem): string {
      return code === 'invalid_request' ? `${title} ${errors.map(({ message }) => message).join(', ')}` : title
    },

    async describe(picture: { alt: string; focus: { x: number; y: number } } | null) {
      const { owner } = this
      if (!owner) return
      this.step = 'reading'
      const answer =
        owner.version === null
          ? await callApi(`${owner.path}/logo`, organisationResponse, { method: 'DELETE' })
          : await callApi(`${owner.path}/picture`, organiserEventResponse, {
              method: 'PUT',
              body: { version: owner.version, picture },
            })
      this.step = 'idle'
      if (!answer.ok) {
        this.wrong = this.problemWords(answer.problem)
        return
      }
      await this.reload()
      this.told = picture ? 'Saved. The public page follows.' : 'Removed. The public page follows.'
    },
    async remove() {
      this.wrong = ''
      this.told = ''
      if (confirm('Remove the picture? Its files are deleted within two hours.')) await this.describe(null)
    },
    /** The editor around it has the event; the organisation is ours to read. */
    async reload() {
      if (!this.owner) return
      if (this.owner.version !== null) {
        const answer = await callApi(this.owner.path, organiserEventResponse)
        if (answer.ok) {
          this.showEvent(answer.value.event)
          this.take(answer.value.event.picture)
        }
        this.$dispatch('event-changed')
        return
      }
      const answer = await callApi(this.owner.path, organisationResponse)
      if (answer.ok) this.showOrganisation(answer.value)
    },
  }
}

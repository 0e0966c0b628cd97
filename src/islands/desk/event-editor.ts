import type { Problem } from '#contracts/common.ts'
import { type OrganiserEvent, type OrganiserEventResponse, organiserEventResponse } from '#contracts/events.ts'
import { type AttendeesResponse, attendeesResponse, type StatsResponse, statsResponse } from '#contracts/organiser.ts'
import { sessionResponse } from '#contracts/session.ts'
import { makeId } from '#domain/ids.ts'
import { directionOf, type Language } from '#domain/languages.ts'
import type { Money } from '#domain/money.ts'
import { type Answer, callApi, newIdempotencyKey } from '#src/api/client.ts'
import {
  emptyEventForm,
  emptyTicketTypeForm,
  eventFieldsOf,
  eventFormOf,
  ticketTypeFormOf,
  ticketTypeRequestOf,
  timeErrors,
} from './event-form.ts'
import { performerErrors } from './performer-names.ts'
import { emptyPhaseForm, type PhaseForm, seatingPools } from './phase-form.ts'
import { majorOf } from './prices.ts'
import { shareCodesOf } from './share-codes.ts'
import { showCurrentTab, type Tab, tabs } from './tabs.ts'
import { dateTimeWords, fieldErrors, moneyWords, sayErrors } from './words.ts'

type Screen = 'loading' | 'signed_out' | 'forbidden' | 'failed' | 'ready'
type TicketTypeView = OrganiserEvent['ticketTypes'][number]

const newId = (prefix: 'tty' | 'poo') => makeId(prefix, Date.now(), crypto.getRandomValues(new Uint8Array(10)))

/** One event at the desk: its details, ticket types, sales and attendees. Without `?id=` it makes a new one. */
export function eventEditor() {
  const creationKey = newIdempotencyKey()
  return {
    screen: 'loading' as Screen,
    tab: 'details' as Tab,
    failure: '',
    notice: '',
    busy: false,
    errors: {} as Record<string, string>,
    organisations: [] as { id: string; name: string }[],
    organisationId: '',
    event: null as OrganiserEvent | null,
    form: emptyEventForm(Intl.DateTimeFormat().resolvedOptions().timeZone),
    typeForm: emptyTicketTypeForm(''),
    typeOpen: false,
    stats: null as StatsResponse | null,
    attendees: [] as AttendeesResponse['attendees'],
    attendeesCursor: null as string | null,
    search: '',
    $dispatch: (_name: string, _detail: string) => {},

    async init() {
      const session = await callApi('/api/session', sessionResponse)
      if (!session.ok) return this.fail(session.problem)
      if (!session.value.user) {
        this.screen = 'signed_out'
        return
      }
      this.organisations = session.value.organisations.filter(({ role }) => role === 'owner' || role === 'manager')
      this.organisationId = this.organisations[0]?.id ?? ''
      const id = new URLSearchParams(location.search).get('id')
      if (id) await this.load(id)
      else this.screen = this.organisationId ? 'ready' : 'forbidden'
    },
    async load(id: string) {
      const answer = await callApi(`/api/organiser/events/${id}`, organiserEventResponse)
      if (!answer.ok) return this.fail(answer.problem)
      this.take(answer.value.event)
      this.screen = 'ready'
      const tab = tabs.find((one) => `#${one}` === location.hash)
      if (tab) await this.choose(tab)
    },
    /** Its version has moved under what is being typed here, which stays. */
    async refresh() {
      const answer = this.event && (await callApi(`/api/organiser/events/${this.event.id}`, organiserEventResponse))
      if (answer?.ok) this.event = answer.value.event
    },
    take(event: OrganiserEvent) {
      this.event = event
      this.form = eventFormOf(event)
      this.errors = {}
    },
    fail(problem: Problem) {
      this.failure = problem.title
      this.screen = problem.status === 401 ? 'signed_out' : 'failed'
    },

    get isNew(): boolean {
      return this.event === null
    },
    get canEdit(): boolean {
      return this.event === null || this.event.role === 'owner' || this.event.role === 'manager'
    },
    get canPublish(): boolean {
      return this.canEdit && this.event?.status === 'draft'
    },
    get canCancel(): boolean {
      return this.canEdit && this.event?.status === 'published'
    },
    get canRefund(): boolean {
      return this.event !== null && this.event.role !== 'door'
    },
    get heading(): string {
      return this.event?.name ?? 'New event'
    },
    get publicPath(): string {
      return this.event && this.event.status !== 'draft' ? this.event.path : ''
    },
    get shareCodes() {
      return this.event ? shareCodesOf(this.event, location.origin) : []
    },
    async copy(text: string) {
      await navigator.clipboard.writeText(text)
      this.notice = 'Copied.'
    },
    get csvPath(): string {
      return this.event ? `/api/organiser/events/${this.event.id}/attendees.csv` : ''
    },
    get writtenDirection(): 'ltr' | 'rtl' {
      return directionOf(this.form.language)
    },
    isTranslatedTo(language: Language): boolean {
      return this.event?.translations[language] !== undefined
    },
    errorOf(field: string): string {
      return this.errors[field] ?? ''
    },

    async choose(tab: Tab) {
      this.tab = tab
      this.notice = ''
      this.failure = ''
      history.replaceState(null, '', `#${tab}`)
      showCurrentTab()
      if (tab === 'sales') await this.loadStats()
      if (tab === 'attendees') await this.findAttendees()
    },

    async save() {
      const { event } = this
      const wrong = timeErrors(this.form)
      if (Object.keys(wrong).length > 0) {
        this.errors = wrong
        this.notice = ''
        this.failure = sayErrors(wrong).join(' ')
        return
      }
      const fields = eventFieldsOf(this.form, event?.venue)
      const answer = event
        ? await this.change(`/api/organiser/events/${event.id}`, 'PATCH', { version: event.version, ...fields })
        : await this.create({ organisationId: this.organisationId, ...fields })
      if (!answer.ok) return
      this.notice = event ? 'Saved.' : 'Draft saved. Add its ticket types next.'
      if (!event) {
        history.replaceState(null, '', `/desk/event/?id=${answer.value.event.id}`)
        this.tab = 'tickets'
      }
    },
    async create(body: unknown) {
      return this.told(
        await this.running(
          callApi('/api/organiser/events', organiserEventResponse, {
            method: 'POST',
            body,
            idempotencyKey: creationKey,
          }),
        ),
      )
    },
    async change(path: string, method: 'PATCH' | 'PUT' | 'POST', body: unknown) {
      return this.told(await this.running(callApi(path, organiserEventResponse, { method, body })))
    },
    async running<T>(work: Promise<T>): Promise<T> {
      this.busy = true
      this.notice = ''
      this.failure = ''
      this.errors = {}
      try {
        return await work
      } finally {
        this.busy = false
      }
    },
    told(answer: Answer<OrganiserEventResponse>) {
      if (answer.ok) this.take(answer.value.event)
      else {
        this.errors = fieldErrors(answer.problem)
        this.failure = [answer.problem.title, ...sayErrors(this.errors)].join(' ')
        Object.assign(this.errors, performerErrors(this.errors))
      }
      return answer
    },

    async publish() {
      const { event } = this
      if (!event) return
      const answer = await this.change(`/api/organiser/events/${event.id}/publish`, 'POST', { version: event.version })
      if (answer.ok) this.notice = 'Published. The page is live.'
    },
    async cancelEvent() {
      const { event } = this
      if (
        !event ||
        !confirm(`Cancel “${event.name}”? Sales stop at once, and everybody who has paid is refunded in full.`)
      )
        return
      const answer = await this.change(`/api/organiser/events/${event.id}/cancel`, 'POST', { version: event.version })
      if (answer.ok) this.notice = 'Cancelled. Sales have stopped; refunds are on their way.'
    },

    openType(type: TicketTypeView | null) {
      const { event } = this
      if (!event) return
      this.errors = {}
      this.failure = ''
      this.typeForm = type ? ticketTypeFormOf(type, event) : emptyTicketTypeForm(newId('tty'))
      this.typeOpen = true
    },
    addType() {
      this.openType(null)
    },
    closeType() {
      this.typeOpen = false
    },
    async saveType() {
      const { event, typeForm } = this
      if (!event) return
      const before = event.ticketTypes.find((type) => type.id === typeForm.id)
      const { name, poolId: typePool, capacity } = typeForm
      const own = await this.savePool(event, { poolId: typePool, name, capacity })
      if (!own) return
      // Kept, so that trying again after a refused type does not make a second pool.
      typeForm.poolId = own.poolId
      let pooled = own
      for (const phase of typeForm.phases.filter(({ places }) => places !== '')) {
        const { poolId, places } = phase
        const next = await this.savePool(pooled.event, { poolId, name: `${name}: ${phase.name}`, capacity: places })
        if (!next) return
        phase.poolId = next.poolId
        pooled = { ...own, event: next.event }
      }
      const request = ticketTypeRequestOf(typeForm, pooled.event, pooled.poolId, before?.poolIds)
      const path = `/api/organiser/events/${event.id}/ticket-types/${typeForm.id}`
      const answer = await this.change(path, 'PUT', request)
      if (!answer.ok) return
      this.typeOpen = false
      this.notice = 'Ticket type saved.'
    },
    /** A pool is made, or its capacity changed, before the type that draws on it. */
    async savePool(event: OrganiserEvent, wanted: { poolId: string; name: string; capacity: string }) {
      const pool = event.pools.find(({ id }) => id === wanted.poolId)
      const capacity = Number(wanted.capacity)
      if (pool?.capacity === capacity) return { event, poolId: pool.id }
      const poolId = pool?.id ?? newId('poo')
      const answer = await this.change(`/api/organiser/events/${event.id}/pools/${poolId}`, 'PUT', {
        version: event.version,
        name: pool?.name ?? wanted.name,
        capacity,
      })
      if (!answer.ok) return null
      return { event: answer.value.event, poolId }
    },
    addPhase() {
      this.typeForm.phases.push(emptyPhaseForm())
    },
    removePhase(phase: PhaseForm) {
      this.typeForm.phases = this.typeForm.phases.filter((one) => one !== phase)
    },
    get seatingPools(): OrganiserEvent['pools'] {
      return this.event ? seatingPools(this.event) : []
    },
    priceOf(type: TicketTypeView): string {
      const currency = this.event?.currency ?? ''
      const words = (amountMinor: number) => (amountMinor === 0 ? 'Free' : moneyWords({ amountMinor, currency }))
      const earlier = type.phases.map(({ name, priceMinor }) => `${words(priceMinor)} (${name}), then `)
      return earlier.join('') + words(type.priceMinor)
    },
    placesOf(type: TicketTypeView): string {
      const pools = (this.event?.pools ?? []).filter(({ id }) => type.poolIds.includes(id))
      return pools.map(({ name, capacity }) => `${capacity} in ${name}`).join(', ')
    },
    priceHint(): string {
      return this.event
        ? `In ${this.event.currency}, for example ${majorOf(1250, this.event.currency)}; 0 is free.`
        : ''
    },

    async loadStats() {
      if (!this.event) return
      const answer = await callApi(`/api/organiser/events/${this.event.id}/stats`, statsResponse)
      if (answer.ok) this.stats = answer.value
      else this.failure = answer.problem.title
    },
    money: (money: Money): string => moneyWords(money),
    cancellationWords(): string {
      const cancellation = this.stats?.cancellation
      if (!cancellation) return ''
      const ended = `${cancellation.ordersEnded} paid orders have been refunded because the event is cancelled`
      return cancellation.finishedAt ? `${ended}. That is all.` : `${ended} so far; more are on their way.`
    },

    /** In place: the row that somebody works on keeps its focus. */
    async refreshAttendees() {
      const shown = Math.min(Math.max(this.attendees.length, 50), 200)
      const answer = await this.readAttendees(shown, null)
      if (!answer?.ok) return
      this.attendees = [...answer.value.attendees, ...this.attendees.slice(shown)]
    },
    async findAttendees() {
      this.attendees = []
      this.attendeesCursor = null
      await this.moreAttendees()
    },
    async moreAttendees() {
      const answer = await this.running(this.readAttendees(50, this.attendeesCursor))
      if (!answer) return
      if (!answer.ok) {
        this.failure = answer.problem.title
        return
      }
      this.attendees = [...this.attendees, ...answer.value.attendees]
      this.attendeesCursor = answer.value.cursor
    },
    refund(attendee: AttendeesResponse['attendees'][number]) {
      this.$dispatch('refund-order', attendee.orderId)
    },
    async readAttendees(limit: number, cursor: string | null) {
      if (!this.event) return null
      const query = new URLSearchParams({ limit: String(limit) })
      if (this.search.trim()) query.set('search', this.search.trim())
      if (cursor) query.set('cursor', cursor)
      return callApi(`/api/organiser/events/${this.event.id}/attendees?${query}`, attendeesResponse)
    },
    boughtAt(attendee: AttendeesResponse['attendees'][number]): string {
      return dateTimeWords(attendee.boughtAt, this.event?.timeZone ?? 'UTC')
    },
    admission(attendee: AttendeesResponse['attendees'][number]): string {
      if (attendee.status === 'revoked') return 'Revoked'
      return attendee.admittedAt
        ? `In at ${dateTimeWords(attendee.admittedAt, this.event?.timeZone ?? 'UTC')}`
        : 'Not yet'
    },
  }
}

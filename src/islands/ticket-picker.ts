import type { TryCodeResponse } from '#contracts/codes.ts'
import type { Language } from '#domain/languages.ts'
import { localTimeOf } from '#domain/schedule.ts'
import { callApi, newIdempotencyKey } from '#src/api/client.ts'
import { priceText } from '../components/price.ts'
import { dayAndClock, zoneName } from '../components/when.ts'
import { fill, fillCount } from '../i18n/fill.ts'
import type { Texts } from '../i18n/texts.ts'
import { availability, triedCode } from './answers.ts'
import {
  type BuyWords,
  countOf,
  isOpen,
  keptQuantities,
  limitWords,
  type PickerEvent,
  type Quantities,
  setQuantity,
  totalMinorOf,
  withAvailability,
  withCode,
} from './cart.ts'
import { latest } from './latest.ts'
import { memory } from './memory.ts'
import { type Draft, draftErrors, type FieldError, placeOrder, requestOf } from './place-order.ts'
import { readTexts } from './read-texts.ts'
import { type Advice, adviceOn } from './refusals.ts'
import { ticketRows } from './ticket-rows.ts'
import { countdownText, secondsTo } from './turn.ts'

const refreshMs = 20_000
/** Where the server does not say when to come back. */
const pauseSeconds = 5

/** Choosing tickets and checking out, without leaving the event's page. */
export const ticketPicker = () => {
  const event: PickerEvent = JSON.parse(document.getElementById('ticket-picker-data')?.textContent ?? '')
  const words = readTexts<BuyWords & { language: Language; refusals: Texts['refusals'] }>()
  const { common, buy, refusals } = words
  const { locale } = common
  /** Every attribute of every row asks for them. */
  const rowsOf = latest((event: PickerEvent, quantities: Quantities) => ticketRows(event, quantities, words))
  return {
    event,
    step: 'choose' as Advice['step'],
    quantities: {} as Quantities,
    limitText: '',
    name: '',
    email: '',
    attendees: [] as string[],
    advice: null as Advice | null,
    errors: [] as FieldError[],
    sending: false,
    /** Whose turn it is not yet: when he asked and when he may, as Unix milliseconds; 0: nobody waits. */
    askedMs: 0,
    turnMs: 0,
    waitSeconds: 0,
    code: '',
    codeText: '',
    agreedMinor: null as number | null,

    init() {
      const draft: Partial<Draft> = JSON.parse(memory.getItem(draftName(event.id)) ?? '{}')
      this.quantities = keptQuantities(event, draft.quantities ?? {})
      this.name = draft.name ?? ''
      this.email = draft.email ?? ''
      this.attendees = [...(draft.attendees ?? [])]
      const refresh = () => document.visibilityState === 'visible' && void this.refresh()
      refresh()
      setInterval(refresh, refreshMs)
      document.addEventListener('visibilitychange', refresh)
      // A page that comes back from the browser's cache must not still say that it is sending.
      addEventListener('pageshow', () => {
        this.sending = false
      })
    },

    get rows() {
      return rowsOf(this.event, this.quantities)
    },
    get count() {
      return countOf(this.quantities)
    },
    get isEmpty() {
      return this.count === 0
    },
    get nothingToBuy() {
      return !this.event.types.some(isOpen)
    },
    get closedText() {
      return this.event.types.some(({ state }) => state === 'not_yet') ? buy.opensLater : buy.nothingLeft
    },
    get unlocked() {
      return this.event.types.flatMap(({ id, isUnlocked }) => (isUnlocked ? (this.rows[id] ?? []) : []))
    },
    get totalMinor() {
      return this.agreedMinor ?? totalMinorOf(this.event, this.quantities)
    },
    get totalText() {
      return priceText({ amountMinor: this.totalMinor, currency: this.event.currency }, common)
    },
    get countText() {
      return fillCount(buy.tickets, this.count, locale)
    },
    get payText() {
      if (this.sending) return buy.keeping
      return this.totalMinor === 0 ? buy.getFree : fill(buy.pay, { price: this.totalText })
    },
    get isChoosing() {
      return this.step === 'choose'
    },
    get isDetails() {
      return this.step === 'details'
    },
    get isFilling() {
      return this.isDetails && !this.isWaiting
    },
    get isWaiting() {
      return this.turnMs > 0
    },
    get turnText() {
      return countdownText(this.waitSeconds)
    },
    get waitedShare() {
      return 1 - (this.waitSeconds * 1000) / Math.max(1, this.turnMs - this.askedMs)
    },
    get seats() {
      return Array.from({ length: this.count }, (_, at) => ({
        at,
        id: fieldId(`attendees.${at}.name`),
        label: fill(buy.nameOnTicket, { number: at + 1 }),
        value: this.attendees[at] ?? '',
      }))
    },
    get chosen() {
      return this.event.types
        .map(({ id, name }) => ({ id, text: fill(buy.line, { quantity: this.quantities[id] ?? 0, name }) }))
        .filter(({ id }) => this.quantities[id])
    },
    get adviceTitle() {
      return this.advice?.title ?? ''
    },
    get adviceText() {
      return this.advice?.text ?? ''
    },
    get problems() {
      return this.errors.map(({ field, message }) => ({ href: `#${fieldId(field)}`, message }))
    },
    get nameError() {
      return this.errorOf('buyer.name')
    },
    get emailError() {
      return this.errorOf('buyer.email')
    },
    get visitorTime() {
      const here = Intl.DateTimeFormat().resolvedOptions().timeZone
      const { startsAt, timeZone } = this.event
      if (
        !here ||
        zoneName(startsAt, here, locale) === zoneName(startsAt, timeZone, locale) ||
        isSameClock(startsAt, here, timeZone)
      )
        return ''
      const when = `${dayAndClock(startsAt, here, locale)} ${zoneName(startsAt, here, locale)}`
      return fill(buy.whereYouAre, { when })
    },

    errorOf(field: string) {
      return this.errors.find((error) => error.field === field)?.message ?? ''
    },

    less(click: { currentTarget: HTMLElement }) {
      const id = click.currentTarget.dataset.type ?? ''
      this.choose(id, (this.quantities[id] ?? 0) - 1)
    },
    more(click: { currentTarget: HTMLElement }) {
      const id = click.currentTarget.dataset.type ?? ''
      this.choose(id, (this.quantities[id] ?? 0) + 1)
    },
    typed(change: { currentTarget: HTMLInputElement }) {
      const input = change.currentTarget
      const id = input.dataset.type ?? ''
      this.choose(id, input.valueAsNumber)
      input.value = String(this.quantities[id])
    },
    selectAll(focus: { currentTarget: HTMLInputElement }) {
      focus.currentTarget.select()
    },
    choose(id: string, wanted: number) {
      const { quantities, limit } = setQuantity(this.event, this.quantities, id, wanted)
      this.quantities = quantities
      this.limitText = limitWords(this.event, limit, words)
      this.agreedMinor = null
      this.advice = null
      this.remember()
    },
    nameSeat(change: { currentTarget: HTMLInputElement }) {
      this.attendees[Number(change.currentTarget.dataset.seat)] = change.currentTarget.value
      this.remember()
    },
    write({ target }: { target: HTMLInputElement }) {
      if (target.name === 'name' || target.name === 'email') this[target.name] = target.value
    },
    remember() {
      const { quantities, name, email, attendees } = this
      memory.setItem(draftName(event.id), JSON.stringify({ quantities, name, email, attendees }))
    },

    toDetails() {
      if (this.isEmpty) return
      this.step = 'details'
      this.advice = null
      focusSoon('checkout-title')
    },
    toChoose() {
      this.step = 'choose'
      this.turnMs = 0
      focusSoon('tickets-title')
    },
    leaveLine() {
      this.turnMs = 0
      focusSoon('checkout-title')
    },

    async refresh() {
      const answer = await callApi(`/api/events/${event.id}/availability`, availability)
      if (!answer.ok) return
      const next = withAvailability(this.event, answer.value, this.quantities)
      if (totalMinorOf(next.event, next.quantities) !== totalMinorOf(this.event, this.quantities))
        this.agreedMinor = null
      this.event = next.event
      this.quantities = next.quantities
    },

    async applyCode({ currentTarget: form }: { currentTarget: HTMLFormElement }) {
      const typed = String(new FormData(form).get('code')).trim()
      if (!typed) return this.takeCode('', null, '')
      const path = `/api/events/${event.id}/code`
      const answer = await callApi(path, triedCode, { method: 'POST', body: { code: typed } })
      if (answer.ok) this.takeCode(answer.value.code, answer.value, fill(buy.codeApplied, { code: answer.value.code }))
      else this.takeCode('', null, adviceOn(answer.problem, refusals).title)
    },
    takeCode(code: string, answer: TryCodeResponse | null, words: string) {
      this.code = code
      this.codeText = words
      this.agreedMinor = null
      this.event = withCode(this.event, answer)
      this.quantities = keptQuantities(this.event, this.quantities)
      this.remember()
    },

    async send() {
      if (this.sending || this.isWaiting) return
      this.remember()
      this.errors = draftErrors(this, buy)
      this.advice =
        this.errors.length > 0
          ? adviceOn({ code: 'invalid_request', title: '', type: '', status: 422, requestId: '' }, refusals)
          : null
      if (this.advice) return focusSoon('checkout-advice')
      this.sending = true
      // Alpine's own object cannot be spread: it is a proxy without keys.
      const { quantities, name, email, attendees, code, totalMinor } = this
      const draft = { quantities, name, email, attendees, code, totalMinor, language: words.language }
      const outcome = await placeOrder(requestOf(event.id, draft), {
        callApi,
        memory,
        newKey: newIdempotencyKey,
      })
      if (outcome.kind === 'go') return location.assign(outcome.url)
      this.sending = false
      const { problem } = outcome
      if (problem.code === 'too_busy') return this.waitInLine(outcome.retryAfterSeconds ?? pauseSeconds)
      this.advice = adviceOn(problem, refusals)
      this.step = this.advice.step
      const price = problem.code === 'price_changed' ? Number(problem.errors?.[0]?.message) : Number.NaN
      if (Number.isSafeInteger(price)) this.agreedMinor = price
      this.errors = Number.isSafeInteger(price)
        ? []
        : (problem.errors ?? []).map(({ field }) => ({ field, message: buy.checkField }))
      if (this.step === 'choose') await this.refresh()
      focusSoon('checkout-advice')
    },
    submit() {
      void this.send()
    },

    /** Asks again by itself when the turn has come, for as long as he stays. */
    waitInLine(seconds: number) {
      this.askedMs = Date.now()
      this.turnMs = this.askedMs + seconds * 1000
      this.waitSeconds = seconds
      focusSoon('checkout-turn')
      const timer = setInterval(() => {
        this.waitSeconds = secondsTo(this.turnMs, Date.now())
        if (this.waitSeconds > 0) return
        clearInterval(timer)
        if (!this.isWaiting) return
        this.turnMs = 0
        void this.send()
      }, 500)
    },
  }
}

/** `buyer.name` → `buyer-name` */
const fieldId = (field: string): string => field.replaceAll('.', '-')

const draftName = (eventId: string): string => `draft:${eventId}`

const isSameClock = (at: string, one: string, other: string): boolean => localTimeOf(at, one) === localTimeOf(at, other)

/** As soon as Alpine has shown it, which takes a slow phone some frames. */
function focusSoon(id: string, framesLeft = 120): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(id)
    if (element?.checkVisibility()) element.focus()
    else if (framesLeft > 0) focusSoon(id, framesLeft - 1)
  })
}

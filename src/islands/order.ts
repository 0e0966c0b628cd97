import type { OrderView } from '#contracts/orders.ts'
import { callApi } from '#src/api/client.ts'
import { accentClass } from '../components/accent.ts'
import { chargeNotes } from '../components/charges.ts'
import { priceText } from '../components/price.ts'
import { timeSpan } from '../components/time-span.ts'
import { clock, longDay, zoneName } from '../components/when.ts'
import { fill } from '../i18n/fill.ts'
import type { Common, Texts } from '../i18n/texts.ts'
import { orderAnswer, paymentAnswer } from './answers.ts'
import { endAttempt } from './attempt.ts'
import { memory } from './memory.ts'
import { countdown, pollDelayMs, readOrderLink, type Screen, screenOf, spokenCountdown } from './order-screen.ts'
import type { QrDrawing } from './qr-path.ts'
import { readTexts } from './read-texts.ts'
import { adviceOn } from './refusals.ts'

/** One order from its hold to its tickets, for whoever has its link. */
export const orderPage = () => {
  const { common, refusals, order: words } = readTexts<Pick<Texts, 'refusals' | 'order'> & { common: Common }>()
  const { locale } = common
  const link = readOrderLink(location.search, location.hash)
  return {
    screen: (link ? 'loading' : 'no_link') as Screen,
    order: null as OrderView | null,
    drawings: {} as Record<string, QrDrawing>,
    nowMs: Date.now(),
    tries: 0,
    busy: false,
    failure: '',
    spoken: '',
    asksCancel: false,
    pollTimer: 0,

    init() {
      if (!link) return
      hideKey(link.id, link.key)
      void this.load()
      setInterval(() => this.tick(), 1000)
      addEventListener('online', () => void this.load())
      addEventListener('pageshow', () => {
        this.busy = false
      })
    },

    get title() {
      return words.screens[this.screen].title
    },
    get text() {
      return words.screens[this.screen].text
    },
    get isOpen() {
      return this.screen === 'held' || this.screen === 'unpaid'
    },
    get isChecking() {
      return this.screen === 'loading' || this.screen === 'confirming'
    },
    get hasOrder() {
      return this.order !== null
    },
    get hasTickets() {
      return this.tickets.length > 0
    },
    get canPrint() {
      return this.tickets.some(({ isValid }) => isValid)
    },
    get startsAgain() {
      return this.screen === 'expired' || this.screen === 'cancelled'
    },
    get timeLeft() {
      return this.order ? countdown(Date.parse(this.order.holdExpiresAt) - this.nowMs) : ''
    },
    get canExtend() {
      return this.isOpen && this.order?.holdExtended === false
    },
    get canCancel() {
      return this.order?.cancellable === true && !this.asksCancel && this.screen !== 'confirming'
    },
    get cancelText() {
      return this.order?.status === 'held' ? words.cancelHeld : words.cancelPaid
    },
    get eventName() {
      return this.order?.event.name ?? ''
    },
    get eventPath() {
      return this.order?.event.path ?? '/'
    },
    get calendarPath() {
      return `${this.eventPath}event.ics`
    },
    get pdfPath() {
      return link ? `/api/orders/${link.id}/tickets.pdf?${new URLSearchParams({ key: link.key })}` : ''
    },
    get day() {
      return this.order ? longDay(this.order.event.startsAt, this.order.event.timeZone, locale) : ''
    },
    get time() {
      if (!this.order) return ''
      const { startsAt, endsAt, doorsAt, timeZone } = this.order.event
      const doors = doorsAt ? `${common.comma}${fill(common.doors, { time: clock(doorsAt, timeZone, locale) })}` : ''
      return `${timeSpan(startsAt, endsAt, timeZone, locale)} ${zoneName(startsAt, timeZone, locale)}${doors}`
    },
    get place() {
      if (!this.order) return ''
      const { name, street, postalCode, city } = this.order.event.venue
      return [name, street, `${postalCode} ${city}`].join(common.comma)
    },
    get sentTo() {
      return this.order?.buyer.email ?? ''
    },
    get lines() {
      return (this.order?.lines ?? []).map(({ ticketTypeName, phase, quantity, total }, at) => ({
        id: at,
        name: `${quantity} × ${ticketTypeName}${phase ? `, ${phase}` : ''}`,
        price: priceText(total, common),
      }))
    },
    get total() {
      return this.order ? priceText(this.order.total, common) : ''
    },
    get notes() {
      return this.order ? chargeNotes(this.order, common) : []
    },
    get refunds() {
      return (this.order?.refunds ?? []).map(({ amount, status, at, reason }) => ({
        id: at,
        text: fill(
          amount.amountMinor === 0 ? words.ticketsEnded : status === 'failed' ? words.refundFailed : words.refunded,
          {
            amount: priceText(amount, common),
            reason,
          },
        ),
      }))
    },
    get tickets() {
      return (this.order?.tickets ?? []).map((ticket, at) => ({
        id: ticket.id,
        label: fill(words.ticketNumber, { number: at + 1 }),
        attendee: ticket.attendeeName,
        type: ticket.ticketTypeName,
        isValid: ticket.status === 'valid',
        isRevoked: ticket.status !== 'valid',
        state: ticket.status !== 'valid' ? words.revoked : ticket.admittedAt ? words.admitted : '',
        path: this.drawings[ticket.id]?.path ?? '',
        viewBox: `0 0 ${this.drawings[ticket.id]?.size ?? 45} ${this.drawings[ticket.id]?.size ?? 45}`,
      }))
    },

    async load() {
      if (!link) return
      clearTimeout(this.pollTimer)
      const answer = await callApi(`/api/orders/${link.id}`, orderAnswer, { orderKey: link.key })
      if (answer.ok) await this.show(answer.value.order)
      else if (answer.problem.status === 404 || answer.problem.status === 403 || answer.problem.status === 401)
        this.screen = 'unknown'
      else if (!this.order) this.screen = 'unreachable'
      const mayChange = this.screen === 'unreachable' || this.order?.status === 'held'
      if (mayChange && this.screen !== 'unknown')
        this.pollTimer = window.setTimeout(() => void this.load(), pollDelayMs(this.tries++))
    },
    async show(order: OrderView) {
      this.order = order
      this.screen = screenOf(order, link?.from ?? '', Date.now())
      document.documentElement.className = accentClass(order.event.accent)
      document.title = `${this.title} · Marquee`
      if (order.status === 'held') return
      endAttempt(memory, order.event.id)
      if (order.status === 'paid') memory.removeItem(`draft:${order.event.id}`)
      const codes = order.tickets.flatMap(({ id, code }) => (code ? [{ id, code }] : []))
      if (codes.length === 0) return
      const { drawQr } = await import('./qr-path.ts')
      this.drawings = Object.fromEntries(codes.map(({ id, code }) => [id, drawQr(code)]))
    },
    tick() {
      this.nowMs = Date.now()
      if (!this.order || !this.isOpen) return
      this.spoken = spokenCountdown(Date.parse(this.order.holdExpiresAt) - this.nowMs, words) || this.spoken
      this.screen = screenOf(this.order, link?.from ?? '', this.nowMs)
      if (!this.isOpen) void this.load()
    },

    async pay() {
      if (!link || this.busy) return
      this.busy = true
      const answer = await callApi(`/api/orders/${link.id}/payment`, paymentAnswer, {
        method: 'POST',
        body: {},
        orderKey: link.key,
      })
      if (answer.ok) return location.assign(answer.value.url)
      this.busy = false
      await this.fail(answer.problem)
    },
    async extend() {
      await this.command('extend')
      if (this.order?.holdExtended) this.spoken = fill(words.timeToPay, { time: this.timeLeft })
    },
    async cancel() {
      this.asksCancel = false
      await this.command('cancel')
    },
    async command(name: 'extend' | 'cancel') {
      if (!link || this.busy) return
      this.busy = true
      const answer = await callApi(`/api/orders/${link.id}/${name}`, orderAnswer, {
        method: 'POST',
        body: {},
        orderKey: link.key,
      })
      this.busy = false
      if (!answer.ok) return this.fail(answer.problem)
      this.failure = ''
      await this.show(answer.value.order)
    },
    async fail(problem: Parameters<typeof adviceOn>[0]) {
      const { title, text } = adviceOn(problem, refusals)
      this.failure = `${title}. ${text}`.trim()
      await this.load()
    },
    askCancel() {
      this.asksCancel = true
    },
    keepOrder() {
      this.asksCancel = false
    },
  }
}

/** A key that came in the query leaves the address bar's query, and so every later referrer. */
function hideKey(id: string, key: string): void {
  if (location.search.includes('key='))
    history.replaceState(null, '', `${location.pathname}#${new URLSearchParams({ id, key })}`)
}

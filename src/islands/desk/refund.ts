import type { Problem } from '#contracts/common.ts'
import {
  type OrganiserOrder,
  organiserOrderResponse,
  type RefundRequest,
  refundResponse,
} from '#contracts/organiser.ts'
import { formatMoney } from '#domain/money.ts'
import { callApi, newIdempotencyKey } from '#src/api/client.ts'
import { minorOf } from './prices.ts'
import { dateTimeWords, fieldErrors, moneyWords } from './words.ts'

export type RefundKind = 'order' | 'tickets' | 'amount'

export interface RefundForm {
  readonly kind: RefundKind
  readonly ticketIds: readonly string[]
  /** As typed, in major units. */
  readonly amount: string
  readonly reason: string
}

/** What the form asks for; null while it does not say. */
export function refundRequestOf(form: RefundForm, currency: string): RefundRequest | null {
  const reason = form.reason.trim()
  if (reason === '') return null
  if (form.kind === 'order') return { reason }
  if (form.kind === 'tickets') return form.ticketIds.length > 0 ? { ticketIds: [...form.ticketIds], reason } : null
  const amountMinor = minorOf(form.amount, currency)
  return Number.isSafeInteger(amountMinor) && amountMinor > 0 ? { amountMinor, reason } : null
}

type Order = OrganiserOrder

/** The dialog in which somebody who keeps the books gives money back. It opens at the event `refund-order` with an order's id. */
export function refundDialog() {
  let key = newIdempotencyKey()
  return {
    order: null as Order | null,
    kind: 'order' as RefundKind,
    ticketIds: [] as string[],
    amount: '',
    reason: '',
    busy: false,
    failure: '',
    done: '',
    $refs: {} as { dialog: HTMLDialogElement },
    $dispatch: (_: string) => {},

    async open(event: CustomEvent<string>) {
      Object.assign(this, { order: null, kind: 'order', ticketIds: [], amount: '', reason: '', failure: '', done: '' })
      key = newIdempotencyKey()
      this.$refs.dialog.showModal()
      const answer = await callApi(`/api/organiser/orders/${event.detail}`, organiserOrderResponse)
      if (!answer.ok) {
        this.failure = wordsOf(answer.problem)
        return
      }
      this.order = answer.value.order
      const isWhole = this.order.tickets.every(isReturnable)
      this.kind = isWhole ? 'order' : this.hasMoney ? 'amount' : 'tickets'
    },
    close() {
      this.$refs.dialog.close()
    },
    /** A new wish is a new command; the same one, sent again after a lost answer, is not. */
    edited() {
      key = newIdempotencyKey()
    },
    async send() {
      const { order } = this
      const request = order && refundRequestOf(this, order.total.currency)
      if (!order || !request || this.busy) {
        this.failure = this.hasMoney ? 'Say what to refund, and why.' : 'Say which tickets end, and why.'
        return
      }
      this.busy = true
      this.failure = ''
      const path = `/api/organiser/orders/${order.id}/refunds`
      const answer = await callApi(path, refundResponse, { method: 'POST', body: request, idempotencyKey: key })
      this.busy = false
      if (!answer.ok) {
        this.failure = wordsOf(answer.problem)
        return
      }
      const { refund } = answer.value
      this.order = answer.value.order
      const failed = refund.status === 'failed'
      this.failure = failed ? failureWords(refund, this.order) : ''
      this.done = failed ? '' : doneWords(refund)
      Object.assign(this, { ticketIds: [], amount: '', reason: '' })
      this.edited()
      this.$dispatch('refunded')
    },

    /** Something can still go back: money, or tickets that cost nothing or whose price went back before. */
    get canRefund(): boolean {
      return this.hasMoney || (this.order !== null && !this.order.disputed && this.order.tickets.some(isReturnable))
    },
    get hasMoney(): boolean {
      return this.order !== null && this.order.refundable.amountMinor > 0
    },
    get wholeWords(): string {
      return this.hasMoney ? 'All that is left; every ticket is revoked' : 'Every ticket; no money is left to go back'
    },
    get sendWords(): string {
      return this.hasMoney ? 'Refund' : 'End tickets'
    },
    get heading(): string {
      return this.order ? `Refund ${this.order.buyer.name}` : 'Refund'
    },
    get figures(): string {
      if (!this.order) return ''
      const { total, refunded, refundable } = this.order
      return `Paid ${moneyWords(total)}, refunded ${moneyWords(refunded)}, left ${moneyWords(refundable)}.`
    },
    get disputeWords(): string {
      return this.order?.disputed
        ? 'The buyer’s bank holds this payment until it has decided a dispute. Nothing can be refunded until then.'
        : ''
    },
    get amountHint(): string {
      if (!this.order) return ''
      const { refundable } = this.order
      return `In ${refundable.currency}, at most ${formatMoney(refundable, navigator.language)}. Tickets stay valid.`
    },
    isFixed: (ticket: Order['tickets'][number]): boolean => !isReturnable(ticket),
    ticketWords: (ticket: Order['tickets'][number]): string =>
      [`${ticket.attendeeName}, ${ticket.ticketTypeName}, ${moneyWords(ticket.paid)}`, stateWords(ticket)]
        .filter((words) => words !== '')
        .join(' – '),
    answerWords: ({ question, answer }: Order['answers'][number]): string => `${question}: ${answer}`,
    refundWords: ({ amount, status, reason, at }: Order['refunds'][number]): string =>
      `${backWords(amount, status)}, ${dateTimeWords(at, Intl.DateTimeFormat().resolvedOptions().timeZone)}: ${reason}`,
  }
}

type Refund = Order['refunds'][number]

export function doneWords({ amount, status }: Pick<Refund, 'amount' | 'status'>): string {
  if (amount.amountMinor === 0) return 'The tickets have ended.'
  return `${moneyWords(amount)} ${status === 'succeeded' ? 'refunded' : 'will be refunded'}.`
}

const backWords = (amount: Refund['amount'], status: Refund['status']): string =>
  amount.amountMinor === 0 ? 'Tickets ended' : `${moneyWords(amount)}, ${status}`

/** Stripe has refused it: money went back in another way, or a bank holds it. News of that may be on its way. */
export function failureWords(
  { amount, ticketIds }: Pick<Refund, 'amount' | 'ticketIds'>,
  { refunds }: Pick<Order, 'refunds'>,
): string {
  const ended = ticketIds.length > 0 ? ' The tickets have ended.' : ''
  const what = `The refund of ${moneyWords(amount)} failed: the payment provider refused it.${ended}`
  if (refunds.at(-1)?.status === 'pending') return `${what} The rest will be refunded.`
  return `${what} Look at this order again in a few minutes: if the buyer’s bank holds the payment, wait for its decision; else refund what is left.`
}

const isReturnable = ({ status, admittedAt }: Order['tickets'][number]): boolean =>
  status === 'valid' && admittedAt === null

const stateWords = ({ status, admittedAt }: Order['tickets'][number]): string =>
  status === 'revoked' ? 'revoked' : admittedAt ? 'was admitted, only an amount can be refunded' : ''

const wordsOf = (problem: Problem): string => [problem.title, ...Object.values(fieldErrors(problem))].join(' ')

import type { Instant } from '#domain/catalog.ts'
import type { Money } from '#domain/money.ts'

import {
  type Checkout,
  type CheckoutRequest,
  type PaymentEvent,
  type PaymentProvider,
  RefundRefused,
  type RefundRequest,
} from '#functions/usecases/payment-provider.ts'
import { createMoneyBack, type MoneyBackAnswer } from './provider-money-back.ts'

export interface Session {
  readonly id: string
  readonly url: string
  readonly orderId: string
  readonly attempt: number
  readonly amount: Money
  readonly expiresAt: Instant
  /** It was never what the order costs. */
  readonly isMisfit: boolean
  state: Checkout['state']
  intentId: string | null
}

/** What waits to be told: an event, or the word that refunds of a payment have moved and are to be asked for. */
export type News = PaymentEvent | { readonly kind: 'moved'; readonly orderId: string; readonly intentId: string }

/** The provider's side of the port, done at once. */
export type Acts = {
  readonly [K in Exclude<keyof PaymentProvider, 'readEvent'>]: (
    ...question: Parameters<PaymentProvider[K]>
  ) => Awaited<ReturnType<PaymentProvider[K]>>
}

/** How faithful the provider is; a control takes something away. */
export interface ProviderManners {
  /** A repeat of one request for a page is the first page. */
  readonly knowsAttempts: boolean
  /** A repeat of one refund is the first refund. */
  readonly knowsRefunds: boolean
  /** No more goes back than came in. */
  readonly capsRefunds: boolean
  /** A closed page cannot be paid any more. Where that cannot be trusted, a payment may come late. */
  readonly closesPages: boolean
}

/** A key is forgotten after so long; who asks when it may have been looks first at what was made. */
const keyHours = 24
const lookingHours = 20

export type MemoryProvider = ReturnType<typeof createMemoryProvider>

/** A payment provider in memory: it keeps the books that ours must agree with, and tells what happens there in `outbox`. */
export function createMemoryProvider(now: () => Instant, manners: ProviderManners) {
  const sessions = new Map<string, Session>()
  const byAttempt = new Map<string, Session>()
  const outbox: News[] = []
  const money = createMoneyBack(now, outbox, paidWith)
  const hoursSince = (at: Instant): number => (Date.parse(now()) - Date.parse(at)) / 3_600_000

  const checkoutOf = ({ id, url, orderId, state, amount, intentId }: Session): Checkout => ({
    ...{ sessionId: id, orderId, state, amount, paymentIntentId: intentId },
    url: state === 'open' ? url : null,
  })

  const tell = (session: Session) => outbox.push({ kind: 'checkout', checkout: checkoutOf(session) })

  function session(id: string): Session {
    const found = sessions.get(id)
    if (!found) throw new Error(`No such checkout session: ${id}`)
    expirePages()
    return found
  }

  function close(one: Session): void {
    one.state = 'closed'
    tell(one)
  }

  type Page = Pick<Session, 'orderId' | 'attempt' | 'expiresAt' | 'isMisfit' | 'amount'>
  function open({ orderId, attempt, expiresAt, isMisfit, amount }: Page): Session {
    const id = `cs_${sessions.size + 1}`
    const fresh: Session = {
      ...{ id, url: `pay:${id}`, orderId, attempt, amount, expiresAt, isMisfit },
      ...{ state: 'open', intentId: null },
    }
    sessions.set(id, fresh)
    return fresh
  }

  const acts: Acts = {
    openCheckout(request: CheckoutRequest): Checkout {
      const key = `${request.orderId}-${request.attempt}`
      const first = byAttempt.get(key)
      if (first && manners.knowsAttempts) return checkoutOf(first)
      const fresh = open({ ...request, amount: request.total, isMisfit: false })
      byAttempt.set(key, fresh)
      return checkoutOf(fresh)
    },

    readCheckout: (sessionId: string): Checkout => checkoutOf(session(sessionId)),

    closeCheckout(sessionId: string): Checkout {
      const one = session(sessionId)
      if (one.state === 'open') close(one)
      return checkoutOf(one)
    },

    refund({ orderId, refundId, paymentIntentId, amount, owedSince }: RefundRequest): MoneyBackAnswer {
      const first = manners.knowsRefunds ? money.madeFor(refundId) : undefined
      const isKeyKnown = first !== undefined && hoursSince(first.at) < keyHours
      if (first && (isKeyKnown || hoursSince(owedSince) > lookingHours)) return first.answer
      const isTooMuch = manners.capsRefunds && money.netOf(paymentIntentId) < amount.amountMinor
      if (isTooMuch || money.isDisputed(paymentIntentId)) {
        if (first) return first.answer
        throw new RefundRefused(`${paymentIntentId} has too little left`)
      }
      return money.giveBack({ orderId, refundId, intentId: paymentIntentId, amountMinor: amount.amountMinor })
    },

    readRefund: (providerId: string): MoneyBackAnswer => money.readRefund(providerId),
  }

  function paidWith(intentId: string): Session | undefined {
    for (const one of sessions.values()) if (one.intentId === intentId && one.state === 'paid') return one
    return undefined
  }

  /** What a buyer does on the page: pays at once, or by a method whose bank takes its time. */
  function pay(url: string, how: 'card' | 'slow'): void {
    const one = sessions.get(url.slice('pay:'.length))
    if (!one) return
    const { state } = session(one.id)
    if (state !== 'open' && (manners.closesPages || state !== 'closed')) return
    settle(one, how === 'card' ? 'paid' : 'processing')
  }

  /** A payment that names the order and was made on no page of ours: a link from the dashboard, somebody's own request. */
  function payElsewhere(orderId: string, amount: Money, isMisfit: boolean): void {
    settle(open({ orderId, attempt: 0, expiresAt: now(), amount, isMisfit }), 'paid')
  }

  function settle(one: Session, state: 'paid' | 'processing'): void {
    one.state = state
    one.intentId = `pi_${one.id}`
    tell(one)
  }

  /** What the provider does by itself as time goes by. */
  function expirePages(): void {
    for (const one of sessions.values()) if (one.state === 'open' && now() >= one.expiresAt) close(one)
  }

  function closePages(): void {
    for (const one of sessions.values()) if (one.state === 'open') close(one)
  }

  /** The banks answer what is still open: payments that are processing, refunds that are pending, and complaints. */
  function settleBanks(agrees: boolean): void {
    for (const one of sessions.values()) {
      if (one.state !== 'processing') continue
      one.state = agrees ? 'paid' : 'closed'
      tell(one)
    }
    money.settleBanks(agrees)
  }

  /** Of all payments that were made, the one that `pick` falls on. */
  function paidAt(pick: number): Session | undefined {
    const paid = [...sessions.values()].filter(({ state }) => state === 'paid')
    return paid[pick % Math.max(1, paid.length)]
  }

  /** What an event says; of refunds that have moved, how they stand now. */
  function read(news: News): PaymentEvent {
    if (news.kind !== 'moved') return news
    const { orderId, intentId } = news
    return { kind: 'refunds', orderId, paymentIntentId: intentId, refunds: money.foreignRefunds(intentId) }
  }

  return {
    ...{ manners, acts, outbox, money, pay, payElsewhere, settleBanks, expirePages, closePages, paidAt, read },
    sessions: () => [...sessions.values()],
    /** For a buyer, or for a bank. */
    isWaiting(): boolean {
      for (const { state } of sessions.values()) if (state === 'open' || state === 'processing') return true
      return money.isWaiting()
    },
  }
}

export const isNewsOf = (news: News, { id, intentId }: Session): boolean => {
  if (news.kind === 'checkout') return news.checkout.sessionId === id
  if (news.kind === 'moved') return news.intentId === intentId
  return news.kind === 'dispute' && news.dispute.paymentIntentId === intentId
}

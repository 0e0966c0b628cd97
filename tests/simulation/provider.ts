import type { Instant } from '#domain/catalog.ts'
import type { Money } from '#domain/money.ts'
import type {
  Checkout,
  CheckoutRequest,
  PaymentEvent,
  PaymentProvider,
  RefundRequest,
} from '#functions/usecases/payment-provider.ts'

interface Session {
  readonly id: string
  readonly url: string
  readonly orderId: string
  readonly amount: Money
  readonly expiresAt: Instant
  state: Checkout['state']
  intentId: string | null
}

export interface MoneyBack {
  readonly id: string
  readonly orderId: string
  readonly refundId: string
  readonly intentId: string
  readonly amountMinor: number
  status: 'pending' | 'succeeded' | 'failed'
}

/** The provider's side of the port, done at once. */
export type Acts = {
  readonly [K in Exclude<keyof PaymentProvider, 'readEvent'>]: (
    ...question: Parameters<PaymentProvider[K]>
  ) => Awaited<ReturnType<PaymentProvider[K]>>
}

/** How faithful the provider is; a control takes something away. */
export interface ProviderManners {
  /** A repeat of one refund is the first refund. */
  readonly knowsRefunds: boolean
  /** No more goes back than came in. */
  readonly capsRefunds: boolean
  /** A closed page cannot be paid any more. Where that cannot be trusted, a payment may come late. */
  readonly closesPages: boolean
}

export type MemoryProvider = ReturnType<typeof createMemoryProvider>

/** A payment provider in memory: it keeps the books that ours must agree with, and tells what happens there in `outbox`. */
export function createMemoryProvider(now: () => Instant, manners: ProviderManners) {
  const sessions = new Map<string, Session>()
  const byAttempt = new Map<string, Session>()
  const refunds: MoneyBack[] = []
  const outbox: PaymentEvent[] = []
  /** What the next refunds answer at first, in turn. */
  let refundAnswers: readonly MoneyBack['status'][] = ['succeeded']

  const checkoutOf = ({ id, url, orderId, state, amount, intentId }: Session): Checkout => ({
    ...{ sessionId: id, orderId, state, amount, paymentIntentId: intentId },
    url: state === 'open' ? url : null,
  })

  const tell = (session: Session) => outbox.push({ kind: 'checkout', checkout: checkoutOf(session) })

  const tellRefund = ({ id, orderId, refundId, status }: MoneyBack) =>
    outbox.push({ kind: 'refund', orderId, refundId, refund: { providerId: id, status } })

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

  const acts: Acts = {
    openCheckout({ orderId, attempt, total, expiresAt }: CheckoutRequest): Checkout {
      const key = `${orderId}-${attempt}`
      const first = byAttempt.get(key)
      if (first) return checkoutOf(first)
      const id = `cs_${sessions.size + 1}`
      const fresh: Session = { id, url: `pay:${id}`, orderId, amount: total, expiresAt, state: 'open', intentId: null }
      sessions.set(id, fresh)
      byAttempt.set(key, fresh)
      return checkoutOf(fresh)
    },

    readCheckout: (sessionId: string): Checkout => checkoutOf(session(sessionId)),

    closeCheckout(sessionId: string): Checkout {
      const one = session(sessionId)
      if (one.state === 'open') close(one)
      return checkoutOf(one)
    },

    refund({ orderId, refundId, paymentIntentId, amount }: RefundRequest) {
      const first = refunds.find((refund) => refund.refundId === refundId)
      if (first && manners.knowsRefunds) return { providerId: first.id, status: first.status }
      if (manners.capsRefunds && netOf(paymentIntentId) < amount.amountMinor)
        throw new Error(`more than ${paymentIntentId} has left is to be refunded`)
      const status = refundAnswers[refunds.length % refundAnswers.length] ?? 'succeeded'
      const id = `re_${refunds.length + 1}`
      const made = { id, orderId, refundId, intentId: paymentIntentId, amountMinor: amount.amountMinor, status }
      refunds.push(made)
      tellRefund(made)
      return { providerId: id, status }
    },

    readRefund(providerId: string) {
      const found = refunds.find(({ id }) => id === providerId)
      if (!found) throw new Error(`No such refund: ${providerId}`)
      return { providerId, status: found.status }
    },
  }

  /** What is left of a payment at the provider. */
  function netOf(intentId: string): number {
    const paid = [...sessions.values()].find((one) => one.intentId === intentId && one.state === 'paid')
    const back = refunds.filter((refund) => refund.intentId === intentId && refund.status !== 'failed')
    return (paid?.amount.amountMinor ?? 0) - back.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  }

  /** What a buyer does on the page: pays at once, or by a method whose bank takes its time. */
  function pay(url: string, how: 'card' | 'slow'): void {
    const one = [...sessions.values()].find((found) => found.url === url)
    if (!one) return
    const { state } = session(one.id)
    if (state !== 'open' && (manners.closesPages || state !== 'closed')) return
    one.state = how === 'card' ? 'paid' : 'processing'
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

  /** The banks answer what is still open: payments that are processing, and refunds that are pending. */
  function settleBanks(agrees: boolean): void {
    for (const one of sessions.values()) {
      if (one.state !== 'processing') continue
      one.state = agrees ? 'paid' : 'closed'
      tell(one)
    }
    for (const refund of refunds) {
      if (refund.status !== 'pending') continue
      refund.status = agrees ? 'succeeded' : 'failed'
      tellRefund(refund)
    }
  }

  return {
    ...{ manners, acts, outbox, refunds, netOf, pay, settleBanks, expirePages, closePages },
    sessions: () => [...sessions.values()],
    answerRefunds(answers: readonly MoneyBack['status'][]) {
      refundAnswers = answers
    },
  }
}

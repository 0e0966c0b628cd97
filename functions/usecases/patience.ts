import { setTimeout as wait } from 'node:timers/promises'
import { PaymentBusy, type PaymentProvider, PaymentUnavailable } from './payment-provider.ts'

/** After so many silences in one run the provider is taken to be down, and asked again in the next. */
const silencesInARun = 5
const pausesMs = [500, 1000, 2000]

/**
 * The provider, until it has been silent too often: then it is not asked again. One that says that it is busy is there: it is asked again
 * after a pause, and does not count as silent.
 */
export function withPatience(payments: PaymentProvider, pauses: readonly number[] = pausesMs): PaymentProvider {
  let silences = 0
  const patiently =
    <A extends unknown[], T>(ask: (...question: A) => Promise<T>) =>
    async (...question: A): Promise<T> => {
      for (let count = 0; ; count++) {
        if (silences >= silencesInARun) throw new PaymentUnavailable('the payment provider was silent too often')
        try {
          return await ask(...question)
        } catch (error) {
          const pauseMs = pauses[count]
          if (error instanceof PaymentUnavailable && !(error instanceof PaymentBusy)) silences++
          if (!(error instanceof PaymentBusy) || pauseMs === undefined) throw error
          await wait(pauseMs * (1 + Math.random()))
        }
      }
    }
  return eachQuestion(payments, patiently)
}

/** At most so many questions of each kind a second, evenly: the provider refuses more than 25 of one kind. */
export function withPace(payments: PaymentProvider, perSecond: number): PaymentProvider {
  const paced = <A extends unknown[], T>(ask: (...question: A) => Promise<T>) => {
    let nextAtMs = 0
    return async (...question: A): Promise<T> => {
      const now = Date.now()
      const atMs = Math.max(now, nextAtMs)
      nextAtMs = atMs + 1000 / perSecond
      if (atMs > now) await wait(atMs - now)
      return ask(...question)
    }
  }
  return eachQuestion(payments, paced)
}

type Manner = <A extends unknown[], T>(ask: (...question: A) => Promise<T>) => (...question: A) => Promise<T>

const eachQuestion = (payments: PaymentProvider, manner: Manner): PaymentProvider => ({
  openCheckout: manner(payments.openCheckout),
  readCheckout: manner(payments.readCheckout),
  closeCheckout: manner(payments.closeCheckout),
  refund: manner(payments.refund),
  readRefund: manner(payments.readRefund),
  readEvent: payments.readEvent,
})

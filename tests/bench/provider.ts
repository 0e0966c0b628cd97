import type { PaymentProvider } from '#functions/usecases/payment-provider.ts'
import { createMemoryProvider } from '#tests/simulation/provider.ts'

/** A payment provider that answers at once and costs nothing. */
export function startFreeProvider() {
  const manners = { knowsAttempts: true, knowsRefunds: true, capsRefunds: true, closesPages: true }
  const { acts, pay } = createMemoryProvider(() => new Date().toISOString(), manners)
  const payments: PaymentProvider = {
    openCheckout: async (request) => acts.openCheckout(request),
    readCheckout: async (sessionId) => acts.readCheckout(sessionId),
    closeCheckout: async (sessionId) => acts.closeCheckout(sessionId),
    refund: async (request) => acts.refund(request),
    readRefund: async (providerId) => acts.readRefund(providerId),
    readEvent: async () => null,
  }
  return { payments, pay }
}

import type { TryCodeResponse } from '#contracts/codes.ts'
import type { Availability, OrderResponse, PaymentResponse, PlaceOrderResponse } from '#contracts/orders.ts'
import type { AnswerSchema } from '#src/api/client.ts'

/** Enough of a look at our own server's answers to tell them from an error page; zod is too heavy for a public page. */
const guard = <T>(accepts: (json: unknown) => json is T): AnswerSchema<T> => ({
  safeParse: (json) => (accepts(json) ? { success: true, data: json } : { success: false }),
})

const hasIn = (json: unknown, name: string): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && name in json

const hasOrder = (json: unknown): boolean => hasIn(json, 'order') && hasIn(json.order, 'status')

export const availability = guard(
  (json): json is Availability => hasIn(json, 'ticketTypes') && Array.isArray(json.ticketTypes),
)

export const triedCode = guard(
  (json): json is TryCodeResponse =>
    hasIn(json, 'ticketTypes') && Array.isArray(json.ticketTypes) && hasIn(json, 'code'),
)

export const placedOrder = guard(
  (json): json is PlaceOrderResponse => hasOrder(json) && hasIn(json, 'key') && typeof json.key === 'string',
)

export const orderAnswer = guard((json): json is OrderResponse => hasOrder(json))

export const paymentAnswer = guard(
  (json): json is PaymentResponse => hasIn(json, 'url') && typeof json.url === 'string',
)

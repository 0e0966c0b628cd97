import { z } from 'zod'
import { chargeModes, saleStates } from '#domain/catalog.ts'
import { languages } from '#domain/languages.ts'
import { orderStatuses } from '#domain/orders.ts'
import { email, id, instant, line, money, paragraph } from './common.ts'

export const availability = z.object({
  eventState: z.enum(saleStates),
  ticketTypes: z.array(
    z.object({
      id: id('tty'),
      state: z.enum(['on_sale', 'low', 'sold_out', 'not_yet', 'ended', 'hidden']),
      /** Of the next ticket; absent for a hidden type. */
      priceMinor: z.int().optional(),
      phase: z.string().optional(),
      /** Only when the organiser shows it. */
      left: z.int().min(0).optional(),
    }),
  ),
})
export type Availability = z.infer<typeof availability>

export const placeOrderRequest = z.strictObject({
  eventId: id('evt'),
  lines: z
    .array(z.strictObject({ ticketTypeId: id('tty'), quantity: z.int().min(1).max(100) }))
    .min(1)
    .max(20),
  buyer: z.strictObject({ name: line(120), email }),
  attendees: z
    .array(z.strictObject({ name: line(120), email: email.optional() }))
    .max(100)
    .optional(),
  code: z.string().trim().min(1).max(40).optional(),
  /** What the buyer was shown: an order that costs more is refused with `price_changed`. It never sets the price. */
  expectedTotalMinor: z.int().min(0).optional(),
  /** For the payment page, mails and tickets; one that the event is not offered in becomes the event's own. */
  language: z.enum(languages).optional(),
  /** To what the organiser asks, by question. */
  answers: z
    .record(line(60), paragraph(1000))
    .refine((answers) => Object.keys(answers).length <= 20, 'at most 20 answers')
    .optional(),
})
export type PlaceOrderRequest = z.infer<typeof placeOrderRequest>

export const ticketView = z.object({
  id: id('tkt'),
  ticketTypeName: z.string(),
  attendeeName: z.string(),
  price: money,
  status: z.enum(['valid', 'revoked']),
  /** What the QR holds; absent unless the ticket is valid. */
  code: z.string().optional(),
  admittedAt: instant.optional(),
})

export const orderView = z.object({
  id: id('ord'),
  status: z.enum(orderStatuses),
  language: z.enum(languages),
  event: z.object({
    id: id('evt'),
    slug: z.string(),
    /** Of its page in the order's language. */
    path: z.string(),
    name: z.string(),
    startsAt: instant,
    endsAt: instant,
    doorsAt: instant.optional(),
    timeZone: z.string(),
    venue: z.object({
      name: z.string(),
      street: z.string(),
      postalCode: z.string(),
      city: z.string(),
      country: z.string(),
    }),
    accent: z.string(),
  }),
  buyer: z.object({ name: z.string(), email: z.string() }),
  lines: z.array(
    z.object({
      ticketTypeId: id('tty'),
      ticketTypeName: z.string(),
      /** The price phase it was sold in. */
      phase: z.string().optional(),
      quantity: z.int(),
      unitPrice: money,
      total: money,
    }),
  ),
  total: money,
  /** What a code took off, and the fee and tax that are in the total; absent where there is none. */
  discount: z.object({ code: z.string(), amount: money }).optional(),
  fee: z.object({ amount: money, mode: z.enum(chargeModes) }).optional(),
  tax: z.object({ name: z.string(), basisPoints: z.int(), amount: money, mode: z.enum(chargeModes) }).optional(),
  holdExpiresAt: instant,
  holdExtended: z.boolean(),
  /** May the buyer still cancel (held: always; paid: by the event's policy). */
  cancellable: z.boolean(),
  tickets: z.array(ticketView),
  refunds: z.array(
    z.object({ amount: money, status: z.enum(['pending', 'succeeded', 'failed']), at: instant, reason: z.string() }),
  ),
  createdAt: instant,
})
export type OrderView = z.infer<typeof orderView>

export const placeOrderResponse = z.object({
  order: orderView,
  /** The buyer's secret for this order. */
  key: z.string(),
  payment: z.object({ url: z.url() }).nullable(),
})
export type PlaceOrderResponse = z.infer<typeof placeOrderResponse>

export const orderResponse = z.object({ order: orderView })
export type OrderResponse = z.infer<typeof orderResponse>

export const paymentResponse = z.object({ url: z.url() })
export type PaymentResponse = z.infer<typeof paymentResponse>

export const myOrdersResponse = z.object({
  orders: z.array(orderView.extend({ key: z.string() })),
  cursor: z.string().nullable(),
})
export type MyOrdersResponse = z.infer<typeof myOrdersResponse>

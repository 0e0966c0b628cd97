import { z } from 'zod'
import { disputeStatuses, orderStatuses, refundCauses } from '#domain/orders.ts'
import { id, instant, line, money, page } from './common.ts'

export const attendeesQuery = z.strictObject({ ...page.shape, search: z.string().trim().max(120).optional() })

export const attendeesResponse = z.object({
  attendees: z.array(
    z.object({
      ticketId: id('tkt'),
      orderId: id('ord'),
      name: z.string(),
      email: z.string(),
      ticketTypeName: z.string(),
      price: money,
      status: z.enum(['valid', 'revoked']),
      admittedAt: instant.nullable(),
      boughtAt: instant,
    }),
  ),
  cursor: z.string().nullable(),
})
export type AttendeesResponse = z.infer<typeof attendeesResponse>

export const statsResponse = z.object({
  capacity: z.int(),
  sold: z.int(),
  held: z.int(),
  left: z.int(),
  orders: z.int(),
  revenue: money,
  refunded: money,
  /** As charged; refunds are counted apart. */
  discounts: money,
  fees: money,
  taxes: money,
  admitted: z.int(),
  /** Of a cancelled event: how many of its orders have been ended and refunded so far. */
  cancellation: z.object({ startedAt: instant, finishedAt: instant.nullable(), ordersEnded: z.int() }).nullable(),
  pools: z.array(
    z.object({ id: id('poo'), name: z.string(), capacity: z.int(), sold: z.int(), held: z.int(), left: z.int() }),
  ),
  ticketTypes: z.array(z.object({ id: id('tty'), name: z.string(), sold: z.int(), revenue: money })),
  days: z.array(z.object({ day: z.iso.date(), sold: z.int(), revenue: money })),
})
export type StatsResponse = z.infer<typeof statsResponse>

export const refundRequest = z
  .strictObject({
    ticketIds: z.array(id('tkt')).min(1).max(100).optional(),
    amountMinor: z.int().min(1).optional(),
    reason: line(200),
  })
  .refine((request) => !(request.ticketIds && request.amountMinor), 'name tickets or an amount, not both')
  .describe('Neither tickets nor an amount: the whole order. An amount ends no ticket.')
export type RefundRequest = z.infer<typeof refundRequest>

export const organiserOrder = z.object({
  id: id('ord'),
  eventId: id('evt'),
  status: z.enum(orderStatuses),
  buyer: z.object({ name: z.string(), email: z.string() }),
  total: money,
  /** Pending refunds and money that a bank has taken back included. */
  refunded: money,
  refundable: money,
  /** A bank holds the payment until it has decided: nothing can be refunded meanwhile. */
  disputed: z.boolean(),
  /** What the buyer said when he ordered. */
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  tickets: z.array(
    z.object({
      id: id('tkt'),
      ticketTypeName: z.string(),
      attendeeName: z.string(),
      /** Its share of the total: what a refund of it returns, as far as that much is left. */
      paid: money,
      status: z.enum(['valid', 'revoked']),
      admittedAt: instant.nullable(),
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      amount: money,
      status: z.enum(['pending', 'succeeded', 'failed']),
      cause: z.enum(refundCauses),
      reason: z.string(),
      ticketIds: z.array(z.string()),
      at: instant,
    }),
  ),
  disputes: z.array(
    z.object({ id: z.string(), amount: money, status: z.enum(disputeStatuses), reason: z.string(), at: instant }),
  ),
  createdAt: instant,
})
export type OrganiserOrder = z.infer<typeof organiserOrder>

export const organiserOrderResponse = z.object({ order: organiserOrder })
export type OrganiserOrderResponse = z.infer<typeof organiserOrderResponse>

export const ordersQuery = attendeesQuery

export const organiserOrdersResponse = z.object({
  orders: z.array(
    organiserOrder
      .pick({ id: true, status: true, buyer: true, total: true, refunded: true, disputed: true, createdAt: true })
      .extend({ quantity: z.int() }),
  ),
  cursor: z.string().nullable(),
})
export type OrganiserOrdersResponse = z.infer<typeof organiserOrdersResponse>

export const refundResponse = z.object({ refund: organiserOrder.shape.refunds.element, order: organiserOrder })
export type RefundResponse = z.infer<typeof refundResponse>

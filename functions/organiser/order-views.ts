import type { OrganiserOrder, OrganiserOrdersResponse } from '#contracts/organiser.ts'
import type { Money } from '#domain/money.ts'
import { lostMinor, quantityOf, refundableMinor, refundedMinor } from '#domain/order-changes.ts'
import { isDisputed } from '#domain/order-decisions.ts'
import type { Order, Refund, Ticket } from '#domain/orders.ts'

/** An order as those see it who keep the organisation's books. */
export function organiserOrderView(order: Order, tickets: readonly Ticket[]): OrganiserOrder {
  const money = moneyOf(order)
  const { id, eventId, status, buyer, total, createdAt } = order
  return {
    ...{ id, eventId, status, buyer, total, createdAt },
    refunded: money(returnedMinor(order)),
    refundable: money(isDisputed(order) ? 0 : refundableMinor(order)),
    disputed: isDisputed(order),
    answers: [...(order.answers ?? [])],
    tickets: tickets.map((ticket) => ({
      id: ticket.id,
      ticketTypeName: ticket.ticketTypeName,
      attendeeName: ticket.attendeeName,
      paid: ticket.price,
      status: ticket.status,
      admittedAt: ticket.admission?.at ?? null,
    })),
    refunds: order.refunds.map((refund) => refundView(order, refund)),
    disputes: order.disputes.map(({ providerId, amountMinor, status: outcome, reason, at }) => ({
      ...{ id: providerId, status: outcome, reason, at },
      amount: money(amountMinor),
    })),
  }
}

export function refundView(order: Order, refund: Refund): OrganiserOrder['refunds'][number] {
  const { id, amountMinor, status, cause, reason, ticketIds = [], at } = refund
  return { ...{ id, status, cause, reason, at }, ticketIds: [...ticketIds], amount: moneyOf(order)(amountMinor) }
}

export function orderRowView(order: Order): OrganiserOrdersResponse['orders'][number] {
  const { id, status, buyer, total, createdAt } = order
  return {
    ...{ id, status, buyer, total, createdAt },
    refunded: moneyOf(order)(returnedMinor(order)),
    disputed: isDisputed(order),
    quantity: quantityOf(order),
  }
}

const returnedMinor = (order: Order): number => refundedMinor(order) + lostMinor(order)

const moneyOf =
  ({ total: { currency } }: Order) =>
  (amountMinor: number): Money => ({ amountMinor, currency })

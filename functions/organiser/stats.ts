import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import type { StatsResponse } from '#contracts/organiser.ts'
import { type AppEnv, readId } from '../http/app.ts'
import { requireEventMember } from '../http/session.ts'
import { readStats } from '../usecases/read-stats.ts'
import { statsPorts } from '../wiring.ts'

export const stats = new Hono<AppEnv>()

stats.get('/api/organiser/events/:eventId/stats', async (c) => {
  const { event } = await requireEventMember(c, readId(c, 'eventId', id('evt')), [
    'owner',
    'manager',
    'finance',
    'door',
  ])
  const { totals, stock, pools, cancellation, money } = await readStats(statsPorts(), event)
  const soldOf = (ticketTypeId: string) => totals.ticketTypes.get(ticketTypeId) ?? { sold: 0, revenueMinor: 0 }
  const body: StatsResponse = {
    capacity: stock.capacity,
    sold: totals.sold,
    held: stock.held,
    left: stock.left,
    orders: totals.orders,
    revenue: money(totals.revenueMinor),
    refunded: money(totals.refundedMinor),
    discounts: money(totals.discountMinor),
    fees: money(totals.feeMinor),
    taxes: money(totals.taxMinor),
    admitted: totals.admitted,
    cancellation: cancellation && {
      startedAt: cancellation.startedAt,
      finishedAt: cancellation.finishedAt,
      ordersEnded: totals.cancelledByEvent,
    },
    pools: pools.map(({ poolId, name, capacity, sold, held, left }) => ({
      id: poolId,
      name,
      capacity,
      sold,
      held,
      left,
    })),
    ticketTypes: event.ticketTypes.map(({ id, name }) => ({
      id,
      name,
      sold: soldOf(id).sold,
      revenue: money(soldOf(id).revenueMinor),
    })),
    days: [...totals.days].map(([day, { sold, revenueMinor }]) => ({ day, sold, revenue: money(revenueMinor) })),
  }
  return c.json(body)
})

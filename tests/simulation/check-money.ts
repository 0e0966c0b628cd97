import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { type Expect, sum } from './books.ts'
import type { MemoryProvider, Session } from './provider.ts'
import type { Told } from './told.ts'

/** What came in and did not go back, for each payment that was ever made. */
export function checkMoney(
  provider: MemoryProvider,
  orders: readonly Order[],
  tickets: readonly Ticket[],
  told: Told,
  expect: Expect,
): void {
  const attempts = new Set<string>()
  for (const session of provider.sessions()) {
    const { id, state, orderId, attempt, isMisfit } = session
    expect(`the page ${id} is closed or paid`, state === 'open' || state === 'processing', false)
    expect(`${orderId} has one page an attempt`, attempt > 0 && attempts.has(`${orderId} ${attempt}`), false)
    attempts.add(`${orderId} ${attempt}`)
    const order = orders.find((one) => one.id === orderId)
    if (state !== 'paid' || session.intentId === null) continue
    if (isMisfit) checkMisfit(session.intentId, id, order, told, expect)
    else checkPayment(provider, session, session.intentId, order, tickets, expect)
  }
  for (const order of orders) {
    if (!isPaid(order) || order.total.amountMinor === 0) continue
    const paid = provider.sessions().some(({ intentId }) => intentId === order.payment?.paymentIntentId)
    expect(`${order.id} was paid`, paid, true)
  }
}

/** Money that fits nothing is told to us, and buys nothing. */
function checkMisfit(intentId: string, id: string, order: Order | undefined, told: Told, expect: Expect): void {
  expect(`${id} does not fit and is told`, told.mismatches.has(id), true)
  expect(`${id} does not fit and buys no tickets`, order?.payment?.paymentIntentId === intentId, false)
  const refunds = order?.refunds.filter(({ paymentIntentId }) => paymentIntentId === intentId) ?? []
  expect(`${id} does not fit and is in no books`, refunds.length, 0)
}

function checkPayment(
  provider: MemoryProvider,
  { id, amount }: Session,
  intentId: string,
  order: Order | undefined,
  tickets: readonly Ticket[],
  expect: Expect,
): void {
  const refunds = order?.refunds.filter(({ paymentIntentId }) => paymentIntentId === intentId) ?? []
  const disputes = order?.disputes.filter(({ paymentIntentId }) => paymentIntentId === intentId) ?? []
  const amountOf = (some: readonly { readonly amountMinor: number }[]) => sum(some.map((one) => one.amountMinor))
  const back = amountOf(refunds.filter(({ status }) => status === 'succeeded'))
  const failed = amountOf(refunds.filter(({ status }) => status === 'failed'))
  const bounced = amountOf(refunds.filter(({ status, providerId }) => status === 'failed' && providerId !== null))
  const lost = amountOf(disputes.filter(({ status }) => status === 'lost'))
  const kept = amount.amountMinor - back - lost
  expect(`${id}: the provider's books are ours`, provider.money.netOf(intentId), kept)
  expect(`${id}: no more goes back than came in`, kept >= 0, true)
  expect(
    `${id}: the bank has decided`,
    disputes.every(({ status }) => status === 'won' || status === 'lost'),
    true,
  )
  const isOwn = order?.payment?.paymentIntentId === intentId
  // What a bank has sent back is for somebody to look at: it stands in the books as failed, and somebody is woken.
  if (!order || !isOwn || !isPaid(order)) expect(`${id} ends in tickets or a refund`, kept === 0 || bounced > 0, true)
  else {
    const ended = new Set(refunds.flatMap(({ ticketIds = [] }) => ticketIds))
    const price = sum(tickets.filter((ticket) => ended.has(ticket.id)).map((ticket) => ticket.price.amountMinor))
    expect(`${id}: what ended is paid back`, back + failed + lost >= price, true)
  }
}

import type { PlaceOrderRequest } from '#contracts/orders.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { extendOrderHold } from '#functions/usecases/extend-hold.ts'
import { openPayment, reopenPayment } from '#functions/usecases/open-payment.ts'
import { orderIdOf, ticketIdsOf } from '#functions/usecases/order-ids.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { wait } from './actors.ts'
import type { Buyer, BuyerAct } from './acts.ts'
import { codeName, type EventShape, eventId, seatedId, standingId } from './event.ts'
import type { Told } from './told.ts'
import type { World } from './world.ts'

const keyOf = (buyer: number): string => `buyer-${buyer}`
const orderIds = [0, 1, 2, 3].map((buyer) => orderIdOf(eventId, keyOf(buyer)))
export const orderOf = (buyer: number): string => orderIds[buyer] ?? orderIdOf(eventId, keyOf(buyer))

/** What a buyer does with his one order, in any of his windows. */
export function buyerActs(world: World, buyer: Buyer, at: number, shape: EventShape, told: Told) {
  const orderId = orderOf(at)
  const request = requestOf(buyer, at, shape)
  const pages: string[] = []

  return async (act: BuyerAct): Promise<void> => {
    switch (act.kind) {
      case 'order':
        await told.whilePlacing(orderId, () =>
          world.visit('order', async (ports) => {
            const placed = await placeOrder(ports, request, keyOf(at))
            if (placed.ok && placed.value.status === 'held') see(await openPayment(ports, placed.value))
          }),
        )
        return
      case 'reopen':
        await world.visit('reopen', async (ports) => {
          const order = await ports.orders.getOrder(orderId)
          if (order) see(await reopenPayment(ports, order))
        })
        return
      case 'pay':
      case 'paySlowly':
        for (const url of pages) world.provider.pay(url, act.kind === 'pay' ? 'card' : 'slow')
        return
      case 'payElsewhere':
        payElsewhere(world, orderId, act.amount)
        return
      case 'poll':
        await world.visit('poll', async (ports) => {
          const order = await ports.orders.getOrder(orderId)
          if (order) await refreshOrder(ports, order)
        })
        return
      case 'extend': {
        const extended = await world.visit('extend', (ports) => extendOrderHold(ports, orderId))
        told.extension(orderId, extensionTold(extended))
        return
      }
      case 'cancel':
        await world.visit('cancel', (ports) => cancelOrder(ports, orderId))
        return
      case 'enter':
        await Promise.all([
          ...act.scans.map((number) => scan(world, told, ticketOf(orderId, act.ticket), number)),
          ...(act.whileCancelling ? [world.visit('cancel', (ports) => cancelOrder(ports, orderId))] : []),
        ])
        return
      case 'wait':
        await wait(world, 12)
    }
  }

  function see(page: { ok: true; value: { url: string } } | { ok: false }): void {
    if (page.ok && !pages.includes(page.value.url)) pages.push(page.value.url)
  }
}

function requestOf(buyer: Buyer, at: number, { seats, code }: EventShape): PlaceOrderRequest {
  const { address, standing, seated, hasCode } = buyer
  const isNamed = hasCode && code !== null
  const isOffered = seats !== null && (isNamed || !code?.unlocksSeats)
  return {
    eventId,
    buyer: { name: `Buyer ${at}`, email: `buyer${address}@example.org` },
    lines: [
      { ticketTypeId: standingId, quantity: standing },
      ...(seated > 0 && isOffered ? [{ ticketTypeId: seatedId, quantity: seated }] : []),
    ],
    ...(isNamed ? { code: codeName.toLowerCase() } : {}),
  }
}

/** Only for an order that has a price: nobody pays for what is free. */
function payElsewhere({ provider }: World, orderId: string, how: 'same' | 'less' | 'foreign'): void {
  const page = provider.sessions().find((one) => one.orderId === orderId && one.attempt > 0)
  if (!page) return
  const { amountMinor, currency } = page.amount
  if (how === 'same') provider.payElsewhere(orderId, page.amount, false)
  else if (how === 'less') provider.payElsewhere(orderId, { amountMinor: amountMinor - 1, currency }, true)
  else provider.payElsewhere(orderId, { amountMinor, currency: 'JPY' }, true)
}

export const ticketOf = (orderId: string, at: number): string => ticketIdsOf(orderId, at + 1)[at] ?? ''

async function scan(world: World, told: Told, ticketId: string, number: number): Promise<void> {
  // Nobody comes with a code before there is one.
  if (!world.database.has('sales', salesKeys.ticket(ticketId))) return
  const scanId = `scn-${ticketId}-${number}`
  await world.visit('scan', async (ports) => {
    const event = await ports.getEvent(eventId)
    if (!event) return
    const at = ports.now()
    const request = { scanId, code: eventId + ticketId, at, gate: `gate ${number}`, direction: 'in' as const }
    const [record] = await recordScans(ports.scans, event, 'usr', [request])
    if (record) told.scan(scanId, record.verdict)
  })
}

/** Another refusal than this one says what has become of the order since: it may follow an extension whose answer was lost. */
function extensionTold(
  answer: Awaited<ReturnType<typeof extendOrderHold>> | undefined,
): 'made' | 'refused' | 'unknown' {
  if (answer?.ok) return 'made'
  return answer?.refusal.code === 'hold_already_extended' ? 'refused' : 'unknown'
}

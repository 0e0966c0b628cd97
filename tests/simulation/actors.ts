import type { PlaceOrderRequest } from '#contracts/orders.ts'
import type { Verdict } from '#domain/checkin.ts'
import { cancelEvent, putPool } from '#domain/event-rules.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { endCancelledEvents } from '#functions/usecases/end-cancelled-events.ts'
import { extendOrderHold } from '#functions/usecases/extend-hold.ts'
import { openPayment, reopenPayment } from '#functions/usecases/open-payment.ts'
import { orderIdOf, ticketIdsOf } from '#functions/usecases/order-ids.ts'
import type { PaymentEvent } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { receiveEvent } from '#functions/usecases/receive-event.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { sweepHolds } from '#functions/usecases/sweep-holds.ts'
import { tellBuyer } from '#functions/usecases/tell-buyer.ts'
import { eventId, floorId, seatedId, standingId } from './event.ts'
import type { Move } from './post.ts'
import type { Buyer, BuyerAct, ClockAct, Delivery, OrganiserAct, Scenario } from './scenario.ts'
import type { World } from './world.ts'

/** What the outside world has been told: it must stay true. */
export interface Told {
  /** Each answer to one scan of one ticket. */
  readonly scans: Map<string, Verdict[]>
}

/** People and clocks that act on the world, each in its own order, all at once. */
export function startActors(
  world: World,
  { buyers, clock, desks, deliveries, letters, event }: Scenario,
): {
  done: Promise<unknown>
  told: Told
} {
  const told: Told = { scans: new Map() }
  const scripts = [
    ...buyers.flatMap((buyer, at) => {
      const perform = buyerActs(world, buyer, at, event.seats !== null, told)
      return [inTurn(world, buyer.acts, perform), inTurn(world, buyer.beside, perform)]
    }),
    inTurn(world, clock, (act) => tick(world, act)),
    ...desks.map((acts) => inTurn(world, acts, (act) => organise(world, act))),
    inTurn(world, deliveries, (delivery) => deliver(world, delivery)),
    inTurn(world, letters, ({ pick, times }) => {
      const move = world.post.moves[pick % Math.max(1, world.post.moves.length)]
      return Promise.all(move ? Array.from({ length: times }, () => tell(world, move)) : [])
    }),
  ]
  return { done: Promise.all(scripts), told }
}

async function inTurn<A>(world: World, acts: readonly A[], perform: (act: A) => Promise<unknown>): Promise<void> {
  for (const act of acts) {
    await world.scheduler.step(null, () => undefined)
    await perform(act)
  }
}

function buyerActs(world: World, { address, standing, seated }: Buyer, at: number, hasSeats: boolean, told: Told) {
  const key = `buyer-${at}`
  const orderId = orderIdOf(eventId, key)
  const request: PlaceOrderRequest = {
    eventId,
    buyer: { name: `Buyer ${at}`, email: `buyer${address}@example.org` },
    lines: [
      { ticketTypeId: standingId, quantity: standing },
      ...(seated > 0 && hasSeats ? [{ ticketTypeId: seatedId, quantity: seated }] : []),
    ],
  }
  const pages: string[] = []

  return async (act: BuyerAct): Promise<void> => {
    switch (act.kind) {
      case 'order':
        await world.visit('order', async (ports) => {
          const placed = await placeOrder(ports, request, key)
          if (placed.ok && placed.value.status === 'held') see(await openPayment(ports, placed.value))
        })
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
      case 'poll':
        await world.visit('poll', async (ports) => {
          const order = await ports.orders.getOrder(orderId)
          if (order) await refreshOrder(ports, order)
        })
        return
      case 'extend':
        await world.visit('extend', (ports) => extendOrderHold(ports, orderId))
        return
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
        for (let turn = 0; turn < 12; turn++) await world.scheduler.step(null, () => undefined)
        return
    }
  }

  function see(page: { ok: true; value: { url: string } } | { ok: false }): void {
    if (page.ok && !pages.includes(page.value.url)) pages.push(page.value.url)
  }
}

const ticketOf = (orderId: string, at: number): string => ticketIdsOf(orderId, at + 1)[at] ?? ''

async function scan(world: World, told: Told, ticketId: string, number: number): Promise<void> {
  // Nobody comes with a code before there is one.
  if (!world.database.itemsOf('sales').some(({ pk }) => pk === salesKeys.ticket(ticketId).pk)) return
  const scanId = `scn-${ticketId}-${number}`
  await world.visit('scan', async (ports) => {
    const event = await ports.getEvent(eventId)
    if (!event) return
    const at = ports.now()
    const request = { scanId, code: eventId + ticketId, at, gate: `gate ${number}`, direction: 'in' as const }
    const [record] = await recordScans(ports.scans, event, 'usr', [request])
    if (record) told.scans.set(scanId, [...(told.scans.get(scanId) ?? []), record.verdict])
  })
}

async function tick(world: World, act: ClockAct): Promise<void> {
  if (act.kind === 'advance') world.clock.ms += act.minutes * 60_000
  else if (act.kind === 'closePages') world.provider.closePages()
  else if (act.kind === 'banks') world.provider.settleBanks(act.agree)
  else await sweep(world)
}

export const sweep = (world: World) =>
  world.visit('sweep', async (ports) => {
    await sweepHolds(ports, Number.POSITIVE_INFINITY)
    await endCancelledEvents(ports, Number.POSITIVE_INFINITY)
  })

async function organise(world: World, act: OrganiserAct): Promise<void> {
  await world.visit(act.kind, async (ports) => {
    const event = await ports.getEvent(eventId)
    if (!event) return
    const { version } = event
    await changeEvent(ports.change, event, (before, now) =>
      act.kind === 'cancelEvent'
        ? cancelEvent(before, version, now)
        : putPool(before, floorId, { name: 'Floor', capacity: act.capacity }, version, now),
    )
  })
}

/** A webhook that is answered comes no more; one that is not comes again some time. */
async function deliver({ provider, visit }: World, { pick, how }: Delivery): Promise<void> {
  const event = provider.outbox[pick % Math.max(1, provider.outbox.length)]
  if (!event) return
  // A payment that comes after we were told that it never will is known by its webhook alone.
  if (how === 'never' && provider.manners.closesPages) provider.outbox.splice(provider.outbox.indexOf(event), 1)
  else await Promise.all(Array.from({ length: how === 'twice' ? 2 : 1 }, () => receive({ provider, visit }, event)))
}

export async function receive(world: Pick<World, 'provider' | 'visit'>, event: PaymentEvent): Promise<void> {
  const outcome = await world.visit('webhook', (ports) => receiveEvent(ports, event))
  const at = world.provider.outbox.indexOf(event)
  if (outcome !== undefined && outcome !== 'mismatch' && at >= 0) world.provider.outbox.splice(at, 1)
}

/** A move that is followed up is done with; one that is not comes again. */
export async function tell(world: World, move: Move): Promise<void> {
  const { moves } = world.post
  const isDone = await world.visit('tell', async (ports) => {
    await tellBuyer(ports.tell, move.orderId)
    return true
  })
  const at = moves.indexOf(move)
  if (isDone && at >= 0) moves.splice(at, 1)
}

import { randomUUID } from 'node:crypto'
import type { EventRecord } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { createAdmissionStore } from '#functions/store/admission.ts'
import { createMessageStore } from '#functions/store/messages.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import { secondsUntilAllowed, secondsUntilTurn } from '#functions/usecases/admit-order.ts'
import { openPayment } from '#functions/usecases/open-payment.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { createSoldOutHint } from '#functions/usecases/sold-out-hint.ts'
import { tellBuyer } from '#functions/usecases/tell-buyer.ts'
import { type Stores, startEngine } from './engine.ts'
import { benchEvent, requestFor } from './event.ts'
import { startFreeProvider } from './provider.ts'
import type { BenchRow } from './row.ts'
import { countUnits, type Units } from './units.ts'

const orders = 25
const ticketsEach = 2

/** DynamoDB's capacity units, reads and writes together, of what one ticket costs from the click to the mail, and one refused buyer. */
export async function capacityRows(): Promise<BenchRow[]> {
  const engine = await startEngine()
  try {
    return await measure(engine)
  } finally {
    await engine.close()
  }
}

async function measure(stores: Stores): Promise<BenchRow[]> {
  const units = countUnits(stores.client)
  const shop = shopOf(stores)
  const paid = await stores.open(benchEvent({ capacity: orders * ticketsEach }))
  const free = await stores.open(benchEvent({ priceMinor: 0 }))

  const held: Order[] = []
  const hold = await costOf(units, async () => void held.push(await shop.order(paid)))
  const page = await costOf(units, async (at) => shop.openPage(held[at]))
  const sale = await costOf(units, async (at) => shop.pay(held[at]))
  const mail = await costOf(units, async (at) => shop.tell(held[at]))
  const freeSale = await costOf(units, async () => shop.tell(await shop.order(free)))

  const unwarned = await costOf(units, () => shop.tryToOrder(paid))
  const soldOutHint = createSoldOutHint(Date.now)
  await shop.tryToOrder(paid, { soldOutHint })
  const warned = await costOf(units, () => shop.tryToOrder(paid, { soldOutHint }))
  await shop.tryToOrder(paid, { perAddressPerMinute: 1 })
  const limited = await costOf(units, () => shop.tryToOrder(paid, { perAddressPerMinute: 1 }))

  const line = await stores.open(benchEvent())
  await shop.tryToOrder(line, { paymentPagesPerSecond: 0.001 })
  const inLine = await costOf(units, () => shop.tryToOrder(line, { paymentPagesPerSecond: 0.001 }))

  const perTicket = (hold.sum + page.sum + sale.sum + mail.sum) / ticketsEach
  const row = (name: string, ours: Cost, budget: number): BenchRow => ({
    name: `units of ${name}`,
    ours: `${ours.sum.toFixed(1)}${ours.assumed > 0 ? `, ${ours.assumed.toFixed(1)} of them assumed` : ''}`,
    floor: `${perTicket.toFixed(1)} (a paid ticket)`,
    ...{ ratio: ours.sum / perTicket, budget: `≤ ${budget}`, isWithin: ours.sum <= budget },
  })
  const parts = [hold, page, sale, mail].map(({ sum }) => sum.toFixed(0)).join(' + ')
  return [
    row(`a paid ticket, order of two (hold, page, sale, mail: ${parts})`, { sum: perTicket, assumed: 0 }, 40),
    row('a free ticket, order of two', { ...freeSale, sum: freeSale.sum / ticketsEach }, 30),
    row('a refused buyer, sold out, the first in two seconds', unwarned, 20),
    row('a refused buyer, sold out, the others', warned, 4),
    row('a refused buyer, over his limit', limited, 3),
    row('a buyer who is given his turn in the line', inLine, 8),
  ]
}

interface Cost {
  readonly sum: number
  readonly assumed: number
}

async function costOf(units: Units, act: (at: number) => Promise<unknown>): Promise<Cost> {
  const before = { ...units }
  for (let at = 0; at < orders; at++) await act(at)
  const assumed = (units.assumed - before.assumed) / orders
  return { sum: (units.told - before.told) / orders + assumed, assumed }
}

type Extras = Partial<Parameters<typeof placeOrder>[0]> & {
  perAddressPerMinute?: number
  paymentPagesPerSecond?: number
}

/** What the functions do for a buyer, with the limits of the cloud. */
function shopOf({ client, names, place, events }: Stores) {
  const { payments, pay } = startFreeProvider()
  const tickets = createTicketStore(client, names.sales)
  const admission = { ...createAdmissionStore(client, names.sales), nowMs: Date.now, random: Math.random }
  const ports = { ...place, tickets, payments, orderUrl: (id: string) => `https://tickets.example.org/order/#id=${id}` }
  const telling = {
    ...{ ...ports, getEvent: events.getEvent, messages: createMessageStore(client, names.sales) },
    signTicket: () => 'code',
    renderPdf: async () => new Uint8Array(),
    files: {
      readFile: async () => null,
      readEtag: async () => null,
      putFile: async () => true,
      signUrl: async () => '',
    },
    mail: {
      sendConfirmation: async () => undefined,
      sendRefundNotice: async () => undefined,
      sendEventCancelled: async () => undefined,
    },
  }

  async function tryToOrder(
    event: EventRecord,
    { perAddressPerMinute = 1e6, paymentPagesPerSecond = 1e6, ...extras }: Extras = {},
  ) {
    const request = requestFor(event, ticketsEach)
    const limits = { paymentPagesPerSecond, perAddressPerMinute, perBuyerPerMinute: 10 }
    const asker = { address: `192.0.2.${perAddressPerMinute % 256}`, email: request.buyer.email }
    if ((await secondsUntilAllowed(admission, limits, asker)) > 0) return null
    const turn = (orderId: string) => secondsUntilTurn(admission, limits, orderId)
    const placed = await placeOrder({ ...place, secondsUntilTurn: turn, ...extras }, request, randomUUID())
    return placed.ok ? placed.value : null
  }

  return {
    tryToOrder,
    async order(event: EventRecord): Promise<Order> {
      const order = await tryToOrder(event)
      if (!order) throw new Error('an order was refused')
      return order
    },
    async openPage(order: Order | undefined) {
      if (order) await openPayment(ports, order)
    },
    async pay(order: Order | undefined) {
      const sessionId = (order && (await place.orders.getOrder(order.id)))?.payment?.sessionId ?? ''
      pay(`pay:${sessionId}`, 'card')
      await receivePayment({ ...ports, getEvent: events.getEvent }, await payments.readCheckout(sessionId))
    },
    async tell(order: Order | undefined) {
      if (order) await tellBuyer(telling, order.id)
    },
  }
}

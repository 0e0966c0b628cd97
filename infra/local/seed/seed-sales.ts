import type { EventRecord } from '#domain/catalog.ts'
import { openPayment } from '#functions/usecases/open-payment.ts'
import type { OrderPorts } from '#functions/usecases/order-ports.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { refreshSaleState, type SaleStatePorts } from '#functions/usecases/refresh-sale-state.ts'
import { demoEventId } from './make-event.ts'
import { programme } from './programme/index.ts'
import { demoBuyers, demoSales, emailOfBuyer, orderSizes } from './sales.ts'

export interface SalesPorts {
  readonly orders: OrderPorts
  readonly saleState: SaleStatePorts
  /** Pays at a hosted page as a buyer would; null where nobody may, as in Stripe's own test mode. */
  readonly payAt: ((url: string) => Promise<void>) | null
}

/** Sells tickets of the new events through the use cases: orders, payments, tickets and stock are what a buyer would leave. */
export async function seedSales(ports: SalesPorts, newEventIds: readonly string[]): Promise<void> {
  await Promise.all(
    programme.map(async (demoEvent) => {
      const sale = demoEvent.state && demoSales[demoEvent.state]
      const eventId = demoEventId(demoEvent)
      if (!sale || !newEventIds.includes(eventId)) return
      const event = await ports.orders.getEvent(eventId)
      if (!event || (!isFree(event) && !ports.payAt)) return
      const capacity = event.pools[0]?.capacity ?? 0
      await sell(ports, event, 'sold' in sale ? sale.sold : capacity - sale.left)
      await refreshSaleState(ports.saleState, eventId)
    }),
  )
}

const isFree = ({ ticketTypes }: EventRecord): boolean => ticketTypes.every(({ priceMinor }) => priceMinor === 0)

async function sell(ports: SalesPorts, event: EventRecord, tickets: number): Promise<void> {
  const types = event.ticketTypes.filter(({ poolIds }) => poolIds[0] === event.pools[0]?.id)
  const most = Math.min(...types.map(({ maxPerOrder }) => maxPerOrder))
  for (const [at, quantity] of orderSizes(tickets, most).entries()) {
    const type = types[at % 3 === 2 ? types.length - 1 : 0]
    const name = demoBuyers[at % demoBuyers.length] ?? ''
    if (!type) continue
    const request = {
      eventId: event.id,
      lines: [{ ticketTypeId: type.id, quantity }],
      buyer: { name, email: emailOfBuyer(at) },
    }
    const placed = await placeOrder(ports.orders, request, `demo order ${event.id} ${at}`)
    if (!placed.ok) throw new Error(`a demo order for ${event.slug} was refused: ${placed.refusal.code}`)
    if (placed.value.status === 'held') await pay(ports, placed.value)
  }
}

async function pay({ orders, payAt }: SalesPorts, order: Parameters<typeof openPayment>[1]): Promise<void> {
  const page = await openPayment(orders, order)
  if (!page.ok) throw new Error(`the payment page of a demo order did not open: ${page.refusal.code}`)
  await payAt?.(page.value.url)
  const payment = (await orders.orders.getOrder(order.id))?.payment
  if (payment) await receivePayment(orders, await orders.payments.readCheckout(payment.sessionId))
}

/** What the simulator's hosted page sends when somebody pays by the card that always works. */
export async function payByCard(url: string): Promise<void> {
  const form = {
    payment_method: 'card',
    cardNumber: '4242424242424242',
    cardExpiry: '12 / 34',
    cardCvc: '123',
    billingName: 'Demo buyer',
  }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the hosted payment page answered ${answer.status}`)
}

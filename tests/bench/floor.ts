import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { EventRecord } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import type { TransactItem } from '#functions/store/transaction.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { seeTransaction } from './bare.ts'
import type { Stores } from './engine.ts'
import { benchEvent, requestFor } from './event.ts'
import { send } from './http.ts'
import { startFreeProvider } from './provider.ts'

/** A server that answers each request with one transaction: that of a hold, of a paid sale, or of a free one. */
export async function startBareServer(endpoint: string, stores: Stores) {
  // Events of its own: a bare sale keeps no books.
  const [paid, free] = [await stores.open(benchEvent()), await stores.open(benchEvent({ priceMinor: 0 }))]
  const orders: Order[] = []
  const place = async (event: EventRecord) => {
    const placed = await placeOrder(stores.place, requestFor(event), randomUUID())
    if (!placed.ok) throw new Error(placed.refusal.code)
    orders.push(placed.value)
  }
  const hold = await seeTransaction(stores.client, () => place(paid))
  const sale = await seeTransaction(stores.client, () => sell(stores, orders[0]))
  const freeSale = await seeTransaction(stores.client, () => place(free))
  const child = fork(fileURLToPath(new URL('bare-server.ts', import.meta.url)))
  const listening = once(child, 'message')
  const pools = [paid, paid, free].flatMap((event) => event.pools)
  child.send({ endpoint, transactions: [hold, sale.map(holding), freeSale], pools })
  const port = z.int().parse((await listening)[0])
  const act = (number: number) => async () => {
    const { status, text } = await send('POST', `http://127.0.0.1:${port}/${number}`, requestFor(paid))
    if (status !== 201) throw new Error(`the bare server answered ${status}: ${text}`)
  }
  return { hold: act(0), sale: act(1), freeSale: act(2), close: () => child.disconnect() }
}

/** A sale takes what was held, of which a bare one has nothing, and changes an order that a bare one has not placed. */
function holding({ Put, Update }: TransactItem): TransactItem {
  if (Put) return { Put: { TableName: Put.TableName, Item: Put.Item, ConditionExpression: 'attribute_not_exists(pk)' } }
  const condition = Update?.ConditionExpression
  return {
    Update: Update && {
      ...Update,
      ...(condition ? { ConditionExpression: `${condition} OR attribute_exists(pk)` } : {}),
    },
  }
}

export type BareServer = Awaited<ReturnType<typeof startBareServer>>

async function sell({ client, names, place, events }: Stores, order: Order | undefined): Promise<void> {
  const { payments } = startFreeProvider()
  const tickets = createTicketStore(client, names.sales)
  const ports = { ...place, getEvent: events.getEvent, tickets, payments, orderUrl: () => '' }
  const amount = order?.total ?? { amountMinor: 0, currency: 'EUR' }
  const checkout = { sessionId: 'cs_bare', url: null, orderId: order?.id ?? null, paymentIntentId: 'pi_bare' }
  await receivePayment(ports, { ...checkout, state: 'paid', amount })
}

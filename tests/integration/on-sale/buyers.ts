import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { EventRecord } from '#domain/catalog.ts'
import { openPayment } from '#functions/usecases/open-payment.ts'
import type { OrderPorts } from '#functions/usecases/order-ports.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { payByCard, request } from '#tests/support/sales.ts'

/** Below `most`. */
export type Chance = (most: number) => number

export type End = 'paid' | 'gone before paying' | 'gave up' | 'no place' | 'too late'

const declined = '4000000000000002'
const patience = 40

/** Somebody who wants `quantity` places and tries again, as a browser and a person do, when the payment provider does not answer. */
export async function buy(ports: OrderPorts, event: EventRecord, quantity: number, chance: Chance): Promise<End> {
  const buyer = { name: 'Ada', email: `${randomUUID()}@people.example` }
  const page = await findPage(ports, request(event, quantity, { buyer }), chance)
  if (typeof page === 'string') return page
  if (chance(10) === 0) return 'gone before paying'
  const paid = await pay(page.url, chance(8) === 0 ? declined : undefined, chance)
  if (paid && chance(2) === 0) await look(ports, page.orderId)
  return paid ? 'paid' : 'too late'
}

/** What POST /api/orders does, repeated under one key. */
async function findPage(ports: OrderPorts, wanted: ReturnType<typeof request>, chance: Chance) {
  const key = randomUUID()
  for (let attempt = 0; attempt < patience; attempt++) {
    const placed = await placeOrder(ports, wanted, key)
    if (!placed.ok && placed.refusal.code !== 'too_busy') return 'no place'
    const page = placed.ok ? await openPayment(ports, placed.value) : null
    if (placed.ok && page?.ok) return { orderId: placed.value.id, url: page.value.url }
    if (page?.ok === false && page.refusal.code !== 'payment_unavailable') return 'too late'
    if (chance(12) === 0) return 'gave up'
    await wait(50 + chance(200))
  }
  return 'gave up'
}

/** Presses Pay until the page says that it is paid, or that it has ended. */
async function pay(url: string, firstCard: string | undefined, chance: Chance): Promise<boolean> {
  let card = firstCard
  for (let attempt = 0; attempt < patience; attempt++) {
    const status = await payByCard(url, card).catch(() => 0)
    if (status === 303 || status === 409) return true
    if (status === 410) return false
    card = undefined
    await wait(50 + chance(200))
  }
  return false
}

/** The return page. */
async function look(ports: OrderPorts, orderId: string): Promise<void> {
  const order = await ports.orders.getOrder(orderId)
  if (order) await refreshOrder(ports, order)
}

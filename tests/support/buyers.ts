import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { orderResponse, type PlaceOrderRequest, placeOrderResponse } from '#contracts/orders.ts'

export type Step = 'ordering' | 'ordered' | 'paying' | 'paid' | 'served'

/** Somebody who buys by HTTP alone and remembers what he was told. */
export interface Buyer {
  readonly request: PlaceOrderRequest
  readonly idempotencyKey: string
  /** Tries again after a cut, as a browser's reload does; others are never seen again. */
  readonly isPatient: boolean
  order?: { readonly id: string; readonly key: string; readonly payAt: string | null }
  hasPaid: boolean
  ticketIds: readonly string[]
  /** There was nothing left for him. */
  isRefused: boolean
}

export interface Cut {
  readonly buyer: Buyer
  readonly during: Step
}

const TICKETS_WITHIN_MS = 20_000

/**
 * Goes on with a purchase from where it stands to its tickets, telling each step before it is taken. Answers where the connection was
 * cut, or null when nothing is left to do.
 */
export async function goOn(site: string, buyer: Buyer, tell: (step: Step) => void = () => {}): Promise<Cut | null> {
  let during: Step = 'ordering'
  const step = (next: Step) => {
    during = next
    tell(next)
  }
  try {
    await buy(site, buyer, step)
    return null
  } catch (error) {
    if (isCut(error)) return { buyer, during }
    throw error
  }
}

async function buy(site: string, buyer: Buyer, step: (next: Step) => void): Promise<void> {
  if (!buyer.order) {
    step('ordering')
    await placeOrder(site, buyer)
    if (!buyer.order) return
    step('ordered')
  }
  const { payAt } = buyer.order
  if (payAt !== null && !buyer.hasPaid) {
    step('paying')
    await payByCard(payAt)
    buyer.hasPaid = true
  }
  step('paid')
  await collectTickets(site, buyer, buyer.order)
  step('served')
}

async function placeOrder(site: string, buyer: Buyer): Promise<void> {
  const body = JSON.stringify(buyer.request)
  const answer = await fetch(`${site}/api/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': buyer.idempotencyKey,
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    },
    body,
  })
  const text = await answer.text()
  if (answer.status === 503) throw new AskedToComeBack(text)
  buyer.isRefused = answer.status === 409 && /sold_out|too_few_left/.test(text)
  if (buyer.isRefused) return
  if (answer.status !== 201) throw new Error(`an order was answered ${answer.status}: ${text}`)
  const { order, key, payment } = placeOrderResponse.parse(JSON.parse(text))
  buyer.order = { id: order.id, key, payAt: payment?.url ?? null }
  if (order.total.amountMinor > 0 && !payment && order.status === 'held') throw new Error(`${order.id} cannot be paid`)
}

/** Fills in the hosted page's form; 409 says that it has been paid before. */
async function payByCard(url: string): Promise<void> {
  const fields = { cardNumber: '4242424242424242', cardExpiry: '12 / 34', cardCvc: '123', billingName: 'Ada Crash' }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const text = await answer.text()
  if (answer.status !== 303 && answer.status !== 409) throw new Error(`paying was answered ${answer.status}: ${text}`)
}

/** What the return page does. */
async function collectTickets(site: string, buyer: Buyer, { id, key }: { id: string; key: string }): Promise<void> {
  const deadline = Date.now() + TICKETS_WITHIN_MS
  while (Date.now() < deadline) {
    const answer = await fetch(`${site}/api/orders/${id}`, { headers: { 'x-order-key': key } })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${id} was answered ${answer.status}: ${text}`)
    const { order } = orderResponse.parse(JSON.parse(text))
    buyer.ticketIds = order.tickets.filter(({ code }) => code !== undefined).map((ticket) => ticket.id)
    if (buyer.ticketIds.length > 0) return
    await wait(50)
  }
  throw new Error(`${id} has no tickets after ${TICKETS_WITHIN_MS / 1000} s`)
}

class AskedToComeBack extends Error {}

/** What fetch throws when the other side is gone, or goes while it answers. */
const isCut = (error: unknown): boolean =>
  error instanceof AskedToComeBack || (error instanceof TypeError && /fetch failed|terminated/.test(error.message))

import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { placeOrderResponse } from '#contracts/orders.ts'
import type { EventRecord } from '#domain/catalog.ts'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import type { Stores } from './engine.ts'
import { benchEvent, requestFor } from './event.ts'
import { type BareServer, startBareServer } from './floor.ts'
import { send } from './http.ts'
import { atOnce, each, inTurns, median } from './pace.ts'
import type { BenchRow } from './row.ts'

const rounds = 15
/** Sales of held orders come in rounds of so many. */
const saleRoundSize = 30
const leastHoldsAMinute = 5000

/** A held order, and what its payment page is called at the provider. */
interface Held {
  readonly orderId: string
  readonly sessionId: string
  readonly amountMinor: number
}

/**
 * Orders a minute for one pool through gateway and functions, each beside a server that does nothing but the same transaction. All of it
 * shares this machine with the database, with what follows from the orders, and with the load itself.
 */
export async function orderRows(info: LocalInfo, stores: Stores, webhookSecret: string): Promise<BenchRow[]> {
  const paid = await stores.open(benchEvent())
  const free = await stores.open(benchEvent({ priceMinor: 0 }))
  const floor = await startBareServer(info.dynamodb, stores)
  const held: Held[] = []
  try {
    const holds = await inTurns(rounds, [floor.hold, async () => void held.push(await order(info, paid))])
    const sales = await saleRounds(info, floor, held, webhookSecret)
    const freeSales = await inTurns(rounds, [floor.freeSale, () => order(info, free)])
    return [
      row('from click to hold and payment page', holds, leastHoldsAMinute),
      row('from paid hold to tickets (the webhook)', sales),
      row('from click to tickets, free', freeSales),
    ]
  } finally {
    floor.close()
  }
}

async function order(info: LocalInfo, event: EventRecord): Promise<Held> {
  const { status, text } = await send('POST', `${info.site}/api/orders`, requestFor(event), {
    'idempotency-key': randomUUID(),
  })
  if (status !== 201) throw new Error(`an order was answered with ${status}: ${text}`)
  const answer = placeOrderResponse.parse(JSON.parse(text))
  const sessionId = answer.payment ? (new URL(answer.payment.url).pathname.split('/').at(-1) ?? '') : ''
  return { orderId: answer.order.id, sessionId, amountMinor: answer.order.total.amountMinor }
}

/** As many sales as there are holds, in equal rounds, each beside as long a round of bare sales. */
async function saleRounds(info: LocalInfo, floor: BareServer, held: readonly Held[], secret: string) {
  const size = Math.min(saleRoundSize, Math.floor(held.length / (rounds + 1)))
  const [rates, floors]: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const some = held.slice(round * size, (round + 1) * size)
    const bare = await rateOf(some, floor.sale)
    const ours = await rateOf(some, (one) => pay(info, one, secret))
    if (round === 0) continue
    rates.push(ours)
    floors.push(bare)
  }
  const ratios = rates.map((rate, at) => rate / (floors[at] ?? 0))
  return [
    { perSecond: median(floors), ratio: 1 },
    { perSecond: median(rates), ratio: median(ratios) },
  ]
}

async function rateOf<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await each(items, atOnce, act)
  return items.length / ((performance.now() - start) / 1000)
}

/** What Stripe says when a buyer has paid, signed as Stripe signs it. */
async function pay(info: LocalInfo, { orderId, sessionId, amountMinor }: Held, secret: string): Promise<void> {
  const session = {
    ...{ id: sessionId, object: 'checkout.session', client_reference_id: orderId, url: null, status: 'complete' },
    ...{ amount_total: amountMinor, currency: 'eur', payment_status: 'paid', payment_intent: `pi_${sessionId}` },
  }
  const type = 'checkout.session.completed'
  const payload = JSON.stringify({ id: `evt_${sessionId}`, object: 'event', type, data: { object: session } })
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret })
  const answer = await send('POST', `${info.site}/webhooks/stripe`, payload, { 'stripe-signature': signature })
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}: ${answer.text}`)
}

function row(
  what: string,
  [floor, ours]: readonly { readonly perSecond: number; readonly ratio: number }[],
  least = 0,
): BenchRow {
  const perMinute = (ours?.perSecond ?? 0) * 60
  return {
    name: `orders a minute over HTTP, one pool, ${what}`,
    ours: `${perMinute.toFixed(0)}/min`,
    floor: `${((floor?.perSecond ?? 0) * 60).toFixed(0)}/min (bare server)`,
    ratio: ours?.ratio ?? 0,
    budget: least > 0 ? `≥ ${least}/min` : 'none',
    isWithin: perMinute >= least,
  }
}

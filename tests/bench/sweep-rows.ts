import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import type { EventRecord } from '#domain/catalog.ts'
import { sumShards } from '#domain/stock.ts'
import { createStripeProvider } from '#functions/gateways/stripe.ts'
import { dueBuckets } from '#functions/store/keys.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import type { PaymentProvider } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { sweepHolds } from '#functions/usecases/sweep-holds.ts'
import { startStripeSimulator } from '#infra/local/stripe/start.ts'
import { repeatTransaction, seeTransaction } from './bare.ts'
import { writeDueHolds } from './due-holds.ts'
import { type Stores, startEngine } from './engine.ts'
import { benchEvent, requestFor } from './event.ts'
import { median, perSecond } from './pace.ts'
import type { BenchRow } from './row.ts'

/** One hold in so many has a payment page that must be closed at the provider first. */
const pageEvery = 10
const secretKey = 'sk_test_bench'

/** Holds that all ended in one minute: how many a second the sweeper gives back, in runs that each go on where the last one stopped. */
export async function sweepRows(count = 3000, runMs = 2500): Promise<BenchRow[]> {
  const engine = await startEngine()
  const simulator = await startStripeSimulator({ port: 0, secretKey })
  try {
    const at = { host: '127.0.0.1', port: simulator.port, protocol: 'http' } as const
    const stripe = new Stripe(secretKey, { ...at, telemetry: false })
    return [await sweepRow(engine, createStripeProvider(stripe, 'whsec_bench'), { count, runMs })]
  } finally {
    await simulator.close()
    await engine.close()
  }
}

async function sweepRow(
  stores: Stores,
  payments: PaymentProvider,
  { count, runMs }: { count: number; runMs: number },
): Promise<BenchRow> {
  const other = await stores.open(benchEvent({ shards: 8 }))
  const hold = () => placeOrder(stores.place, requestFor(other), randomUUID())
  const bare = repeatTransaction(stores.client, await seeTransaction(stores.client, hold), other.pools[0])
  const event = await stores.open(benchEvent({ shards: 8 }))
  await writeDueHolds(stores, event, { count, pageEvery, payments })

  const rates: number[] = []
  const ratios: number[] = []
  let [ended, sweptMs] = [0, 0]
  for (let run = 0; ended < count; run++) {
    const floor = await perSecond(bare)
    const start = performance.now()
    const { expired, failed, unanswered } = await sweep(stores, payments, runMs)
    const ms = performance.now() - start
    if (expired === 0 || failed + unanswered > 0) throw new Error(`${expired} expired, ${failed + unanswered} did not`)
    ended += expired
    sweptMs += ms
    // The last run ends early and the first one is cold.
    if (run === 0 || ended >= count) continue
    rates.push((expired / ms) * 1000)
    ratios.push(((expired / ms) * 1000) / floor)
  }
  await requireAllFree(stores, event)
  const rate = median(rates)
  const ratio = median(ratios)
  return {
    name: `holds that the sweeper ends a second, ${count} of one minute, a tenth with a payment page`,
    ours: `${rate.toFixed(0)}/s, ${(sweptMs / 1000).toFixed(0)} s in all (100,000: ${(100_000 / rate / 60).toFixed(0)} min)`,
    floor: `${(rate / ratio).toFixed(0)}/s (bare transaction)`,
    ...{ ratio, budget: '≥ 0.5', isWithin: ratio >= 0.5 },
  }
}

const sweep = ({ client, names, place, events }: Stores, payments: PaymentProvider, runMs: number) =>
  sweepHolds(
    {
      ...{ ...place, payments, getEvent: events.getEvent, tickets: createTicketStore(client, names.sales), dueBuckets },
      orderUrl: (id) => `https://tickets.example.org/order/#id=${id}`,
      dueOrderIds: place.orders.dueOrderIds,
      report: (problem, orderId, error) => console.error(problem, orderId, error),
    },
    Date.now() + runMs,
  )

async function requireAllFree({ stock }: Stores, event: EventRecord): Promise<void> {
  const [pool] = sumShards(await stock.readShards(event.pools))
  if (pool?.held !== 0 || pool.left !== pool.capacity) throw new Error(`the pool is ${JSON.stringify(pool)}`)
}

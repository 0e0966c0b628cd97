import { randomUUID } from 'node:crypto'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { repeatTransaction, seeTransaction } from './bare.ts'
import { type Stores, startEngine } from './engine.ts'
import { benchEvent, requestFor } from './event.ts'
import { inTurns } from './pace.ts'
import type { BenchRow } from './row.ts'

const rounds = 21

/** Design §9: holds a second through the use case, against a bare loop that writes the same transaction on the same engine. */
export async function holdRows(): Promise<BenchRow[]> {
  const engine = await startEngine()
  try {
    return [await holdRow(engine, 1), await holdRow(engine, 32)]
  } finally {
    await engine.close()
  }
}

async function holdRow({ client, place, open }: Stores, shards: number): Promise<BenchRow> {
  const event = await open(benchEvent({ shards }))
  const hold = async () => {
    const placed = await placeOrder(place, requestFor(event), randomUUID())
    if (!placed.ok) throw new Error(placed.refusal.code)
  }
  const bare = repeatTransaction(client, await seeTransaction(client, hold), event.pools[0])
  const [floor, ours] = await inTurns(rounds, [bare, hold])
  const ratio = ours?.ratio ?? 0
  return {
    name: `holds a second, ${shards === 1 ? 'one shard' : `${shards} shards`}`,
    ours: `${ours?.perSecond.toFixed(0)}/s`,
    floor: `${floor?.perSecond.toFixed(0)}/s (bare transaction)`,
    ratio,
    budget: '≥ 0.8',
    isWithin: ratio >= 0.8,
  }
}

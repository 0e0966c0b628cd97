import fc from 'fast-check'
import { test, vi } from 'vitest'
import { scenario } from '#tests/simulation/scenario.ts'
import { play } from '#tests/simulation/simulate.ts'
vi.mock('node:timers/promises', () => import('#tests/simulation/virtual-timers.ts'))
test('x', { timeout: 0 }, async () => {
  const tally = new Map<string, number>()
  const add = (k: string) => tally.set(k, (tally.get(k) ?? 0) + 1)
  for (const s of fc.sample(scenario, 400)) {
    const { world, errors } = await play(s)
    add('runs'); tally.set('steps', (tally.get('steps') ?? 0) + world.scheduler.count())
    for (const e of errors) add(`error ${e instanceof Error ? e.name + ' ' + e.message.slice(0, 40) : e}`)
    for (const i of world.database.itemsOf('sales')) {
      if (i.sk === 'ORDER') { add(`order ${i.status}`); const o = i as any; if (o.refunds.length) add('order with refunds ' + o.refunds.map((r: any) => r.status + ':' + r.cause)); if (o.stock.length > 1) add('several shards'); if (o.payment?.attempt > 1) add('attempt 2'); if (o.holdExtended) add('extended') }
      if (i.sk === 'SCAN') add(`scan ${i.verdict}`)
    }
    for (const p of world.provider.sessions()) add(`page ${p.state}`)
    for (const p of world.provider.refunds) add(`refund ${p.status}`)
  }
  console.log([...tally].sort().map(([k, v]) => `${k}: ${v}`).join('\n'))
})

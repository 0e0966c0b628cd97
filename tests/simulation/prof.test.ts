import { Session } from 'node:inspector/promises'
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { test, vi } from 'vitest'
import { scenario } from '#tests/simulation/scenario.ts'
import { simulate } from '#tests/simulation/simulate.ts'
vi.mock('node:timers/promises', () => import('#tests/simulation/virtual-timers.ts'))
test('x', { timeout: 0 }, async () => {
  const g0 = process.cpuUsage()
  const all = fc.sample(scenario, 400)
  const g1 = process.cpuUsage(g0)
  console.log('gen ms each', (g1.user + g1.system) / 400_000)
  const session = new Session(); session.connect(); await session.post('Profiler.enable'); await session.post('Profiler.start')
  for (let r = 0; r < 2; r++) {
    const c0 = process.cpuUsage(); const t = performance.now()
    for (const s of all) await simulate(s)
    const c = process.cpuUsage(c0)
    console.log('cpu ms each', (c.user) / 400_000, c.system / 400_000, 'wall', (performance.now() - t) / 400)
  }
  const { profile } = await session.post('Profiler.stop'); writeFileSync('/tmp/prof/p.cpuprofile', JSON.stringify(profile))
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import * as wiring from '#functions/wiring.ts'
import type { Invoke } from '../gateway/function-origin.ts'
import { publishAssets } from '../publish-assets.ts'
import { lostObjects } from '../s3/store.ts'
import { payByCard, seed } from '../seed/index.ts'
import { siteAssets } from './site-build.ts'
import type { Steps } from './steps.ts'

interface Content {
  /** The state folder, which remembers what it was filled from. */
  readonly folder: string
  /** Of the built site. */
  readonly builtFrom: string
  /** What pages name: the site's address, the user pool's. */
  readonly addresses: readonly string[]
  readonly hasSimulator: boolean
  readonly invoke: Invoke
}

/**
 * Brings the demo, the assets and all pages to what the sources say; what is there already is left as it is.
 * Skipped when nothing has changed since the last time: single changes of the catalog come through its stream.
 */
export async function fillSite(
  steps: Steps,
  { folder, builtFrom, addresses, hasSimulator, invoke }: Content,
): Promise<void> {
  const stamp = join(folder, 'filled-from.json')
  const today = new Date().toISOString().slice(0, 10)
  // What a power cut took from the storage is published again.
  const lost = await readFile(join(folder, 's3', lostObjects), 'utf8').catch(() => '')
  const wanted = JSON.stringify({ builtFrom, addresses, today, lost: lost.length })
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return

  const assets = steps.run('Assets', () => publishAssets(wiring.siteFiles(), siteAssets))
  const demo = steps.run('Demo', () => seed(seedPorts(hasSimulator)))
  await Promise.all([assets, demo])
  await steps.run('Pages', () => publishAllPages(invoke))
  await writeFile(stamp, wanted)
}

const reached = z.object({ finishedAt: z.string().nullable(), counts: z.object({ failed: z.int() }) })

/** As the clock would, but without its pauses. */
async function publishAllPages(invoke: Invoke): Promise<void> {
  let state = reached.parse(await invoke('publisher', { publish: 'all' }))
  while (state.finishedAt === null) state = reached.parse(await invoke('publisher', { publish: 'due' }))
  if (state.counts.failed > 0) throw new Error(`${state.counts.failed} pages could not be published`)
}

const seedPorts = (hasSimulator: boolean): Parameters<typeof seed>[0] => ({
  catalog: {
    organisations: wiring.organisationStore(),
    members: wiring.memberStore(),
    events: wiring.eventStore(),
    stock: wiring.stockStore(),
    now: wiring.clock.now,
  },
  siteFiles: wiring.siteFiles(),
  orders: wiring.orderPorts(),
  saleState: wiring.saleStatePorts(),
  payAt: hasSimulator ? payByCard : null,
})

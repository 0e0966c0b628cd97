import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { affectedPaths } from '#functions/publisher/affected-paths.ts'
import { publish } from '#functions/publisher/publish.ts'
import { publishAll } from '#functions/publisher/publish-all.ts'
import { publishChanges } from '#functions/publisher/publish-changes.ts'
import { changeOf } from '#functions/publisher/stream-changes.ts'
import { root } from '#infra/local/stack/site-build.ts'
import {
  contentsOf,
  differencesOf,
  type PublishedSite,
  settings,
  startPublishedSite,
} from '#tests/support/published-site.ts'
import { openRandomEdits } from '#tests/support/random-edits.ts'
import type { StaticRecords } from '#tests/support/static-site/paths.ts'

const seed = process.env.PUBLISH_SEED ?? String(Math.floor(Math.random() * 1e9))
const edits = 500
const now = '2027-01-10T12:00:00.000Z'

let site: PublishedSite
let events: RandomEdits

/** Random edits, whose records reach the publisher late and in batches of any size, as they do on a busy day. */
async function runEdits(into: PublishedSite, edited: RandomEdits, count: number, publishSome: PublishSome) {
  const made = new Set<string>()
  for (let edit = 0; edit < count; edit++) {
    made.add(await edited.editOnce())
    if (edited.chance(0.12)) await publishSome(into, Math.ceil(edited.between(1, 40)))
  }
  await edited.tick()
  while (await publishSome(into, 100));
  await publishAll(into.portsTo('full'))
  return made
}
type RandomEdits = Awaited<ReturnType<typeof openRandomEdits>>
type PublishSome = (into: PublishedSite, limit: number) => Promise<boolean>

async function open(count: number): Promise<[PublishedSite, RandomEdits]> {
  const opened = await startPublishedSite(now)
  const edited = await openRandomEdits(opened, seed, count)
  await publishAll(opened.portsTo('live'))
  while (await opened.drain(1000, async () => {}));
  return [opened, edited]
}

const publishAsWeDo: PublishSome = (into, limit) =>
  into.drain(limit, async (records) => {
    expect((await publishChanges(into.portsTo('live'), records)).failed).toEqual(new Map())
  })

/** The planted fault: what a change does to the pages of cities is forgotten. */
const publishWithoutCities: PublishSome = (into, limit) =>
  into.drain(limit, async (records) => {
    const ports = into.portsTo('live')
    const changes = records.flatMap((record) => changeOf(record) ?? [])
    const paths = await Promise.all(changes.map((change) => affectedPaths(change, ports.reader, ports.now())))
    await publish(
      ports,
      paths.flat().filter((path) => !/^\/city\/[^/]+\/$/.test(path)),
    )
  })

async function differencesIn({ portsTo }: PublishedSite): Promise<readonly string[]> {
  const full = await contentsOf(portsTo('full').files)
  expect(full.size).toBeGreaterThan(100)
  return differencesOf(await contentsOf(portsTo('live').files), full)
}

beforeAll(async () => {
  console.info(`PUBLISH_SEED=${seed}`)
  ;[site, events] = await open(120)
  const made = await runEdits(site, events, edits, publishAsWeDo)
  expect(made.size).toBeGreaterThanOrEqual(15)
}, 600_000)
afterAll(() => site.close())

test('after 500 edits the site that was published change by change equals a full publish, byte for byte', async () => {
  expect(await differencesIn(site)).toEqual([])
})

test('a full publish over it finds nothing to repair', async () => {
  const { created, replaced, deleted, failed } = await publishAll(site.portsTo('live'))
  expect({ created, replaced, deleted, failed }).toEqual({ created: [], replaced: [], deleted: [], failed: new Map() })
})

test('control: when the pages of cities are forgotten, the comparison names them and nothing else', async () => {
  const [other, edited] = await open(45)
  await runEdits(other, edited, 60, publishWithoutCities)
  const found = await differencesIn(other)
  expect(found.length).toBeGreaterThan(0)
  for (const difference of found) expect(difference).toMatch(/^\w+: city\/[^/]+\/index\.html/)
  await other.close()
}, 120_000)

/** Each file that `astro build` of the same data may have otherwise, and why. */
const known: readonly { readonly file: RegExp; readonly why: string }[] = [
  { file: /: [a-z]{2}\//, why: 'Other languages are no routes of Astro: the renderer takes them off the address.' },
]

test('it equals `astro build` of the same data', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-static-'))
  const records: StaticRecords = {
    events: [...events.events.values()],
    organisations: [...events.organisations.values()],
    cities: await site.reader.cities(),
    settings,
    now: site.clock.at,
  }
  writeFileSync(join(folder, 'records.json'), JSON.stringify(records))
  const out = join(folder, 'site')
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    STATIC_SITE_OUT: out,
    STATIC_SITE_RECORDS: join(folder, 'records.json'),
  }
  const config = join(root, 'tests/support/static-site/astro.config.mjs')
  execFileSync(process.execPath, [join(root, 'node_modules/.bin/astro'), 'build', '--config', relative(root, config)], {
    cwd: root,
    env,
    stdio: 'pipe',
  })
  const built = new Map(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(out, file), readFileSync(file, 'latin1')]),
  )
  const live = await contentsOf(site.portsTo('live').files)
  const ofPages = new Map([...built].filter(([file]) => live.has(file) || /\.(html|ics|xml)$/.test(file)))
  const unexplained = differencesOf(live, ofPages).filter((one) => !known.some(({ file }) => file.test(one)))
  expect(unexplained).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})

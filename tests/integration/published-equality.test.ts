import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { affectedPaths } from '#functions/publisher/affected-paths.ts'
import { publish } from '#functions/publisher/publish.ts'
import { publishAll } from '#functions/publisher/publish-all.ts'
import { publishChanges } from '#functions/publisher/publish-changes.ts'
import { changeOf } from '#functions/publisher/stream-changes.ts'
import { fingerprintOf } from '#tests/support/fingerprint.ts'
import {
  contentsOf,
  differencesOf,
  type PublishedSite,
  settings,
  startPublishedSite,
} from '#tests/support/published-site.ts'
import { openRandomEdits } from '#tests/support/random-edits.ts'
import { crawlStaticSite, unreachedPaths } from '#tests/support/site-checks/crawl-static-site.ts'
import { buildStatically } from '#tests/support/static-site/build.ts'

/** Other code plays other edits; what held for a commit holds for it everywhere. */
const seed = process.env.PUBLISH_SEED ?? fingerprintOf(['{src,functions,tests/support}/**/*.{ts,astro}'])
const edits = 500
const now = '2027-01-10T12:00:00.000Z'

let site: PublishedSite
let events: RandomEdits

/** Random edits, whose records reach the publisher late and in batches of any size, as they do on a busy day. */
async function runEdits(into: PublishedSite, edited: RandomEdits, count: number, publishSome: PublishSome) {
  const made = new Set<string>()
  for (let edit = 0; edit < count; edit++) {
    const { kind, isMade } = await edited.editOnce()
    if (isMade) made.add(kind)
    // A month that is too full, or no longer, is seen so: otherwise only the last of all these changes would be.
    if (kind === 'crowd') while (await publishSome(into, 1000));
    else if (edited.chance(0.12)) await publishSome(into, Math.ceil(edited.between(1, 40)))
  }
  await edited.tick()
  while (await publishSome(into, 1000));
  await publishAll(into.portsTo('full'))
  return made
}
type RandomEdits = Awaited<ReturnType<typeof openRandomEdits>>
type PublishSome = (into: PublishedSite, limit: number) => Promise<boolean>

async function open(count: number, crowd = 0): Promise<[PublishedSite, RandomEdits]> {
  const opened = await startPublishedSite(now)
  const edited = await openRandomEdits(opened, { seed, count, crowd })
  await publishAll(opened.portsTo('live'))
  while (await opened.drain(1000, async () => {}));
  return [opened, edited]
}

/** Paths of pages that came and of pages that went while the edits were made. */
const [come, gone] = [new Set<string>(), new Set<string>()]

const publishAsWeDo: PublishSome = (into, limit) =>
  into.drain(limit, async (records) => {
    const { created, deleted, failed } = await publishChanges(into.portsTo('live'), records)
    expect(failed).toEqual(new Map())
    for (const path of created) come.add(path)
    for (const path of deleted) gone.add(path)
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
  ;[site, events] = await open(140, 98)
  const made = await runEdits(site, events, edits, publishAsWeDo)
  expect(made).toEqual(new Set(events.kinds))
}, 900_000)
afterAll(() => site.close())

test('meanwhile a month of a city, and of the whole site, was parted into weeks and days, and was whole again', () => {
  const { citySlug, partNames } = events.month
  const paths = ['/month/', `/city/${citySlug}/`].flatMap((base) => partNames.map((name) => `${base}${name}/`))
  expect([...come]).toEqual(expect.arrayContaining(paths))
  expect([...gone]).toEqual(expect.arrayContaining(paths))
})

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
}, 300_000)

/** Each file that `astro build` of the same data may have otherwise, and why. */
const known: readonly { readonly file: RegExp; readonly why: string }[] = [
  { file: /: [a-z]{2}\//, why: 'Other languages are no routes of Astro: the renderer takes them off the address.' },
]

describe('`astro build` of the same data', () => {
  let live: ReadonlyMap<string, string>
  let built: ReadonlyMap<string, string>
  beforeAll(async () => {
    live = await contentsOf(site.portsTo('live').files)
    const ids = [...events.events.keys()]
    const shares = await Promise.all(ids.map(async (id) => [id, await site.reader.sharePicture(id)] as const))
    expect(new Set(shares.map(([, path]) => path)).size).toBeGreaterThan(10)
    built = buildStatically({
      events: [...events.events.values()],
      organisations: [...events.organisations.values()],
      cities: await site.reader.cities(),
      languages: await site.reader.languages(),
      shares: Object.fromEntries(shares),
      settings,
      now: site.clock.at,
    })
  }, 240_000)

  test('equals what was published', () => {
    const ofPages = new Map([...built].filter(([file]) => live.has(file) || /\.(html|ics|xml)$/.test(file)))
    const unexplained = differencesOf(live, ofPages).filter((one) => !known.some(({ file }) => file.test(one)))
    expect(unexplained).toEqual([])
  })

  /** With the published pages in other languages in the place of those that Astro does not build. */
  const whole = () => new Map([...built, ...[...live].filter(([file]) => /^[a-z]{2}\//.test(file))])
  const locals = () => ({ reader: site.reader, settings, now: site.clock.at })

  // Both are told by one function which pages there are: links and the sitemap know it from elsewhere.
  test('links nothing that is not there, and whatever is published is linked or in the sitemap', async () => {
    const { reached, broken } = await crawlStaticSite(whole(), locals())
    expect(broken).toEqual([])
    expect(unreachedPaths(live.keys(), reached)).toEqual([])
  }, 300_000)

  test('control: a month that is forgotten, and a page that nothing leads to, are found', async () => {
    const month = /^month\/\d{4}-\d\d\/index\.html$/
    const [forgotten = ''] = [...built.keys()].filter((file) => month.test(file))
    const planted = new Map([...whole()].filter(([file]) => file !== forgotten))
    const { reached, broken } = await crawlStaticSite(planted, locals())
    const path = `/${forgotten.replace('index.html', '')}`
    expect(broken.length).toBeGreaterThan(0)
    for (const one of broken) expect(one).toContain(` → ${path}: there is no such file`)
    expect(unreachedPaths([...live.keys(), 'month/2031-01/index.html'], reached)).toEqual(['/month/2031-01/'])
  }, 300_000)
})

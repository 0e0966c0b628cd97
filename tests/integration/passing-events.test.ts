import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { publish } from '#functions/publisher/publish.ts'
import { publishAll } from '#functions/publisher/publish-all.ts'
import { publishChanges } from '#functions/publisher/publish-changes.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { contentsOf, differencesOf, type PublishedSite, startPublishedSite } from '#tests/support/published-site.ts'

const now = '2027-01-10T12:00:00.000Z'
let site: PublishedSite
beforeAll(async () => {
  site = await startPublishedSite(now)
  for (const one of Object.values(demoOrganisations))
    await site.organisations.createOrganisation(one, 'owner@example.org')
  for (const event of [made('before', '2027-02-10', 'lisboa'), made('after', '2027-06-10', 'lisboa')])
    await site.events.createEvent(event)
  await publishAll(site.portsTo('live'))
  while (await site.drain(1000, async () => {}));
}, 120_000)
afterAll(() => site.close())

function made(name: string, day: string, citySlug: string): EventRecord {
  const [first] = programme
  if (!first) throw new Error('the programme is empty')
  const event = makeDemoEvent(first, now)
  const times = { startsAt: `${day}T18:00:00.000Z`, endsAt: `${day}T20:00:00.000Z` }
  return {
    ...event,
    ...times,
    id: `${event.id}-${name}`,
    slug: name,
    venue: { ...event.venue, city: citySlug, citySlug },
  }
}

/** What names a page is rendered while there is something for it, and the page itself only when there is nothing any more. */
test('an event that comes and goes before its records are published leaves no trace on pages that were published between', async () => {
  const passing = made('passing', '2027-04-10', 'porto')
  await site.events.createEvent(passing)
  const between = ['/sitemap.xml', '/sitemap/pages.xml', '/month/2027-02/', '/month/2027-06/']
  await publish(site.portsTo('live'), between)
  const trace = async (key: string) =>
    ((await contentsOf(site.portsTo('live').files)).get(key) ?? '').includes('2027-04')
  for (const key of ['sitemap.xml', 'sitemap/pages.xml', 'month/2027-02/index.html'])
    expect(await trace(key), key).toBe(true)

  expect(await site.events.deleteEvent(passing, now)).toBe(true)
  while (
    await site.drain(1000, async (records) => {
      expect((await publishChanges(site.portsTo('live'), records)).failed).toEqual(new Map())
    })
  );
  await publishAll(site.portsTo('full'))
  const [live, full] = await Promise.all((['live', 'full'] as const).map((one) => contentsOf(site.portsTo(one).files)))
  expect(differencesOf(live ?? new Map(), full ?? new Map())).toEqual([])
}, 60_000)

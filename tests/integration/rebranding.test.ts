import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord, Organisation } from '#domain/catalog.ts'
import { editOrganisation, type OrganisationChanges, organiserOf } from '#domain/organisations.ts'
import { utcDayOf } from '#domain/schedule.ts'
import { publishAll } from '#functions/publisher/publish-all.ts'
import { publishChanges } from '#functions/publisher/publish-changes.ts'
import { createRebrandingStore } from '#functions/store/rebrandings.ts'
import { type RebrandingPorts, spreadRebrandings } from '#functions/usecases/spread-rebrandings.ts'
import { contentsOf, differencesOf, type PublishedSite, startPublishedSite } from '#tests/support/published-site.ts'
import { readSitemap } from '#tests/support/site-checks/read-sitemap.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'

const now = '2027-01-10T12:00:00.000Z'
const oldName = 'The Old Mill Company'
const newName = 'The Weir & Sons'
const many = 90

let site: PublishedSite
let organisation: Organisation
let events: EventRecord[]

beforeAll(async () => {
  site = await startPublishedSite(now)
  const catalog = syntheticCatalog({ seed: 'mill', count: many + 1, now, cities: 4, organisers: 1, days: 90 })
  const [house] = catalog.organisations
  if (!house) throw new Error('the catalogue has no organisation')
  organisation = { ...house, name: oldName }
  await site.organisations.createOrganisation(organisation, 'owner@example.org')
  const owned = { organisationId: organisation.id, organiser: organiserOf(organisation) }
  events = [...catalog.events()].map((event) => ({ ...event, ...owned }))
  for (const event of events.slice(0, many)) await site.events.createEvent(event)
  await publishAll(site.portsTo('live'))
  while (await site.drain(1000, async () => {}));
}, 120_000)
afterAll(() => site.close())

/** As if the function died at this step. */
class Killed extends Error {}

const portsOf = (changes: Partial<RebrandingPorts> = {}): RebrandingPorts => ({
  ...createRebrandingStore(site.client, site.table),
  organisation: site.organisations.getOrganisation,
  events: site.events.listOrganisationEvents,
  updateOrganiser: site.events.updateOrganiser,
  now: () => site.clock.at,
  report: (problem, eventId, cause) => {
    throw new Error(`${problem}: ${eventId}`, { cause })
  },
  ...changes,
})
const aMinute = (ports: RebrandingPorts) => spreadRebrandings(ports, Date.now() + 60_000)

/** Goes on with what is under way, and dies when it has written and noted one page; answers where that began and how many it wrote. */
async function aPage() {
  const [begun] = await portsOf().openRebrandings()
  let written = 0
  const dying = portsOf({
    events: async (id, range) => {
      if (range.cursor !== (begun?.after ?? undefined)) throw new Killed()
      return site.events.listOrganisationEvents(id, range)
    },
    updateOrganiser: async (...write) => {
      written++
      return site.events.updateOrganiser(...write)
    },
  })
  await expect(aMinute(dying)).rejects.toThrow(Killed)
  return { after: begun?.after, written }
}
/** What a member changes at the desk. */
async function edit(changes: OrganisationChanges): Promise<void> {
  const before = await site.organisations.getOrganisation(organisation.id)
  if (!before) throw new Error('the organisation is gone')
  const edited = editOrganisation(before, changes, before.version)
  if (!edited.ok) throw new Error(edited.refusal.code)
  expect(await site.organisations.saveOrganisation(before, edited.value, site.clock.at)).toBe(true)
}
const passMinute = () => {
  site.clock.at = new Date(Date.parse(site.clock.at) + 60_000).toISOString()
}

async function filesNaming(name: string): Promise<readonly string[]> {
  const live = await contentsOf(site.portsTo('live').files)
  return [...live].filter(([, bytes]) => bytes.includes(name)).map(([key]) => key)
}

test('a new name and colour reach every page, list and file of all events, page by page, past a crash and late writes', async () => {
  await edit({ name: newName, accent: '#0044cc' })
  expect((await filesNaming(oldName)).length).toBeGreaterThan(many)

  const dies = async () => {
    throw new Killed()
  }
  await expect(aMinute(portsOf({ saveRebranding: dies }))).rejects.toThrow(Killed)
  expect(await aPage()).toEqual({ after: null, written: 0 })
  expect(await aPage()).toEqual({ after: expect.stringMatching(/^EVENT#/), written: 40 })

  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last) throw new Error('there are no events')
  const soonest = events.slice(0, many).toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))[0] ?? first
  const late = {
    ...soonest,
    version: soonest.version + 1,
    summary: 'Read before, written after',
    updatedAt: site.clock.at,
  }
  expect(await site.events.saveEvent(soonest, late)).toEqual({ ok: true })
  expect(await site.events.createEvent(last)).toBe('created')
  expect((await site.events.getEvent(soonest.id))?.organiser.name).toBe(oldName)

  let runs = 0
  for (; (await portsOf().openRebrandings()).length > 0 && runs < 10; runs++) {
    passMinute()
    await aMinute(portsOf())
  }
  expect(runs).toBeLessThan(6)
  const publishSome = async () =>
    site.drain(100, async (records) => {
      expect((await publishChanges(site.portsTo('live'), records)).failures).toEqual([])
    })
  while (await publishSome());

  expect(await filesNaming(oldName)).toEqual([])
  await publishAll(site.portsTo('full'))
  const live = await contentsOf(site.portsTo('live').files)
  expect(differencesOf(live, await contentsOf(site.portsTo('full').files))).toEqual([])
  const page = live.get(`events/${soonest.slug}/index.html`) ?? ''
  expect(page).toContain('"organizer":{"@type":"Organization","name":"The Weir')
  expect(page).toMatch(/<html[^>]* class="hue-260"/)
})

test('the sitemap says of each event that its page has changed with the name', async () => {
  const before = site.clock.at
  const [event] = events
  const sold = event && (await site.events.getEvent(event.id))
  if (!sold) throw new Error('the event is gone')
  // Sales that move nothing on the page: from then on the instant of its last change is kept apart.
  await site.events.updateSaleState(sold, { saleState: sold.saleState, emptyPoolIds: sold.emptyPoolIds ?? [] }, before)
  passMinute()
  await edit({ name: 'Renamed for the sitemap' })
  await aMinute(portsOf())
  const changes: string[] = []
  for (const { slug, startsAt } of events) {
    const { body } = await site.portsTo('live').render(`/sitemap/${utcDayOf(startsAt)}.xml`)
    const found = readSitemap(new TextDecoder().decode(body)).filter(({ url }) => url.endsWith(`/events/${slug}/`))
    changes.push(...found.map(({ changedAt }) => changedAt))
  }
  expect(changes).toHaveLength(events.length)
  expect(new Set(changes)).toEqual(new Set([site.clock.at]))
})

test('an organisation that is edited again while its name is on its way begins again with the newest one', async () => {
  await edit({ name: 'First thought' })
  expect(await aPage()).toEqual({ after: null, written: 40 })
  passMinute()
  const [half] = await portsOf().openRebrandings()
  if (!half) throw new Error('nothing is under way')
  await edit({ name: 'Second thought' })
  expect(await portsOf().saveRebranding(half, null)).toBe(false)
  await aMinute(portsOf())
  for (const { id } of events) expect((await site.events.getEvent(id))?.organiser.name).toBe('Second thought')
})

test('words that no event shows start nothing', async () => {
  for (let run = 0; run < 5; run++) {
    passMinute()
    await aMinute(portsOf())
  }
  await edit({ about: 'By the river.' })
  expect(await portsOf().openRebrandings()).toEqual([])
})

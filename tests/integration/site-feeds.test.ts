import { parseFeed } from 'htmlparser2'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { EventRecord } from '#domain/catalog.ts'
import { demoEvents, demoNow, demoOrigin, localsOf, readFeed } from '#tests/support/demo-site.ts'

const hostile = { name: 'A <b> & "c" ]]> 漢字', summary: 'Line, with; marks\\ and <i>' }
const events: readonly EventRecord[] = demoEvents.map((event, at) => ({
  ...event,
  ...(at === 0 ? hostile : {}),
  version: at + 1,
  publishedAt: new Date(Date.parse('2026-06-01T00:00:00.000Z') + at * 86_400_000).toISOString(),
  updatedAt: new Date(Date.parse('2026-12-01T00:00:00.000Z') + at * 86_400_000).toISOString(),
}))
const [first] = events
if (!first) throw new Error('the programme is empty')
const theFirst: EventRecord = first

async function textOf(path: string, records = events): Promise<string> {
  const file = await readFeed(path, localsOf(records))
  if (!file) throw new Error(`no feed at ${path}`)
  return file.text
}
const ahead = (list: readonly EventRecord[]) => list.filter(({ endsAt }) => endsAt > demoNow)
const cancelled = (event: EventRecord): EventRecord => ({ ...event, status: 'cancelled', saleState: 'cancelled' })
/** An event in Seville so many hours ahead. */
function at(hour: number, category: EventRecord['category']): EventRecord {
  const startsAt = new Date(Date.parse(demoNow) + (hour + 1) * 3_600_000).toISOString()
  return {
    ...theFirst,
    id: `evt_${hour}`,
    slug: `hour-${hour}`,
    saleState: 'on_sale',
    category,
    startsAt,
    endsAt: '2028-01-01T00:00:00.000Z',
  }
}
const feedShape = z.object({
  language: z.string(),
  home_page_url: z.string(),
  items: z.array(z.object({ url: z.string() })),
})
const ofCity = events.filter(({ venue }) => venue.citySlug === first.venue.citySlug)

const lists = ['all', `city/${first.venue.citySlug}`, `category/${first.category}`, `organiser/${first.organiser.slug}`]

test.each(lists)(
  'the Atom feed of %s is read by a parser that is not ours, with every event that lies ahead',
  async (list) => {
    const parsed = parseFeed(await textOf(`/feeds/${list}.atom`))
    if (!parsed) throw new Error('no parser takes it for a feed')
    expect(parsed.type).toBe('atom')
    expect(parsed.id).toBe(`tag:tickets.example,2026:/feeds/${list}.atom`)
    const updates = parsed.items.map(({ id }) => events.find((event) => id?.endsWith(event.id))?.updatedAt ?? '')
    expect(parsed.updated?.toISOString()).toBe(updates.toSorted().at(-1))
    expect(new Set(parsed.items.map(({ id }) => id)).size).toBe(parsed.items.length)
    for (const { title, link, description, pubDate } of parsed.items) {
      expect(title).toBeTruthy()
      expect(description).toBeTruthy()
      expect(link).toMatch(/^https:\/\/tickets\.example\/events\/[a-z0-9-]+\/$/)
      expect(pubDate).toBeInstanceOf(Date)
    }
  },
)

test('an entry has its own stable id, its category and its dates; what was announced last stands first', async () => {
  const feed = await textOf(`/feeds/city/${first.venue.citySlug}.atom`)
  const parsed = parseFeed(feed)
  const announced = ahead(ofCity).toSorted((a, b) => (String(a.publishedAt) < String(b.publishedAt) ? 1 : -1))
  expect(parsed?.items.map(({ id }) => id)).toEqual(announced.map(({ id }) => `tag:tickets.example,2026:event/${id}`))
  expect(feed).toContain(`<category term="${first.category}"`)
  expect(feed).toContain(`<published>${first.publishedAt}</published>`)
  expect(feed).toContain(`<updated>${first.updatedAt}</updated>`)
  expect(feed).toContain(`<link href="${demoOrigin}/feeds/city/${first.venue.citySlug}.atom" rel="self"`)
  expect(parsed?.items.some(({ title }) => title === hostile.name)).toBe(true)
})

test('what XML has no place for is left out of a feed, wherever it comes from', async () => {
  const broken = { ...theFirst, name: 'A\ufffeB\uffff', summary: 'C\u0001D\ud800' }
  const feed = await textOf('/feeds/all.atom', [broken])
  expect(feed).toContain('AB')
  expect(feed).toContain('. CD')
  expect(feed).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
})

test('the calendar of a city has each event once, at its instant, with what a calendar needs to follow changes', async () => {
  const text = await textOf(`/feeds/city/${first.venue.citySlug}.ics`)
  const calendar = new ICAL.Component(ICAL.parse(text))
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
  expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT6H')
  expect(calendar.getFirstPropertyValue('name')).toBe(`${first.venue.city} · Marquee`)
  const entries = calendar.getAllSubcomponents('vevent').map((component) => ({
    uid: component.getFirstPropertyValue('uid'),
    sequence: component.getFirstPropertyValue('sequence'),
    status: component.getFirstPropertyValue('status'),
    changed: String(component.getFirstPropertyValue('last-modified')),
    start: new ICAL.Event(component).startDate.toJSDate().toISOString(),
    end: new ICAL.Event(component).endDate.toJSDate().toISOString(),
    summary: new ICAL.Event(component).summary,
  }))
  const expected = ofCity.map((event) => ({
    uid: `${event.id}@marquee`,
    sequence: event.version,
    status: event.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    changed: event.updatedAt.replace('.000', ''),
    start: event.startsAt,
    end: event.endsAt,
    summary: event.name,
  }))
  expect(entries).toEqual(expected.toSorted((a, b) => (a.start < b.start ? -1 : 1)))
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
})

test('a cancelled event stays in calendars and feeds and is said to be cancelled', async () => {
  const called = events.find(({ status }) => status === 'cancelled')
  const calendar = new ICAL.Component(ICAL.parse(await textOf(`/feeds/organiser/${called?.organiser.slug}.ics`)))
  const entry = calendar
    .getAllSubcomponents('vevent')
    .find((one) => one.getFirstPropertyValue('uid') === `${called?.id}@marquee`)
  expect(entry?.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(await textOf(`/feeds/organiser/${called?.organiser.slug}.atom`)).toContain(`Cancelled: ${called?.name}`)
})

test('the JSON feed has what a widget shows: soonest first, with price and state', async () => {
  const shape = z.object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        url: z.url(),
        title: z.string(),
        _marquee: z.object({ startsAt: z.string(), timeZone: z.string(), saleState: z.string(), venue: z.string() }),
      }),
    ),
  })
  const { items } = shape.parse(JSON.parse(await textOf(`/feeds/organiser/${first.organiser.slug}.json`)))
  const mine = ahead(events.filter(({ organiser }) => organiser.slug === first.organiser.slug))
  expect(items.map(({ id }) => id)).toEqual(
    mine.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map(({ id }) => id),
  )
})

/** A list on which so much has happened that no feed could hold it, and so much lies ahead. */
const busy = (over: number, ahead: number): readonly EventRecord[] => {
  const at = (minutes: number) => new Date(Date.parse(demoNow) + minutes * 60_000).toISOString()
  const begunBefore = Array.from({ length: over }, (_, number) => -60 * 24 * 20 + number * 20)
  const starts = [...begunBefore, ...Array.from({ length: ahead }, (_, number) => 60 + number * 20)]
  const many = starts.map((start, number) => ({
    ...first,
    ...{ id: `evt_${number}`, slug: `busy-${number}`, startsAt: at(start), endsAt: at(start + 15) },
    publishedAt: at(number - 100_000),
  }))
  const running = { ...first, id: 'evt_running', slug: 'running', startsAt: at(-300), endsAt: at(300) }
  return [...many, running]
}

test('a feed is full of what lies ahead and of what runs, however much is over', async () => {
  const records = busy(1200, 600)
  const idsOf = async (ending: string) => {
    const text = await textOf(`/feeds/all.${ending}`, records)
    return [...text.matchAll(/(?:event\/|"id":"|UID:)(evt_\w+)/g)].map(([, id]) => id)
  }
  const soonest = Array.from({ length: 100 }, (_, number) => `evt_${1200 + number}`)
  expect(await idsOf('json')).toEqual(['evt_running', ...soonest])
  expect((await idsOf('atom')).slice(0, 3)).toEqual(['evt_1799', 'evt_1798', 'evt_1797'])
  const calendar = await idsOf('ics')
  expect(calendar).toEqual(expect.arrayContaining([...soonest, 'evt_running', 'evt_1199']))
  expect(calendar).toHaveLength(1000)
})

test('what began months ago and goes on is in every feed, and what began before it and is over in none', async () => {
  const daysAgo = (days: number) => new Date(Date.parse(demoNow) - days * 86_400_000).toISOString()
  const long = { ...first, id: 'evt_long', startsAt: daysAgo(60), endsAt: daysAgo(-5) }
  const over = { ...first, id: 'evt_over', startsAt: daysAgo(60), endsAt: daysAgo(31) }
  for (const ending of ['atom', 'ics', 'json']) {
    const text = await textOf(`/feeds/all.${ending}`, [long, over])
    expect([text.includes('evt_long'), text.includes('evt_over')]).toEqual([true, false])
  }
})

test('a feed in a language has what is offered in it, in its words; an event’s stands at the address of its page', async () => {
  const parse = async (path: string) => {
    const { language, home_page_url, items } = feedShape.parse(JSON.parse(await textOf(path)))
    return {
      language,
      page: home_page_url.replace(demoOrigin, ''),
      paths: items.map(({ url }) => url.replace(demoOrigin, '')),
    }
  }
  expect(await parse('/feeds/de/city/zurich.json')).toEqual({
    ...{ language: 'de', page: '/de/city/zurich/', paths: ['/de/events/letten-lichter/'] },
  })
  expect(await parse('/feeds/de/events/letten-lichter.json')).toEqual({
    ...{ language: 'de', page: '/de/events/letten-lichter/', paths: ['/de/events/letten-lichter/'] },
  })
  expect((await parse('/feeds/ja/events/letten-lichter.json')).paths).toEqual(['/events/letten-lichter/'])
  expect((await parse('/feeds/ar/all.json')).page).toBe('/ar/')
  const called = events.map((event) => (event.slug === 'letten-lichter' ? cancelled(event) : event))
  expect(await textOf('/feeds/de/all.atom', called)).toContain('Abgesagt: Letten-Lichter')
})

test('what is nearby is what can still be gone to in a city, of one kind before all others, in a few KB for the busiest', async () => {
  const [concert, play] = [at(0, 'music'), at(1, 'theatre')]
  const many = Array.from({ length: 300 }, (_, hour) => at(hour + 2, hour % 2 === 0 ? 'music' : 'theatre'))
  const full = { ...at(0, 'theatre'), id: 'evt_full', slug: 'full', saleState: 'sold_out' as const }
  const slugs = async (records: readonly EventRecord[]) =>
    feedShape
      .parse(JSON.parse(await textOf('/feeds/nearby/sevilla/theatre.json', records)))
      .items.map(({ url }) => url.split('/').at(-2))
  expect(await slugs([concert, play, full])).toEqual(['hour-1', 'hour-0'])
  expect((await slugs([concert, ...many])).slice(0, 3)).toEqual(['hour-3', 'hour-5', 'hour-7'])
  expect((await textOf('/feeds/nearby/sevilla/theatre.json', many)).length).toBeLessThan(12_000)
  expect(await readFeed('/feeds/nearby/sevilla/chess.json', localsOf(events))).toBeNull()
  expect(await readFeed('/feeds/nearby/atlantis/music.json', localsOf(events))).toBeNull()
})

test('the same data gives the same bytes, and a feed without events is a feed', async () => {
  for (const ending of ['atom', 'ics', 'json']) {
    const path = `/feeds/city/${first.venue.citySlug}.${ending}`
    expect(await textOf(path)).toBe(await textOf(path))
  }
  const empty = parseFeed(await textOf(`/feeds/organiser/${first.organiser.slug}.atom`, []))
  expect(empty?.items).toEqual([])
  expect(empty?.updated).toBeInstanceOf(Date)
})

test('a list that does not exist, and a path that is no feed, have none', async () => {
  for (const path of [
    'city/atlantis.atom',
    'organiser/nobody.ics',
    'category/chess.json',
    'all.rss',
    'all',
    '../all.atom',
    'city/.atom',
    'all/more.atom',
    'city/sevilla/music.atom',
    'nearby/sevilla.json',
  ])
    expect(await readFeed(`/feeds/${path}`), path).toBeNull()
})

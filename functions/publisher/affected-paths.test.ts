import { expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { affectedPaths } from './affected-paths.ts'

const now = '2027-01-04T12:00:00.000Z'
const [demo] = programme
if (!demo) throw new Error('the programme is empty')
const template = makeDemoEvent(demo, now)

/** Three hundred concerts in one city, an hour apart, of organisers with one each. */
const crowd: readonly EventRecord[] = Array.from({ length: 300 }, (_, at) => ({
  ...template,
  id: `${template.id}${at}`,
  slug: `concert-${at}`,
  organiser: { ...template.organiser, slug: `organiser-${at}` },
  startsAt: new Date(Date.parse('2027-01-12T12:00:00.000Z') + at * 3_600_000).toISOString(),
  endsAt: new Date(Date.parse('2027-01-12T14:00:00.000Z') + at * 3_600_000).toISOString(),
}))
const at = (index: number): EventRecord => {
  const event = crowd[index]
  if (!event) throw new Error(`there is no concert ${index}`)
  return event
}
const pathsOf = (before: EventRecord, after: EventRecord) =>
  affectedPaths(
    { kind: 'event', before, after: { ...after, updatedAt: '2027-01-04T12:00:01.000Z' } },
    memoryReader(
      crowd.map((event) => (event === before ? after : event)),
      [],
    ),
    now,
  )
const city = `/city/${template.venue.citySlug}/`

test('an edit renders no page that is full of earlier events, but the part of each calendar where the event stands', async () => {
  const paths = await pathsOf(at(280), { ...at(280), name: 'Louder' })
  expect(paths).toEqual([
    '/events/concert-280/',
    '/sitemap/2027-01-24.xml',
    '/organiser/organiser-280/',
    '/search/everywhere.json',
    '/search/city/sevilla.json',
    '/month/2027-01-22-28/',
    '/city/sevilla/2027-01-22-28/',
  ])
})

test('it renders every page that shows the event', async () => {
  const expected = [city, `/category/${template.category}/`, '/', '/month/2027-01-08-14/', `${city}2027-01-08-14/`]
  expect(await pathsOf(at(3), { ...at(3), name: 'Louder' })).toEqual(expect.arrayContaining(expected))
})

test('an event that comes forward, or makes room, renders the pages that it enters or leaves', async () => {
  const forward = { ...at(280), startsAt: at(3).startsAt, endsAt: at(3).endsAt }
  expect(await pathsOf(at(280), forward)).toEqual(expect.arrayContaining([city, '/', '/month/2027-01-08-14/']))
  const back = { ...at(3), startsAt: at(150).startsAt, endsAt: at(150).endsAt }
  expect(await pathsOf(at(3), back)).toEqual(expect.arrayContaining([city, '/']))
})

test('a city that becomes known has its pages, and is named where all are', async () => {
  const paths = await affectedPaths({ kind: 'index', citySlug: 'cadiz' }, memoryReader([], []), now)
  expect(paths).toEqual(expect.arrayContaining(['/', '/city/cadiz/', '/search/city/cadiz.json']))
})

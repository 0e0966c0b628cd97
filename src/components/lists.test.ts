import { expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { type List, lists } from '#domain/lists.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { pastOf, runningOf, shownOf, weekendOf } from './lists.ts'

/** A Wednesday. */
const now = '2027-03-10T12:00:00.000Z'
const [demo] = programme
if (!demo) throw new Error('the programme is empty')
const made = makeDemoEvent(demo, '2027-01-01T12:00:00.000Z')
const { citySlug } = made.venue

const day = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString()
/** From so many days from now until so many, as the sweeper leaves it at `now`. */
const lasting = (id: string, from: number, to: number, changes: Partial<EventRecord> = {}): EventRecord => ({
  ...{ ...made, id, slug: id, startsAt: day(from), endsAt: day(to), updatedAt: now },
  ...changes,
})
const readerOf = (events: readonly EventRecord[]) => memoryReader(events, [])
const ids = (cards: readonly { readonly eventId: string }[]) => cards.map(({ eventId }) => eventId)
const many = (count: number, from: number, name: string) =>
  Array.from({ length: count }, (_, at) => lasting(`${name}-${at}`, from + at / 100, 30 + at / 100))

test('an exhibition that goes on is in the lists of its city and kind until its end, what lasts longest first', async () => {
  const reader = readerOf([
    lasting('fair', -2, 5),
    lasting('exhibition', -30, 60),
    lasting('over', -9, -8),
    lasting('called-off', -3, 3, { status: 'cancelled', saleState: 'cancelled' }),
    lasting('sold-no-more', -3, 3, { saleState: 'ended' }),
    lasting('elsewhere', -3, 3, { venue: { ...made.venue, citySlug: 'atlantis' } }),
    lasting('soon', 1, 2),
  ])
  expect(ids(await runningOf(reader, `city#${citySlug}`, now))).toEqual(['exhibition', 'fair'])
  expect(ids(await runningOf(reader, `category#${made.category}`, now))).toEqual(['exhibition', 'fair', 'elsewhere'])
  const { running, ahead } = await shownOf(reader, lists.ofCity(citySlug), now)
  expect([ids(running), ids(ahead)]).toEqual([['exhibition', 'fair'], ['soon']])
  expect(ids((await shownOf(reader, lists.ofCity(citySlug), day(6))).running)).toEqual(['exhibition'])
})

test('in another language it is there where it is offered in that', async () => {
  const words = { name: 'Ausstellung', summary: '', description: '', accessibility: '', ticketTypes: {} }
  const reader = readerOf([lasting('fair', -2, 5), lasting('translated', -2, 4, { translations: { de: words } })])
  expect(ids(await runningOf(reader, `de/city#${citySlug}`, now))).toEqual(['translated'])
})

test('what is on takes its share of a list, and what the soonest leave free; the home page shows the soonest first', async () => {
  const busy = readerOf([...many(30, -20, 'on'), ...many(30, 1, 'soon')])
  const list = lists.ofCity(citySlug)
  const shown = await shownOf(busy, list, now)
  expect([shown.running.length, shown.ahead.length]).toEqual([list.runs, list.shows - list.runs])
  const quiet = await shownOf(readerOf([...many(30, -20, 'on'), ...many(3, 1, 'soon')]), list, now)
  expect([quiet.running.length, quiet.ahead.length]).toEqual([list.shows - 3, 3])
  const home = (list: List, count: number) =>
    shownOf(readerOf([...many(5, -20, 'on'), ...many(count, 1, 'soon')]), list, now)
  expect((await home(lists.home, 30)).running).toEqual([])
  expect((await home(lists.home, 2)).running).toHaveLength(5)
})

test('what is on and goes past Friday is on this weekend too, and what begins before it and goes on', async () => {
  const reader = readerOf([
    lasting('exhibition', -30, 60),
    lasting('this-week', -1, 20),
    lasting('until-thursday', -30, 1),
    lasting('from-thursday', 1, 20),
    lasting('on-thursday', 1, 1.1),
    lasting('on-saturday', 3, 3.1),
  ])
  const { running, ahead } = await weekendOf(reader, 'all', now)
  expect([ids(running), ids(ahead)]).toEqual([
    ['exhibition', 'this-week'],
    ['from-thursday', 'on-saturday'],
  ])
  const saturday = await weekendOf(reader, 'all', day(3.05))
  expect([ids(saturday.running), ids(saturday.ahead)]).toEqual([['exhibition', 'this-week'], []])
})

test('among what was is nothing that goes on, however much does', async () => {
  const reader = readerOf([
    ...many(40, -20, 'on'),
    lasting('over', -30, -29),
    lasting('sold-no-more', -3, 3, { saleState: 'ended' }),
  ])
  expect(ids(await pastOf(reader, 'all', now, 6))).toEqual(['sold-no-more', 'over'])
})

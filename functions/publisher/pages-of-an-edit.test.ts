import { expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { cancelEvent } from '#domain/event-rules.ts'
import type { Language } from '#domain/languages.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { affectedPaths } from './affected-paths.ts'

/** A Thursday. */
const written = '2027-01-14T12:00:00.000Z'
const now = '2027-01-14T12:00:01.000Z'
const [demo] = programme
if (!demo) throw new Error('the programme is empty')
const made = makeDemoEvent(demo, written)
const [type] = made.ticketTypes
if (!type) throw new Error('the demo sells nothing')

const words = (name: string) => ({ name, summary: name, description: name, accessibility: name, ticketTypes: {} })
const spoken = (languages: readonly Language[]) =>
  Object.fromEntries(languages.map((language) => [language, words(`In ${language}`)]))
const picture = { base: '/media/tango/upl_1', widths: [480], aspectRatio: 1.5, alt: '', colour: '#14213d' }
const further: readonly Language[] = ['de', 'es', 'ja', 'ar']

const hard = {
  'in autumn': { ...made, startsAt: '2027-09-10T18:00:00.000Z', endsAt: '2027-09-10T20:00:00.000Z' },
  'this weekend': { ...made, startsAt: '2027-01-15T18:00:00.000Z', endsAt: '2027-01-15T20:00:00.000Z' },
  'this weekend and free': {
    ...made,
    ...{ startsAt: '2027-01-15T18:00:00.000Z', endsAt: '2027-01-15T20:00:00.000Z' },
    ticketTypes: [{ ...type, priceMinor: 0, phases: undefined }],
  },
} satisfies Record<string, EventRecord>

/** How many pages a change of the event renders. */
async function pagesOf(before: EventRecord, change: (event: EventRecord) => EventRecord): Promise<number> {
  const after = { ...change(before), version: before.version + 1, updatedAt: now }
  return new Set(await affectedPaths({ kind: 'event', before, after }, memoryReader([after], []), now)).size
}
const rename = (event: EventRecord) => ({ ...event, name: 'Louder' })
const describe = (event: EventRecord) => ({ ...event, description: 'Bring a coat.' })
const renameVenue = (event: EventRecord) => ({ ...event, venue: { ...event.venue, name: 'The Other Room' } })
const ofAnotherKind = (event: EventRecord) => ({ ...event, category: 'workshops' as const })
const movedOn = (event: EventRecord) => ({
  ...event,
  startsAt: '2027-11-12T18:00:00.000Z',
  endsAt: '2027-11-12T20:00:00.000Z',
})
function called(event: EventRecord): EventRecord {
  const cancelled = cancelEvent(event, event.version, now)
  if (!cancelled.ok) throw new Error(cancelled.refusal.code)
  return cancelled.value
}

test.each(Object.entries(hard))(
  'an edit of an event %s renders at most twelve pages, a reschedule or a cancellation forty',
  async (_, event) => {
    expect(await pagesOf(event, rename)).toBeLessThanOrEqual(12)
    expect(await pagesOf(event, renameVenue)).toBeLessThanOrEqual(12)
    expect(await pagesOf(event, called)).toBeLessThanOrEqual(12)
    expect(await pagesOf(event, movedOn)).toBeLessThanOrEqual(40)
  },
)

test('an edit that takes an event to another category, city or price renders what it leaves and what it enters', async () => {
  const event = hard['this weekend and free']
  const venue = { ...event.venue, city: 'Atlantis', citySlug: 'atlantis' }
  expect(await pagesOf({ ...event, picture: null }, ofAnotherKind)).toBe(12)
  expect(await pagesOf({ ...event, picture }, ofAnotherKind)).toBe(6)
  expect(await pagesOf(event, (one) => ({ ...one, ticketTypes: [{ ...type, priceMinor: 100 }] }))).toBe(12)
  expect(await pagesOf(event, (one) => ({ ...one, venue }))).toBeLessThanOrEqual(24)
})

test('the hardest of them renders all twelve', async () => {
  expect(await pagesOf(hard['this weekend and free'], rename)).toBe(12)
})

test.each([1, 2, 4])(
  'with %i further languages new words in one of them render the pages of that one',
  async (count) => {
    const event = { ...hard['this weekend and free'], translations: spoken(further.slice(0, count)) }
    const inGerman = { ...event.translations, de: words('Lauter') }
    expect(await pagesOf(event, rename)).toBe(12)
    expect(await pagesOf(event, (one) => ({ ...one, translations: inGerman }))).toBe(12)
    expect(await pagesOf(event, describe)).toBe(2)
  },
)

test.each([1, 2, 4])('with %i further languages what all of them say renders eleven more for each', async (count) => {
  const event = { ...hard['this weekend and free'], translations: spoken(further.slice(0, count)) }
  expect(await pagesOf(event, renameVenue)).toBe(12 + 11 * count)
  expect(await pagesOf(event, called)).toBe(12 + 11 * count)
  expect(await pagesOf(event, movedOn)).toBeLessThanOrEqual(15 + 13 * count)
})

test.each([
  [1, 28, 17],
  [2, 41, 25],
  [4, 67, 41],
])(
  'with %i further languages a first event of its kind there renders %i pages, with a picture %i',
  async (count, bare, shown) => {
    const event = { ...hard['this weekend and free'], translations: spoken(further.slice(0, count)) }
    expect(await pagesOf({ ...event, picture: null }, ofAnotherKind)).toBe(bare)
    expect(await pagesOf({ ...event, picture }, ofAnotherKind)).toBe(shown)
  },
)

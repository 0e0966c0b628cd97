import { expect, test } from 'vitest'
import { texts } from '../../i18n/texts.ts'
import { passes, priceSteps } from './filters.ts'
import { eventOf, type FoundEvent, shardAnswer, shardIn } from './found-event.ts'
import { emptyQuery } from './query.ts'
import { indexOf } from './search-index.ts'

const categoryNames = texts('en').site.category

const some = (slug: string, fields: Partial<FoundEvent>): FoundEvent => ({
  ...eventOf([
    ...([slug, slug, '', '2027-03-05T19:00:00.000Z', '2027-03-05T22:00:00.000Z', 'Europe/Madrid'] as const),
    ...(['Hall', 'Sevilla', 'sevilla', 'music', 'Almazara', 1200, 'EUR', 'on_sale'] as const),
  ]),
  ...fields,
})
const events = [
  some('guitars', { name: 'Seis cuerdas en el molino', summary: 'Six guitars and no microphone.' }),
  some('casa', { name: 'La casa de Bernarda Alba', category: 'theatre' }),
  some('kintsugi', { name: '金継ぎ入門 Kintsugi', city: 'Kyōto', citySlug: 'kyoto', category: 'workshops' }),
  some('organ', { name: 'Noche de órgano', organiser: 'Müller & Söhne' }),
  some('poems', { name: 'أُمسية شعرية', city: 'Granada', citySlug: 'granada' }),
]
const index = indexOf(events, categoryNames)
const find = (words: string) => index.find(words).map(({ slug }) => slug)

test.each([
  ['guitars', ['guitars']],
  ['cuerdas', ['guitars']],
  ['cuer', ['guitars']],
  ['cuerads', ['guitars']],
  ['ORGANO', ['organ']],
  ['mueller', ['organ']],
  ['bernrada alba', ['casa']],
  ['theatre', ['casa']],
  ['kyoto', ['kintsugi']],
  ['入門', ['kintsugi']],
  ['金', ['kintsugi']],
  ['امسية', ['poems']],
  ['molino guitars', ['guitars']],
])('%j finds %j', (words, slugs) => {
  expect(find(words)).toEqual(slugs)
})

test('all words must be met; where no event meets all, those that meet one are shown', () => {
  expect(find('noche molino').toSorted()).toEqual(['guitars', 'organ'])
  expect(find('zzzzzz')).toEqual([])
})

test('a name counts for more than a summary; without words all are there, the soonest first', () => {
  const two = indexOf([some('a', { summary: 'With tango.' }), some('b', { name: 'Tango' })], categoryNames)
  expect(two.find('tango').map(({ slug }) => slug)).toEqual(['b', 'a'])
  expect(find(' ?! ')).toEqual(events.map(({ slug }) => slug))
})

const now = '2027-03-04T12:00:00.000Z'
const [event] = events
if (!event) throw new Error('no event')
const inTokyo = {
  ...event,
  timeZone: 'Asia/Tokyo',
  startsAt: '2027-03-04T16:00:00.000Z',
  endsAt: '2027-03-04T18:00:00.000Z',
}

test.each([
  [{}, true],
  [{ city: 'sevilla' }, true],
  [{ city: 'kyoto' }, false],
  [{ category: 'comedy' }, false],
  [{ when: 'today' }, false],
  [{ when: 'tomorrow' }, true],
  [{ when: 'weekend' }, true],
  [{ when: 'week' }, true],
  [{ when: 'dates', from: '2027-03-05', to: '2027-03-05' }, true],
  [{ when: 'dates', from: '2027-03-06' }, false],
  [{ when: 'dates', to: '2027-03-04' }, false],
  [{ price: '12' }, true],
  [{ price: '11' }, false],
  [{ price: 'free' }, false],
] as const)('the filters %j pass a concert for €12 on Friday: %s', (filters, isThere) => {
  expect(passes(event, { ...emptyQuery, ...filters }, now)).toBe(isThere)
})

test('a day is the venue’s, what is over is gone, and what has no price is not cheap', () => {
  expect(passes(inTokyo, { ...emptyQuery, when: 'tomorrow' }, now)).toBe(true)
  expect(passes(inTokyo, emptyQuery, '2027-03-04T18:00:00.000Z')).toBe(false)
  expect(passes({ ...event, priceMinor: null }, { ...emptyQuery, price: '100' }, now)).toBe(false)
})

test('what goes on for days is there on each of them, an evening past midnight only on its own', () => {
  const fair = { ...event, startsAt: '2027-03-01T09:00:00.000Z', endsAt: '2027-03-07T17:00:00.000Z' }
  const isOn = (one: FoundEvent, from: string, to = from) =>
    passes(one, { ...emptyQuery, when: 'dates', from, to }, '2027-02-01T12:00:00.000Z')
  expect(['2027-02-28', '2027-03-01', '2027-03-04', '2027-03-07', '2027-03-08'].map((day) => isOn(fair, day))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect(isOn(fair, '', '2027-02-28')).toBe(false)
  expect(isOn(fair, '2027-03-06', '')).toBe(true)
  const evening = { ...event, startsAt: '2027-03-05T20:00:00.000Z', endsAt: '2027-03-06T02:00:00.000Z' }
  expect([isOn(evening, '2027-03-05'), isOn(evening, '2027-03-06')]).toEqual([true, false])
  for (const when of ['today', 'tomorrow', 'week'] as const)
    expect(passes(fair, { ...emptyQuery, when }, '2027-03-04T12:00:00.000Z')).toBe(true)
})

test('sums are offered that part the events, in the one currency that they have', () => {
  const priced = (...prices: number[]) => prices.map((priceMinor) => ({ ...event, priceMinor }))
  expect(priceSteps(priced(0, 1200, 4500))).toEqual([20, 30])
  expect(priceSteps(priced(0))).toEqual([])
  expect(priceSteps([...priced(1200, 4500), { ...event, currency: 'JPY', priceMinor: 900 }])).toEqual([])
  expect(priceSteps(priced(1500, 9000).map((one) => ({ ...one, currency: 'JPY' })))).toEqual([2000, 3000, 5000])
})

test('only a shard is taken for one', () => {
  expect(shardAnswer.safeParse({ rows: [], isComplete: true }).success).toBe(true)
  for (const other of [null, [], { rows: 1 }, { error: '' }]) expect(shardAnswer.safeParse(other).success).toBe(false)
})

test('a city that nobody knows has no events, which is no failure; whoever is offline or asks everywhere hears of one', () => {
  const failed = (status: number, code = 'unreadable') => ({
    ok: false as const,
    problem: { type: 'about:blank', title: '', requestId: '', status, code },
  })
  expect(shardIn(failed(404), 'atlantis')).toEqual({ rows: [], isComplete: true })
  expect(shardIn(failed(404), '')).toBeNull()
  expect(shardIn(failed(503), 'sevilla')).toBeNull()
  expect(shardIn(failed(0, 'offline'), 'sevilla')).toBeNull()
})

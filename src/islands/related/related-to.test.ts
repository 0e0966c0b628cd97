import { expect, test } from 'vitest'
import { type NearbyEvent, relatedTo } from './related-to.ts'

const event = (name: string, day: string, fields: Partial<NearbyEvent> = {}): NearbyEvent => ({
  ...({ path: `/events/${name}/`, name, startsAt: `2027-03-${day}T19:00:00.000Z`, timeZone: 'Europe/Madrid' } as const),
  ...({ venueName: 'Hall', organiser: 'Almazara', category: 'music', saleState: 'on_sale' } as const),
  ...fields,
})
const one = { path: '/events/this/', organiser: 'Almazara', category: 'music' }
const related = (...events: readonly NearbyEvent[]) =>
  relatedTo(one, events, '2027-03-02T00:00:00.000Z', 3).map(({ name }) => name)

test('the like comes first, then the sooner', () => {
  const play = event('play', '03', { category: 'theatre', organiser: 'Lantern' })
  const ours = event('ours', '04', { category: 'talks' })
  const theirs = event('theirs', '06', { organiser: 'Lantern' })
  expect(related(play, ours, theirs, event('later', '20'), event('sooner', '10'))).toEqual([
    'sooner',
    'later',
    'theirs',
  ])
  expect(related(play, ours)).toEqual(['ours', 'play'])
})

test('an event is not related to itself, to what has begun, or to what is sold out', () => {
  expect(related(event('this', '05'), event('begun', '01'), event('full', '05', { saleState: 'sold_out' }))).toEqual([])
})

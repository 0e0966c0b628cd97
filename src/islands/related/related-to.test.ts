import { expect, test } from 'vitest'
import { eventOf, type FoundEvent } from '../search/found-event.ts'
import { relatedTo } from './related-to.ts'

const event = (slug: string, day: string, fields: Partial<FoundEvent> = {}): FoundEvent => ({
  ...eventOf([
    ...([slug, slug, '', `2027-03-${day}T19:00:00.000Z`, `2027-03-${day}T22:00:00.000Z`, 'Europe/Madrid'] as const),
    ...(['Hall', 'Sevilla', 'sevilla', 'music', 'Almazara', 1200, 'EUR', 'on_sale'] as const),
  ]),
  ...fields,
})
const one = { slug: 'this', organiser: 'Almazara', category: 'music' }
const related = (...events: readonly FoundEvent[]) =>
  relatedTo(one, events, '2027-03-02T00:00:00.000Z', 3).map(({ slug }) => slug)

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

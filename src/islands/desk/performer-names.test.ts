import { expect, test } from 'vitest'
import { performerErrors, performersOf, performersText } from './performer-names.ts'

test('names stand one a line, or on one line with commas in any script', () => {
  expect(performersOf(' Lucía Vargas\n\nCrosby, Stills & Nash\nLucía Vargas ')).toEqual([
    'Lucía Vargas',
    'Crosby, Stills & Nash',
  ])
  expect(performersOf('Marea Alta, Pale Harbour،فيروز、星空')).toEqual(['Marea Alta', 'Pale Harbour', 'فيروز', '星空'])
  expect(performersOf(' \n')).toEqual([])
})

test('names survive the field, commas and all', () => {
  for (const names of [[], ['Marea Alta'], ['Crosby, Stills & Nash'], ['Crosby, Stills & Nash', 'Marea Alta']])
    expect(performersOf(performersText(names))).toEqual(names)
})

test('a name that is refused is named by its number', () => {
  expect(performerErrors({ name: 'missing', 'performers.1': 'too long' })).toEqual({ performers: 'Name 2: too long' })
  expect(performerErrors({ performers: 'too many' })).toEqual({})
})

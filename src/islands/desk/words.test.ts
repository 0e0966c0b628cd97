import { expect, test } from 'vitest'
import { fieldName, sayErrors } from './words.ts'

test('fields are named as people say them', () => {
  expect(['name', 'startsAt', 'venue.postalCode', 'performers.0', 'fee.basisPoints'].map(fieldName)).toEqual([
    'Name',
    'Starts at',
    'Venue, postal code',
    'Performers 1',
    'Fee, basis points',
  ])
  expect(sayErrors({ startsAt: 'must be before the end' })).toEqual(['Starts at: must be before the end.'])
})

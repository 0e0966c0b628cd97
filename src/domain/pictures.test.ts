import { expect, test } from 'vitest'
import { isReplaced, judgeMeasures, originalKeyOf, uploadOfOriginal, widthsFor } from './pictures.ts'

const upload = {
  id: 'upl_01j00000000000000000000002',
  organisationId: 'org_01j00000000000000000000000',
  eventId: 'evt_01j00000000000000000000000',
  alt: 'A mill',
  focus: null,
  state: 'waiting',
  attempts: 0,
  createdAt: '2027-01-01T00:00:00.000Z',
} as const

test.each([
  [{ width: 1600, height: 1000, frames: 1 }, null],
  [{ width: 480, height: 270, frames: 1 }, null],
  [{ width: 8160, height: 6120, frames: 1 }, null],
  [{ width: 479, height: 1000, frames: 1 }, 'too_small'],
  [{ width: 1000, height: 269, frames: 1 }, 'too_small'],
  [{ width: 10_000, height: 10_000, frames: 1 }, 'too_many_pixels'],
  [{ width: 1, height: 60_000, frames: 1 }, 'too_long'],
  [{ width: 4001, height: 1000, frames: 1 }, 'too_long'],
  [{ width: 600, height: 400, frames: 2 }, 'animated'],
] as const)('an event picture of %o is judged %s', (measures, reason) => {
  expect(judgeMeasures(measures, 'event')).toBe(reason)
})

test('a picture is served in four widths and never enlarged', () => {
  expect(widthsFor('event', 5000)).toEqual([320, 480, 960, 1600])
  expect(widthsFor('event', 1600)).toEqual([320, 480, 960, 1600])
  expect(widthsFor('event', 1000)).toEqual([320, 480, 960, 1000])
  expect(widthsFor('event', 480)).toEqual([320, 480])
  expect(widthsFor('logo', 200)).toEqual([96, 192, 200])
})

test('a key names its organisation and its upload, and no other key does', () => {
  const { organisationId, id } = upload
  expect(uploadOfOriginal(originalKeyOf(upload))).toEqual({ organisationId, id })
  for (const key of ['uploads/', `uploads/${id}`, `uploads/${organisationId}/../${id}`, `x/${originalKeyOf(upload)}`])
    expect(uploadOfOriginal(key)).toBeNull()
})

test('of two uploads the one begun later stays, whichever is read first', () => {
  expect(isReplaced({ base: '/media/evt_1/upl_01j00000000000000000000003' }, upload)).toBe(true)
  expect(isReplaced({ base: '/media/evt_1/upl_01j00000000000000000000001' }, upload)).toBe(false)
  expect(isReplaced({ base: '/media/evt_1/poster' }, upload)).toBe(false)
  expect(isReplaced(null, upload)).toBe(false)
})

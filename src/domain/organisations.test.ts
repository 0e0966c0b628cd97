import { expect, test } from 'vitest'
import { afterEvents, editOrganisation, startRebranding } from './organisations.ts'

const mill = {
  id: 'org_1',
  slug: 'mill',
  version: 3,
  name: 'The Mill',
  about: 'By the river.',
  accent: '#aa3300',
  email: 'mill@people.example',
  website: 'https://mill.example',
  createdAt: '2027-01-01T00:00:00.000Z',
}
const at = (seconds: number) => new Date(Date.UTC(2027, 0, 1, 12, 0, seconds)).toISOString()

test('an edit changes what it names, raises the version, and keeps the address', () => {
  expect(editOrganisation(mill, { name: 'The Weir', website: null }, 3)).toEqual({
    ok: true,
    value: { ...mill, name: 'The Weir', website: undefined, version: 4 },
  })
})

test('an edit of what somebody has changed since is refused', () => {
  expect(editOrganisation(mill, { name: 'The Weir' }, 2)).toEqual({ ok: false, refusal: { code: 'stale_version' } })
})

test('a rebranding goes on where a page ended', () => {
  const step = afterEvents(startRebranding('org_1', at(0)), { next: 'EVENT#7', isClean: false }, at(1))
  expect(step).toMatchObject({ version: 2, after: 'EVENT#7', isClean: false, passFrom: at(0) })
})

test('it ends with a clean pass that began when no request could still write what it had read before', () => {
  const first = afterEvents(startRebranding('org_1', at(0)), { next: null, isClean: true }, at(100))
  expect(first).toMatchObject({ after: null, isClean: true, passFrom: at(100) })
  const second = first && afterEvents(first, { next: null, isClean: true }, at(120))
  expect(second).toMatchObject({ passFrom: at(120) })
  expect(second && afterEvents(second, { next: null, isClean: true }, at(121))).toBeNull()
})

test('a late pass that found something is followed by another', () => {
  const late = { ...startRebranding('org_1', at(0)), passFrom: at(300) }
  const half = afterEvents(late, { next: 'EVENT#7', isClean: false }, at(301))
  expect(half && afterEvents(half, { next: null, isClean: true }, at(302))).toMatchObject({
    after: null,
    isClean: true,
    passFrom: at(302),
  })
})

import { expect, test } from 'vitest'
import { nextAddress } from './next-path.ts'

const origin = 'https://tickets.example'
const goes = (next: string) => nextAddress(`?next=${encodeURIComponent(next)}`, origin, '/account/')

test('signing in leads back to the page of this site that asked for it', () => {
  expect(goes('/desk/event/?id=evt_1#sales')).toBe('https://tickets.example/desk/event/?id=evt_1#sales')
  expect(nextAddress('?next=/door/', origin, '/account/')).toBe('https://tickets.example/door/')
})

test('no address leads to another site', () => {
  for (const evil of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    ' //evil.example',
    'evil.example',
    '/\t/evil.example',
    'https://tickets.example.evil.example/',
  ])
    expect(new URL(goes(evil)).origin).toBe(origin)
  expect(goes('/.//evil.example')).toBe('https://tickets.example//evil.example')
})

test('without a page to go back to, or with this page itself, it is the account page', () => {
  expect(nextAddress('', origin, '/de/account/')).toBe('https://tickets.example/de/account/')
  expect(goes('/sign-in/?next=/sign-in/')).toBe('https://tickets.example/account/')
  expect(goes('/de/sign-in/')).toBe('https://tickets.example/account/')
})

import { expect, test } from 'vitest'
import { isFound } from './site-pages.ts'

test('search engines may show events and lists in every language, and nothing that is one person’s', () => {
  for (const path of ['/', '/de/', '/events/night-train/', '/ar/city/zurich/', '/weekend/', '/api/', '/about/'])
    expect([path, isFound(path)]).toEqual([path, true])
  for (const path of [
    '/desk/',
    '/desk/event/',
    '/door/',
    '/order/',
    '/de/order/',
    '/ja/account/',
    '/search/',
    '/404.html',
  ])
    expect([path, isFound(path)]).toEqual([path, false])
})

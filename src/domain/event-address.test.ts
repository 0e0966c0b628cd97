import { expect, test } from 'vitest'
import { movedPath } from './event-address.ts'

test('the files of an event move with it; other paths do not', () => {
  const words = { name: '', summary: '', description: '', accessibility: '', ticketTypes: {} }
  const event = { slug: 'new', translations: { de: words } }
  expect(movedPath('/events/old/', event)).toBe('/events/new/')
  expect(movedPath('/de/events/old/', event)).toBe('/de/events/new/')
  expect(movedPath('/events/old/index.html', event)).toBe('/events/new/')
  expect(movedPath('/events/old/event.ics', event)).toBe('/events/new/event.ics')
  expect(movedPath('/events/new/', event)).toBeNull()
  expect(movedPath('/city/old/', event)).toBeNull()
  expect(movedPath('/events/', event)).toBeNull()
})

test('a page in a language that the event is no longer offered in leads to its own, whatever its address was', () => {
  expect(movedPath('/de/events/old/', { slug: 'new' })).toBe('/events/new/')
  expect(movedPath('/de/events/new/event.ics', { slug: 'new' })).toBe('/events/new/event.ics')
  expect(movedPath('/de/events/new/', { slug: 'new', language: 'de' })).toBe('/events/new/')
  expect(movedPath('/xx/events/old/', { slug: 'new' })).toBe('/events/new/')
})

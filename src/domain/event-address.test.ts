import { expect, test } from 'vitest'
import { movedPath } from './event-address.ts'

test('the files of an event move with it; other paths do not', () => {
  const event = { slug: 'new' }
  expect(movedPath('/events/old/', event)).toBe('/events/new/')
  expect(movedPath('/de/events/old/', event)).toBe('/de/events/new/')
  expect(movedPath('/events/old/index.html', event)).toBe('/events/new/')
  expect(movedPath('/events/old/event.ics', event)).toBe('/events/new/event.ics')
  expect(movedPath('/events/new/', event)).toBeNull()
  expect(movedPath('/city/old/', event)).toBeNull()
  expect(movedPath('/events/', event)).toBeNull()
})

import { expect, test } from 'vitest'
import { createRecentEvents } from './recent-events.ts'

type Status = 'draft' | 'published' | 'cancelled'

function aCatalog(status: Status | null) {
  const catalog = { status, reads: 0, ms: 0, isDown: false }
  const recentEvent = createRecentEvents<{ status: Status }>(
    async () => {
      catalog.reads++
      await Promise.resolve()
      if (catalog.isDown) throw new Error('the catalog is down')
      return catalog.status && { status: catalog.status }
    },
    () => catalog.ms,
  )
  return { catalog, statusNow: async () => (await recentEvent('evt_1'))?.status, recentEvent }
}

test('an event is read once a second, however many ask at the same time', async () => {
  const { catalog, recentEvent } = aCatalog('published')
  await Promise.all(Array.from({ length: 50 }, () => recentEvent('evt_1')))
  catalog.ms = 999
  await recentEvent('evt_1')
  expect(catalog.reads).toBe(1)
  await recentEvent('evt_2')
  expect(catalog.reads).toBe(2)
})

test('an edit is seen after a second, also by those who never stop asking', async () => {
  const { catalog, statusNow } = aCatalog('published')
  await statusNow()
  catalog.status = 'cancelled'
  for (catalog.ms = 100; catalog.ms < 1000; catalog.ms += 100) expect(await statusNow()).toBe('published')
  expect(catalog.ms).toBe(1000)
  expect(await statusNow()).toBe('cancelled')
})

test('who asks while the catalog is slow to answer is not given what is older than a second', async () => {
  const { catalog, statusNow } = aCatalog('published')
  const slow = statusNow()
  catalog.ms = 1000
  await statusNow()
  await slow
  expect(catalog.reads).toBe(2)
})

test('what is published is on sale at once', async () => {
  const { catalog, statusNow } = aCatalog(null)
  expect(await statusNow()).toBeUndefined()
  catalog.status = 'draft'
  expect(await statusNow()).toBe('draft')
  catalog.status = 'published'
  expect(await statusNow()).toBe('published')
})

test('a failed read is not remembered', async () => {
  const { catalog, statusNow } = aCatalog('published')
  catalog.isDown = true
  await expect(statusNow()).rejects.toThrow('the catalog is down')
  catalog.isDown = false
  expect(await statusNow()).toBe('published')
})

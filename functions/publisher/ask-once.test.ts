import { expect, test } from 'vitest'
import type { SiteReader } from '#contracts/site.ts'
import { askOnce } from './ask-once.ts'

test('a list is read once, however many ask for it, and each other list by itself', async () => {
  const asked: string[] = []
  const reader: Pick<SiteReader, 'listing'> = {
    async listing(facet, { limit }) {
      asked.push(`${facet} ${limit}`)
      return []
    },
  }
  const { listing } = askOnce(reader)
  await Promise.all([listing('all', { limit: 3 }), listing('all', { limit: 3 }), listing('free', { limit: 3 })])
  await listing('all', { limit: 4 })
  expect(asked).toEqual(['all 3', 'free 3', 'all 4'])
})

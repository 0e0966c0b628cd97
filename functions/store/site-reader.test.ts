import { setTimeout as wait } from 'node:timers/promises'
import { ThrottlingException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, type QueryCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, expect, test, vi } from 'vitest'
import { cardOf } from '#domain/listings.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import { cardAttributes } from './event-item.ts'
import { createSiteReader } from './site-reader.ts'

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => {}) }))

const now = '2027-01-10T12:00:00.000Z'
const cards = [...syntheticCatalog({ seed: 'reader', count: 50, now }).events()].map((event) => cardOf(event))
const pageLength = 20

/** DynamoDB Local never throttles: this one refuses each page so many times. */
function throttling(times: number) {
  const refused = new Map<number, number>()
  const send = async ({ input: { ExclusiveStartKey } }: QueryCommand) => {
    const from = Number(ExclusiveStartKey?.at ?? 0)
    const count = refused.get(from) ?? 0
    refused.set(from, count + 1)
    if (count < times) throw new ThrottlingException({ message: 'too much of one partition', $metadata: {} })
    const Items = cards.slice(from, from + pageLength).map(cardAttributes)
    const next = from + pageLength
    return { Items, ...(next < cards.length ? { LastEvaluatedKey: { at: next } } : {}) }
  }
  const client: DynamoDBDocumentClient = Object.create(DynamoDBDocumentClient.prototype, { send: { value: send } })
  return createSiteReader(client, 'catalog')
}

async function namesOf(reader: ReturnType<typeof createSiteReader>): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of reader.allCards('en')) names.push(name)
  return names
}

const paces = () => vi.mocked(wait).mock.calls.filter(([ms]) => ms === 83).length
afterEach(() => void vi.restoreAllMocks())

test('whoever reads a whole list waits while its partition gives no more, then takes it in turns, and misses nothing', async () => {
  expect(await namesOf(throttling(20))).toEqual(cards.map(({ name }) => name))
  expect(paces()).toBe(Math.ceil(cards.length / pageLength) - 1)
})

test('where nobody is refused nobody waits', async () => {
  vi.mocked(wait).mockClear()
  expect(await namesOf(throttling(0))).toHaveLength(cards.length)
  expect(wait).not.toHaveBeenCalled()
})

test('not for ever', async () => {
  let now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000))
  await expect(namesOf(throttling(1000))).rejects.toBeInstanceOf(ThrottlingException)
})

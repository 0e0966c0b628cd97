import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { backOff, StoreBusy } from './busy.ts'

interface Key {
  readonly pk: string
  readonly sk: string
}

const attempts = 8
const mostInBatch = 100
const unprocessed = z.array(z.object({ pk: z.string(), sk: z.string() }))

/** The items of these keys as they are now, in no order; what does not exist is left out. @throws StoreBusy when no more are answered */
export async function batchGet(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Key[],
): Promise<unknown[]> {
  const items: unknown[] = []
  let wanted = keys
  let fruitless = 0
  while (wanted.length > 0) {
    const asked = wanted.slice(0, mostInBatch)
    const request = { [tableName]: { Keys: asked, ConsistentRead: true } }
    const answer = await client.send(new BatchGetCommand({ RequestItems: request }))
    items.push(...(answer.Responses?.[tableName] ?? []))
    const missed = unprocessed.parse(answer.UnprocessedKeys?.[tableName]?.Keys ?? [])
    wanted = [...wanted.slice(mostInBatch), ...missed]
    if (missed.length === 0) continue
    fruitless = missed.length < asked.length ? 0 : fruitless + 1
    if (fruitless === attempts) throw new StoreBusy('a batch was not answered at any attempt')
    await backOff(fruitless)
  }
  return items
}

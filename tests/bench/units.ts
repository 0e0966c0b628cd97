import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'

const capacity = z.object({ CapacityUnits: z.number() })
const answered = z.object({ ConsumedCapacity: z.union([z.array(capacity), capacity]).optional() })

export interface Units {
  /** What the database said that it consumed, indexes included. */
  told: number
  /** Of refused writes, of which DynamoDB Local says nothing: DynamoDB consumes what they would have written, and each is at most 1 KB here or 2 in a transaction. */
  assumed: number
}

/** Counts the capacity units of all that a client sends. */
export function countUnits(client: DynamoDBDocumentClient): Units {
  const units = { told: 0, assumed: 0 }
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' })
      try {
        const answer = await next(args)
        const { ConsumedCapacity = [] } = answered.parse(answer.output)
        for (const { CapacityUnits } of [ConsumedCapacity].flat()) units.told += CapacityUnits
        return answer
      } catch (error) {
        const items =
          'TransactItems' in args.input && Array.isArray(args.input.TransactItems) && args.input.TransactItems
        units.assumed += items ? 2 * items.length : 1
        throw error
      }
    },
    { step: 'initialize', name: 'count' },
  )
  return units
}

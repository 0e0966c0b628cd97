import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { z } from 'zod'
import type { ClaimedRequest } from '../usecases/create-event.ts'
import { salesKeys } from './keys.ts'

/** Longer than anybody tries again. */
const keptDays = 30

const claimSchema = z.object({ requestHash: z.string(), eventId: z.string() })

export function createRequestStore(client: DynamoDBDocumentClient, tableName: string) {
  /** Of many requests under one key the first leaves the id that all of them answer with. */
  async function claim(request: ClaimedRequest & { eventId: string }): Promise<{ eventId: string } | 'reused'> {
    const { userId, key, requestHash, eventId } = request
    const expiresAt = Math.floor(Date.now() / 1000) + keptDays * 86_400
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...salesKeys.request(userId, key), requestHash, eventId, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      return { eventId }
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error
      const first = claimSchema.parse(unmarshall(error.Item))
      return first.requestHash === requestHash ? { eventId: first.eventId } : 'reused'
    }
  }

  return { claim }
}

import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '#domain/catalog.ts'
import type { MessageStore } from '../usecases/tell-buyer.ts'
import { salesKeys } from './keys.ts'

export function createMessageStore(client: DynamoDBDocumentClient, tableName: string): MessageStore {
  return {
    async claim(orderId: string, kind: string, now: Instant, seconds: number) {
      const Key = salesKeys.message(orderId, kind)
      const until = new Date(Date.parse(now) + seconds * 1000).toISOString()
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key,
            UpdateExpression: 'SET claimedUntil = :until',
            ConditionExpression:
              'attribute_not_exists(sentAt) AND (attribute_not_exists(claimedUntil) OR claimedUntil <= :now)',
            ExpressionAttributeValues: { ':until': until, ':now': now },
          }),
        )
        return 'claimed'
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error
        const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))
        return Item?.sentAt === undefined ? 'claimed_by_another' : 'sent'
      }
    },

    async markSent(orderId: string, kind: string, now: Instant) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: salesKeys.message(orderId, kind),
          UpdateExpression: 'SET sentAt = :now REMOVE claimedUntil',
          ExpressionAttributeValues: { ':now': now },
        }),
      )
    },

    async release(orderId: string, kind: string) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: salesKeys.message(orderId, kind),
          UpdateExpression: 'REMOVE claimedUntil',
        }),
      )
    },
  }
}

import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Instant } from '#domain/catalog.ts'
import { catalogKeys } from './keys.ts'

/** Events that the clock may have to move by `now`, the longest overdue first. */
export async function* dueEventIds(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: Instant,
): AsyncGenerator<string> {
  const { dueKey, dueSort } = catalogKeys.due(now, '~')
  let from: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byDue',
        KeyConditionExpression: 'dueKey = :key AND dueSort <= :now',
        ExpressionAttributeValues: { ':key': dueKey, ':now': dueSort },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    )
    for (const { id } of z.array(z.object({ id: z.string() })).parse(page.Items ?? [])) yield id
    from = page.LastEvaluatedKey
  } while (from)
}

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Instant, Picture } from '#domain/catalog.ts'
import { duePages } from './due-pages.ts'
import { catalogKeys } from './keys.ts'
import { type NamedWrite, transact } from './transaction.ts'

/** Long after every page that named the files has been published again, and every edit that had read their name has ended. */
const keptHours = 1

/** Notes, in the transaction that stops showing a picture, that its files may go. */
export function rubbishWrites(
  tableName: string,
  before: Pick<Picture, 'base'> | null | undefined,
  after: Pick<Picture, 'base'> | null | undefined,
  now: Instant,
): NamedWrite[] {
  if (!before || before.base === after?.base) return []
  const due = new Date(Date.parse(now) + keptHours * 3_600_000).toISOString()
  const Item = { ...catalogKeys.rubbish(before.base), ...catalogKeys.dueRubbish(due, before.base), base: before.base }
  return [{ condition: 'rubbish', item: { Put: { TableName: tableName, Item } } }]
}

/** Which files of pictures are shown by whom, and which by nobody any more. */
export function createMediaStore(client: DynamoDBDocumentClient, tableName: string) {
  /** Notes files that nobody shows, or perhaps nobody. */
  async function discard(base: string, now: Instant): Promise<void> {
    await transact(client, rubbishWrites(tableName, { base }, null, now))
  }

  async function* dueRubbish(now: Instant): AsyncGenerator<string> {
    for await (const page of duePages(client, tableName, catalogKeys.dueRubbish(now, '~')))
      for (const { base } of z.array(z.object({ base: z.string() })).parse(page)) yield base
  }

  async function isUsed(base: string): Promise<boolean> {
    const { pk, sk } = catalogKeys.mediaUse(base, '')
    const { Count = 0 } = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :use)',
        ExpressionAttributeValues: { ':pk': pk, ':use': sk },
        Limit: 1,
      }),
    )
    return Count > 0
  }

  /** Unless it was noted again since. */
  async function forget(base: string, now: Instant): Promise<void> {
    const command = new DeleteCommand({
      TableName: tableName,
      Key: catalogKeys.rubbish(base),
      ConditionExpression: 'dueSort <= :now',
      ExpressionAttributeValues: { ':now': catalogKeys.dueRubbish(now, '~').dueSort },
    })
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    })
  }

  return { discard, dueRubbish, isUsed, forget }
}

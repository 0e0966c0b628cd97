import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Rebranding } from '#domain/organisations.ts'
import { catalogKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { type NamedWrite, transact } from './transaction.ts'

const rebranding = z.object({
  organisationId: z.string(),
  version: z.int(),
  startedAt: z.string(),
  passFrom: z.string(),
  after: z.string().nullable(),
  isClean: z.boolean(),
})

/** In the transaction that gives the organisation its new name or colour; one that is still on its way begins again. */
export function rebrandingWrite(tableName: string, begun: Rebranding): NamedWrite {
  return { condition: 'rebranding', item: { Put: { TableName: tableName, Item: itemOf(begun) } } }
}

const itemOf = (begun: Rebranding) => ({
  ...begun,
  ...catalogKeys.rebranding(begun.organisationId),
  ...catalogKeys.openRebranding(begun.startedAt, begun.organisationId),
})

/** How far new names and colours of organisations have come on their way to the events. */
export function createRebrandingStore(client: DynamoDBDocumentClient, tableName: string) {
  /** The longest under way first. */
  async function openRebrandings(): Promise<readonly Rebranding[]> {
    const open = await queryAll(client, {
      TableName: tableName,
      IndexName: 'byDue',
      KeyConditionExpression: 'dueKey = :key',
      ExpressionAttributeValues: { ':key': catalogKeys.openRebranding('', '').dueKey },
    })
    return z.array(rebranding).parse(open)
  }

  /** @param after null: it is over. @returns false when another run has gone on with it, or it has begun again. */
  async function saveRebranding(before: Rebranding, after: Rebranding | null): Promise<boolean> {
    const guard = {
      ConditionExpression: '#version = :version AND startedAt = :startedAt',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': before.version, ':startedAt': before.startedAt },
    }
    const Key = catalogKeys.rebranding(before.organisationId)
    const item = after
      ? { Put: { TableName: tableName, Item: itemOf(after), ...guard } }
      : { Delete: { TableName: tableName, Key, ...guard } }
    return (await transact(client, [{ condition: 'is_unchanged', item }])).ok
  }

  return { openRebrandings, saveRebranding }
}

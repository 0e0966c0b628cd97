import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { catalogKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { putAlone } from './transaction.ts'

/** Events make cities known, for good; this is for an operator, whom a city that was never meant bothers. */
export function createCityStore(client: DynamoDBDocumentClient, tableName: string) {
  async function hasEvents(slug: string): Promise<boolean> {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': catalogKeys.card(`city#${slug}`, '', '').pk },
    }
    return (await queryAll(client, query, 1)).length > 0
  }

  /** @returns false when there is no such city */
  async function renameCity(slug: string, name: string): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: tableName,
      Key: catalogKeys.city(slug),
      UpdateExpression: 'SET #name = :name',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': name },
    })
    try {
      await client.send(update)
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  /** One with events, past ones too, stays: their pages lead there. */
  async function removeCity(slug: string): Promise<'removed' | 'has_events' | 'unknown'> {
    if (await hasEvents(slug)) return 'has_events'
    const Key = catalogKeys.city(slug)
    const { Attributes } = await client.send(new DeleteCommand({ TableName: tableName, Key, ReturnValues: 'ALL_OLD' }))
    if (!Attributes) return 'unknown'
    if (!(await hasEvents(slug))) return 'removed'
    // An event has come in between: before the city went, or it has made the city known again.
    await putAlone(client, {
      TableName: tableName,
      Item: Attributes,
      ConditionExpression: 'attribute_not_exists(pk)',
    })
    return 'has_events'
  }

  return { renameCity, removeCity }
}

import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'

/** Items of the index `byDue` under a key, the longest overdue first, up to and with a place; a page of the database at a time. */
export async function* duePages(
  client: DynamoDBDocumentClient,
  tableName: string,
  { dueKey, dueSort }: { readonly dueKey: string; readonly dueSort: string },
  pageLength?: number,
): AsyncGenerator<unknown[]> {
  let from: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byDue',
        KeyConditionExpression: 'dueKey = :key AND dueSort <= :until',
        ExpressionAttributeValues: { ':key': dueKey, ':until': dueSort },
        ...(pageLength ? { Limit: pageLength } : {}),
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    )
    yield page.Items ?? []
    from = page.LastEvaluatedKey
  } while (from)
}

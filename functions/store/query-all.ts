import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'

/** What a query finds in all, or its first `limit`: a page of the database ends after 1 MB, however few its items are. */
export async function queryAll(
  client: DynamoDBDocumentClient,
  query: Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<unknown[]> {
  const found: unknown[] = []
  let from: Record<string, unknown> | undefined
  do {
    const rest = Number.isFinite(limit) ? { Limit: limit - found.length } : {}
    const page = await client.send(
      new QueryCommand({ ...query, ...rest, ...(from ? { ExclusiveStartKey: from } : {}) }),
    )
    found.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from && found.length < limit)
  return found
}

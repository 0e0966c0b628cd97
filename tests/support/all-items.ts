import { inspect } from 'node:util'
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'

const whole = { sorted: true, depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity } as const

/** Every item of these tables as one text: equal texts mean that nothing was written in between. */
export async function readAllItems(client: DynamoDBClient, tableNames: readonly string[]): Promise<string> {
  const tables = await Promise.all(tableNames.map((name) => readTable(client, name)))
  return tables.flat().toSorted().join('\n')
}

async function readTable(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const items: string[] = []
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }))
    items.push(...(page.Items ?? []).map((item) => `${TableName} ${inspect(item, whole)}`))
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return items
}

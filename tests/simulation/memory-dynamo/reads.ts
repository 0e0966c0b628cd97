import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb'
import { validationError } from './errors.ts'
import { bytesOf } from './sizes.ts'
import type { Table } from './table.ts'
import { tokensOf } from './tokens.ts'
import { type Item, toItem } from './values.ts'
import { conditionOf, wordsOf } from './writes.ts'

export function query(input: QueryCommandInput, table: Table): Omit<QueryCommandOutput, '$metadata'> {
  const { IndexName, Limit, ExclusiveStartKey, KeyConditionExpression = '', FilterExpression } = input
  if (IndexName !== undefined && input.ConsistentRead)
    throw validationError('Consistent reads are not supported on global secondary indexes')
  if (Limit !== undefined && Limit < 1) throw validationError('Limit must be at least 1')
  const keyCondition = conditionOf(KeyConditionExpression)
  const filter = FilterExpression === undefined ? null : conditionOf(FilterExpression)
  const words = wordsOf(input, [keyCondition.mentions, filter?.mentions])
  const keys = table.keyNames(IndexName)
  const hash = words.values[hashWord(KeyConditionExpression, keys.partitionKey, words.names)]
  if (typeof hash !== 'string') throw validationError('Query condition missed key schema element')

  const inOrder = table.partition(IndexName, hash).filter((item) => keyCondition.holds({ ...words, item }))
  const direction = input.ScanIndexForward === false ? -1 : 1
  if (direction === -1) inOrder.reverse()
  const start: Item | null = ExclusiveStartKey ? toItem(ExclusiveStartKey) : null
  if (start && !keyCondition.holds({ ...words, item: start }))
    throw validationError('The provided starting key is outside query boundaries based on provided conditions')
  const rest = start ? inOrder.filter((item) => direction * table.compareItems(keys, item, start) > 0) : inOrder

  const page = rest.slice(0, Math.min(Limit ?? rest.length, countInPage(rest)))
  const last = page.length === Limit || page.length < rest.length ? page.at(-1) : undefined
  const Items = filter ? page.filter((item) => filter.holds({ ...words, item })) : page
  return {
    Items,
    Count: Items.length,
    ScannedCount: page.length,
    ...(last ? { LastEvaluatedKey: table.lastKey(IndexName, last) } : {}),
  }
}

const mostInPage = 1024 * 1024

/** A page ends with the item that fills it. */
function countInPage(items: readonly Item[]): number {
  let bytes = 0
  for (const [at, item] of items.entries()) {
    bytes += bytesOf(item)
    if (bytes >= mostInPage) return at + 1
  }
  return items.length
}

/** The `:value` that the partition key must equal. */
function hashWord(expression: string, partitionKey: string, names: Readonly<Record<string, string>>): string {
  const tokens = tokensOf(expression)
  for (let word = tokens.next(); word !== ''; word = tokens.next())
    if ((names[word] ?? word) === partitionKey && tokens.take('=')) return tokens.next()
  throw validationError('Query condition missed key schema element')
}

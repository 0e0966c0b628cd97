import { randomBytes } from 'node:crypto'
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { makeId } from '#domain/ids.ts'
import { salesKeys } from '#functions/store/keys.ts'
import type { TransactItem } from '#functions/store/transaction.ts'

/** The items of the last transaction that `act` sends. */
export async function seeTransaction(
  client: DynamoDBDocumentClient,
  act: () => Promise<unknown>,
): Promise<readonly TransactItem[]> {
  let seen: readonly TransactItem[] = []
  client.middlewareStack.add(
    (next) => async (args) => {
      if ('TransactItems' in args.input && Array.isArray(args.input.TransactItems)) seen = args.input.TransactItems
      return next(args)
    },
    { step: 'initialize', name: 'see', priority: 'high' },
  )
  await act()
  client.middlewareStack.remove('see')
  return structuredClone(seen)
}

/**
 * The floor of whatever takes stock: sends a transaction of the same items again, under new ids of its order and tickets, spread over
 * the same shards. Nothing is read, decided or checked before.
 */
export function repeatTransaction(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  items: readonly TransactItem[],
  pool: { readonly id: string; readonly shards: number } | undefined,
): () => Promise<void> {
  const isShard = (item: TransactItem) => String(item.Update?.Key?.pk).startsWith('POOL#')
  return async () => {
    const id = makeId('ord', Date.now(), randomBytes(10))
    const Key = salesKeys.stock(pool?.id ?? '', Math.floor(Math.random() * (pool?.shards ?? 1)))
    const TransactItems = items.map((item, at) => {
      if (isShard(item) && item.Update) return { Update: { ...item.Update, Key } }
      if (!item.Put) return item
      const own = item.Put.Item?.sk === 'ORDER' ? { ...salesKeys.order(id), id } : salesKeys.ticket(`${id}${at}`)
      return { Put: { ...item.Put, Item: { ...item.Put.Item, ...own } } }
    })
    await client.send(new TransactWriteCommand({ TransactItems }))
  }
}

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Instant } from '#domain/catalog.ts'
import { duePages } from './due-pages.ts'
import { catalogKeys } from './keys.ts'

const named = z.array(z.object({ id: z.string() }))

/** Events that the clock may have to move by `now`, the longest overdue first. */
export async function* dueEventIds(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: Instant,
): AsyncGenerator<string> {
  for await (const page of duePages(client, tableName, catalogKeys.due(now, '~')))
    for (const { id } of named.parse(page)) yield id
}

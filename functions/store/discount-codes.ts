import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { DiscountCode, DiscountCodeInput } from '#domain/discount-codes.ts'
import type { CodeUse } from '#domain/orders.ts'
import { salesKeys } from './keys.ts'
import { type NamedWrite, transact } from './transaction.ts'

const codeSchema = z.object({
  eventId: z.string(),
  code: z.string(),
  version: z.int(),
  discount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('percent'), basisPoints: z.int() }),
    z.object({ kind: z.literal('fixed'), amountMinor: z.int() }),
    z.object({ kind: z.literal('none') }),
  ]),
  unlocks: z.array(z.string()),
  ticketTypeIds: z.array(z.string()).nullable(),
  maxUses: z.int().nullable(),
  budgetMinor: z.int().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  uses: z.int(),
  spentMinor: z.int(),
  /** It keeps its counts, so that orders can still give back, and one that comes again goes on counting. */
  isRemoved: z.boolean(),
})

interface StoredCode extends DiscountCode {
  readonly isRemoved: boolean
}

/**
 * A code and the count of its uses are one item, so that a hold stands under the limits as they are at that moment. The list of an
 * event's codes is kept beside it, written only by edits.
 */
export function createDiscountCodeStore(client: DynamoDBDocumentClient, tableName: string) {
  async function readCode(eventId: string, code: string): Promise<StoredCode | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: salesKeys.discountCode(eventId, code), ConsistentRead: true }),
    )
    return Item ? codeSchema.parse(Item) : null
  }

  async function getCode(eventId: string, code: string): Promise<DiscountCode | null> {
    const stored = await readCode(eventId, code)
    return stored && !stored.isRemoved ? codeOf(stored) : null
  }

  async function listCodes(eventId: string): Promise<DiscountCode[]> {
    const names: string[] = []
    let from: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': salesKeys.codeName(eventId, '').pk },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      names.push(
        ...z
          .array(z.object({ sk: z.string() }))
          .parse(page.Items ?? [])
          .map(({ sk }) => sk),
      )
      from = page.LastEvaluatedKey
    } while (from)
    const codes: DiscountCode[] = []
    for (let at = 0; at < names.length; at += 25) {
      const some = await Promise.all(names.slice(at, at + 25).map((name) => getCode(eventId, name)))
      codes.push(...some.flatMap((code) => (code ? [code] : [])))
    }
    return codes
  }

  /** @param version the one that the editor read; 0 for a code that is not there yet. */
  async function putCode(
    eventId: string,
    code: string,
    input: DiscountCodeInput,
    version: number,
  ): Promise<DiscountCode | 'stale_version'> {
    const stored = await readCode(eventId, code)
    if ((stored && !stored.isRemoved ? stored.version : 0) !== version) return 'stale_version'
    const fields = { ...input, eventId, code, version: (stored?.version ?? 0) + 1, isRemoved: false }
    return (await write(stored, fields))
      ? { ...fields, uses: stored?.uses ?? 0, spentMinor: stored?.spentMinor ?? 0 }
      : 'stale_version'
  }

  async function removeCode(eventId: string, code: string): Promise<boolean> {
    const stored = await readCode(eventId, code)
    if (!stored || stored.isRemoved) return false
    const { uses: _, spentMinor: __, ...fields } = stored
    return write(stored, { ...fields, version: stored.version + 1, isRemoved: true })
  }

  async function write(before: StoredCode | null, fields: Omit<StoredCode, 'uses' | 'spentMinor'>): Promise<boolean> {
    const names = Object.keys(fields)
    const Item = salesKeys.codeName(fields.eventId, fields.code)
    const outcome = await transact(client, [
      {
        condition: 'version_is_current',
        item: {
          Update: {
            TableName: tableName,
            Key: salesKeys.discountCode(fields.eventId, fields.code),
            UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, uses = if_not_exists(uses, :none), spentMinor = if_not_exists(spentMinor, :none)`,
            ConditionExpression: before ? '#version = :before' : 'attribute_not_exists(pk)',
            ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
              ':none': 0,
              ...(before ? { ':before': before.version } : {}),
            },
          },
        },
      },
      {
        condition: 'code_is_listed',
        item: fields.isRemoved
          ? { Delete: { TableName: tableName, Key: Item } }
          : { Put: { TableName: tableName, Item } },
      },
    ])
    return outcome.ok
  }

  return { getCode, listCodes, putCode, removeCode }
}

export type DiscountCodeStore = ReturnType<typeof createDiscountCodeStore>

function codeOf({ isRemoved: _, ...code }: StoredCode): DiscountCode {
  return code
}

export const codeCondition = 'code_has_room'

/**
 * Joins the transaction that holds, sells or gives back.
 *
 * @param code as it was read, when its limits must hold; null gives back, or counts a use that was paid for when the code has gone.
 */
export function countCodeUse(tableName: string, eventId: string, use: CodeUse, code: DiscountCode | null): NamedWrite {
  const conditions = [
    ...(code ? ['#version = :version'] : []),
    ...(code && code.maxUses !== null ? ['uses <= :roomForUses'] : []),
    ...(code && code.budgetMinor !== null ? ['spentMinor <= :roomForSpending'] : []),
  ]
  return {
    condition: codeCondition,
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.discountCode(eventId, use.code),
        UpdateExpression: 'ADD uses :uses, spentMinor :spent',
        ...(code
          ? { ConditionExpression: conditions.join(' AND '), ExpressionAttributeNames: { '#version': 'version' } }
          : {}),
        ExpressionAttributeValues: {
          ':uses': use.uses,
          ':spent': use.discountMinor,
          ...(code ? { ':version': code.version } : {}),
          ...(code && code.maxUses !== null ? { ':roomForUses': code.maxUses - use.uses } : {}),
          ...(code && code.budgetMinor !== null ? { ':roomForSpending': code.budgetMinor - use.discountMinor } : {}),
        },
      },
    },
  }
}

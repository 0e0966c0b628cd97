import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { turnAfter } from '#domain/admission.ts'
import { isThrottled, StoreBusy } from './busy.ts'
import { salesKeys } from './keys.ts'

const line = z.object({ lastTurnMs: z.number() })
const turn = z.object({ turnMs: z.number() })

const attempts = 4
const keptSeconds = 3600

export function createAdmissionStore(client: DynamoDBDocumentClient, tableName: string) {
  /**
   * The order's turn at the payment provider: the one that it was given before, or the next in the line. One line for the whole
   * installation, since the provider's limit is one for the whole account.
   *
   * @throws StoreBusy when the line itself is contended
   */
  async function takeTurn(orderId: string, nowMs: number, perSecond: number): Promise<number> {
    const Key = salesKeys.turn(orderId)
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))
    if (Item) return turn.parse(Item).turnMs
    const turnMs = await nextTurn(nowMs, perSecond)
    const expiresAt = Math.floor(turnMs / 1000) + keptSeconds
    // Another request for the same order may have been given a turn meanwhile: the first one stands.
    const kept = await tryUpdate({
      Key,
      UpdateExpression: 'SET turnMs = if_not_exists(turnMs, :turnMs), expiresAt = if_not_exists(expiresAt, :expiresAt)',
      ExpressionAttributeValues: { ':turnMs': turnMs, ':expiresAt': expiresAt },
      ReturnValues: 'ALL_NEW',
    })
    return turn.parse(kept).turnMs
  }

  async function nextTurn(nowMs: number, perSecond: number): Promise<number> {
    const Key = salesKeys.line()
    const step = turnAfter(0, 0, perSecond)
    for (let attempt = 0; attempt < attempts; attempt++) {
      const moved = await tryUpdate({
        Key,
        UpdateExpression: 'SET lastTurnMs = lastTurnMs + :step',
        ConditionExpression: 'lastTurnMs > :idle',
        ExpressionAttributeValues: { ':step': step, ':idle': nowMs - step },
        ReturnValues: 'UPDATED_NEW',
      })
      if (moved) return line.parse(moved).lastTurnMs
      const started = await tryUpdate({
        Key,
        UpdateExpression: 'SET lastTurnMs = :now',
        ConditionExpression: 'attribute_not_exists(lastTurnMs) OR lastTurnMs <= :idle',
        ExpressionAttributeValues: { ':now': nowMs, ':idle': nowMs - step },
        ReturnValues: 'UPDATED_NEW',
      })
      if (started) return line.parse(started).lastTurnMs
    }
    throw new StoreBusy('the line moved at every attempt')
  }

  /** True while `who` has made fewer than `most` orders in this minute; counts this one. */
  async function mayOrder(who: string, nowMs: number, most: number): Promise<boolean> {
    const minute = Math.floor(nowMs / 60_000)
    const counted = await tryUpdate({
      Key: salesKeys.ordersOf(who, minute),
      UpdateExpression: 'ADD orders :one SET expiresAt = :expiresAt',
      ConditionExpression: 'attribute_not_exists(orders) OR orders < :most',
      ExpressionAttributeValues: { ':one': 1, ':most': most, ':expiresAt': (minute + 60) * 60 },
      ReturnValues: 'UPDATED_NEW',
    })
    return counted !== null
  }

  /** Null when the condition does not hold. */
  async function tryUpdate(
    update: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName'>,
  ): Promise<Record<string, unknown> | null> {
    try {
      return (await client.send(new UpdateCommand({ TableName: tableName, ...update }))).Attributes ?? {}
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return null
      if (isThrottled(error)) throw new StoreBusy('the line is throttled')
      throw error
    }
  }

  return { takeTurn, mayOrder }
}

export type AdmissionStore = ReturnType<typeof createAdmissionStore>

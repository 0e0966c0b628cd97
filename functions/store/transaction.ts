import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { backOff, isThrottled, StoreBusy } from './busy.ts'

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** One write and the name of the condition that it stands under: a failed condition is known by its name. */
export interface NamedWrite {
  readonly condition: string
  readonly item: TransactItem
}

export type TransactOutcome =
  | { readonly ok: true }
  /** The conditions that did not hold; nothing was written. */
  | { readonly ok: false; readonly failed: readonly string[] }

const attempts = 8
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])
const passingErrors = new Set(['TransactionInProgressException', 'TransactionConflictException'])

/**
 * Writes all or nothing. Failed conditions are an answer; conflicts and throttles are tried again with jitter, under one token,
 * so that an answer lost on the way does not write twice.
 *
 * @throws StoreBusy when they do not end.
 */
export async function transact(
  client: DynamoDBDocumentClient,
  writes: readonly NamedWrite[],
): Promise<TransactOutcome> {
  const command = { TransactItems: writes.map(({ item }) => item), ClientRequestToken: randomUUID() }
  return untilUncontended(async () => {
    try {
      await client.send(new TransactWriteCommand(command))
      return { ok: true }
    } catch (error) {
      const codes = error instanceof TransactionCanceledException ? codesOf(error) : []
      const failed = writes.filter((_, at) => codes[at] === 'ConditionalCheckFailed')
      if (failed.length === 0) throw error
      return { ok: false, failed: failed.map(({ condition }) => condition) }
    }
  })
}

/**
 * One item on its own needs no transaction, which would cost twice as much. But there is no token, either: false is also what somebody is told
 * whose first answer was lost, and who decides again must know his own change.
 */
export async function putAlone(
  client: DynamoDBDocumentClient,
  put: NonNullable<TransactItem['Put']>,
): Promise<boolean> {
  return untilUncontended(async () => {
    try {
      await client.send(new PutCommand(put))
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  })
}

/** Tries again as long as others hold the items, or the database takes no more. @throws StoreBusy when they do not let go */
export async function untilUncontended<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 0; count < attempts; count++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isContended(error)) throw error
      await backOff(count)
    }
  }
  throw new StoreBusy('conflicts or throttles at every attempt')
}

const codesOf = (error: TransactionCanceledException): string[] =>
  (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')

function isContended(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException))
    return isThrottled(error) || (error instanceof Error && passingErrors.has(error.name))
  const reasons = codesOf(error).filter((code) => code !== 'None')
  return reasons.length > 0 && reasons.every((code) => passing.has(code))
}

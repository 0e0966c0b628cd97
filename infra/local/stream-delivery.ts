import { setTimeout as wait } from 'node:timers/promises'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { DeadLetter } from './stream-files.ts'

/** A stream function: throws, or names the records that it could not take. */
export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined> | Promise<void>

export type DeliveryRules = {
  handler: StreamHandler
  maxAttempts: number
  /** Before the second attempt; doubled before each one after it, up to five seconds. */
  retryDelayMs: number
  onError: (error: unknown, record: DynamoDBRecord) => void
  signal: AbortSignal
}

export type DeliveryOutcome = {
  delivered: (record: DynamoDBRecord) => Promise<void>
  died: (letter: DeadLetter) => Promise<void>
}

const MAX_DELAY_MS = 5_000

/**
 * Delivers the records in their order, each again until it is taken or has used up its attempts.
 *
 * As in Lambda, a failure holds up what comes after it in the shard: that keeps the order per key. A throw does not say which
 * record failed, so from then on each goes alone, and only a record that fails by itself can die.
 */
export async function deliver(
  records: DynamoDBRecord[],
  rules: DeliveryRules,
  outcome: DeliveryOutcome,
): Promise<void> {
  let rest = records
  let attempts = 0
  let oneByOne = false
  while (rest.length > 0 && !rules.signal.aborted) {
    const batch = oneByOne ? rest.slice(0, 1) : rest
    const { taken, failure } = await attempt(batch, rules.handler)
    const lastTaken = batch[taken - 1]
    if (lastTaken) await outcome.delivered(lastTaken)
    rest = rest.slice(taken)
    if (taken > 0) attempts = 0
    const failed = rest[0]
    if (!failure || !failed) continue

    rules.onError(failure.error, failed)
    if (failure.isOfFirst) attempts += 1
    else oneByOne = true
    if (attempts < rules.maxAttempts) {
      await backOff(attempts, rules)
      continue
    }
    const error = failure.error instanceof Error ? failure.error.message : String(failure.error)
    await outcome.died({ at: new Date().toISOString(), attempts, error, record: failed })
    rest = rest.slice(1)
    attempts = 0
  }
}

/** `isOfFirst` tells that it was the first record not taken that failed, and not one after it. */
type Attempt = { taken: number; failure?: { error: unknown; isOfFirst: boolean } }

async function attempt(batch: DynamoDBRecord[], handler: StreamHandler): Promise<Attempt> {
  try {
    const answer = await handler({ Records: batch })
    const failures = typeof answer === 'object' ? answer.batchItemFailures : []
    if (failures.length === 0) return { taken: batch.length }
    const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier))
    const firstFailed = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''))
    const error = new Error(`The function reported ${[...failed].join(', ')} as failed`)
    // Lambda takes an identifier that is not in the batch as the failure of the whole batch.
    return { taken: Math.max(0, firstFailed), failure: { error, isOfFirst: firstFailed >= 0 || batch.length === 1 } }
  } catch (error) {
    return { taken: 0, failure: { error, isOfFirst: batch.length === 1 } }
  }
}

async function backOff(attempts: number, { retryDelayMs, signal }: DeliveryRules): Promise<void> {
  const delay = Math.min(MAX_DELAY_MS, retryDelayMs * 2 ** Math.max(0, attempts - 1))
  await wait(delay, undefined, { signal }).catch(() => undefined)
}

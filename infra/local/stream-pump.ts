import { setTimeout as wait } from 'node:timers/promises'
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { type DeliveryRules, deliver, type StreamHandler } from './stream-delivery.ts'
import {
  addDeadLetter,
  type DeadLetter,
  readCheckpoint,
  readDeadLetters,
  writeCheckpoint,
  writeDeadLetters,
} from './stream-files.ts'
import { findStreamArn, StreamSource } from './stream-source.ts'

export type { DeadLetter, StreamHandler }

export type StreamPumpOptions = {
  client: DynamoDBStreamsClient
  handler: StreamHandler
  /** Where the checkpoint is kept: all that was delivered before it is never delivered again. */
  stateFile: string
  /** Where the records end that no attempt could deliver: one JSON object a line. */
  deadLetterFile: string
  /** The most records in one event; 100 as Lambda's default. */
  batchSize?: number
  /** Attempts before a record goes to the dead letters. */
  maxAttempts?: number
  retryDelayMs?: number
  /** Between two looks at the stream: the fastest while records come, doubled up to the slowest while none do. */
  pollMs?: { fastest: number; slowest: number }
  /** Told of each failed attempt, and without a record of each failed read of the stream. */
  onError?: (error: unknown, record?: DynamoDBRecord) => void
} & ({ tableName: string } | { streamArn: string })

export type StreamPump = {
  /** Looks for records at once. */
  nudge: () => void
  /** Resolves when all that was written before the call has been delivered or is a dead letter. */
  idle: () => Promise<void>
  deadLetters: () => Promise<DeadLetter[]>
  /** Delivers the dead letters once more, one by one; those that fail stay. */
  replay: () => Promise<{ delivered: number; failed: number }>
  /** Resolves when the handler has ended; what it had not yet taken comes again at the next start. */
  close: () => Promise<void>
}

const POLL_MS = { fastest: 10, slowest: 200 }
const SLOWEST_POLL_AFTER_ERROR_MS = 5_000
/** Between two looks however often it is nudged: each takes the database as long as a small write. Doubled while they are in vain. */
const REST_MS = 20
/** A write shows in the stream of DynamoDB Local within 3 ms. */
const VISIBLE_AFTER_MS = 25

/** Feeds a stream function with the records of a table: in order per key, at least once, as Lambda would. */
export async function startStreamPump(options: StreamPumpOptions): Promise<StreamPump> {
  const {
    client,
    handler,
    stateFile,
    deadLetterFile,
    batchSize = 100,
    maxAttempts = 5,
    retryDelayMs = 50,
    pollMs = POLL_MS,
  } = options
  const onError = options.onError ?? ((error) => console.error('A stream record was not delivered', error))
  const streamArn = 'streamArn' in options ? options.streamArn : await findStreamArn(client, options.tableName)
  const closing = new AbortController()
  const rules: DeliveryRules = { handler, maxAttempts, retryDelayMs, onError, signal: closing.signal }
  const source = new StreamSource(client, streamArn, await readCheckpoint(stateFile, streamArn))
  const waiters = new Set<{ since: number; resolve: () => void }>()
  const oneAtATime = serialise()
  let wake = () => {}
  let wasNudged = false

  const deliverSome = () =>
    source.readEach(batchSize, async (records, advance) => {
      const delivered = (record: DynamoDBRecord) => writeCheckpoint(stateFile, advance(record))
      const died = async (letter: DeadLetter) => {
        await addDeadLetter(deadLetterFile, letter)
        await delivered(letter.record)
      }
      await deliver(records, rules, { delivered, died })
    })

  async function run(): Promise<void> {
    let delay = pollMs.fastest
    let rest = 0
    while (!closing.signal.aborted) {
      const startedAt = performance.now()
      const isNudged = wasNudged && waiters.size === 0
      wasNudged = false
      const found = await oneAtATime(deliverSome).catch((error: unknown) => {
        if (!closing.signal.aborted) onError(error)
        return 'error' as const
      })
      if (found === 'nothing') resolveWaiters(startedAt)
      const slowest = found === 'error' ? SLOWEST_POLL_AFTER_ERROR_MS : pollMs.slowest
      if (found === 'something') rest = REST_MS
      else rest = isNudged ? Math.min(pollMs.slowest, Math.max(REST_MS, rest * 2)) : 0
      await pause(rest)
      if (found !== 'something' && !wasNudged) await nextNudge(waiters.size > 0 ? VISIBLE_AFTER_MS : delay)
      delay = found === 'something' || wasNudged ? pollMs.fastest : Math.min(slowest, delay * 2)
    }
    resolveWaiters(Number.POSITIVE_INFINITY)
  }

  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal }).catch(() => undefined)

  function nextNudge(ms: number): Promise<void> {
    if (closing.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function resolveWaiters(emptySince: number): void {
    for (const waiter of waiters) {
      if (emptySince < waiter.since + VISIBLE_AFTER_MS) continue
      waiters.delete(waiter)
      waiter.resolve()
    }
  }

  const nudge = () => {
    wasNudged = true
    wake()
  }
  const running = run()
  return {
    nudge,
    idle: () =>
      new Promise((resolve) => {
        if (closing.signal.aborted) return resolve()
        waiters.add({ since: performance.now(), resolve })
        nudge()
      }),
    deadLetters: () => readDeadLetters(deadLetterFile),
    replay: () => oneAtATime(() => replayDeadLetters(deadLetterFile, rules)),
    close: async () => {
      closing.abort()
      wake()
      await running
    },
  }
}

async function replayDeadLetters(file: string, rules: DeliveryRules): Promise<{ delivered: number; failed: number }> {
  const left = await readDeadLetters(file)
  const counts = { delivered: 0, failed: 0 }
  for (const letter of [...left]) {
    const at = left.indexOf(letter)
    const delivered = async () => {
      left.splice(at, 1)
      counts.delivered += 1
      await writeDeadLetters(file, left)
    }
    const died = async ({ attempts, ...again }: DeadLetter) => {
      left[at] = { ...again, attempts: letter.attempts + attempts }
      counts.failed += 1
      await writeDeadLetters(file, left)
    }
    await deliver([letter.record], { ...rules, maxAttempts: 1 }, { delivered, died })
  }
  return counts
}

/** Runs what it is given one after the other, whoever asks. */
function serialise(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
}

import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  ListStreamsCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import type { Checkpoint } from './stream-files.ts'
import { toLambdaRecord } from './stream-record.ts'

const SHARD_LIST_MS = 5_000
/** Each look from one place goes through what all streams have taken in since: so often it moves up to their end. */
const MOVE_UP_MS = 1_000

/** The stream of a table: the newest one, if it had others before. */
export async function findStreamArn(client: DynamoDBStreamsClient, tableName: string): Promise<string> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: tableName }))
  const newest = Streams.map(({ StreamArn = '' }) => StreamArn)
    .sort()
    .at(-1)
  if (!newest) throw new Error(`The table ${tableName} has no stream`)
  return newest
}

/** What takes the records of one shard; `advance` notes how far it has come and answers what is to be kept. */
export type Consumer = (records: DynamoDBRecord[], advance: (record: DynamoDBRecord) => Checkpoint) => Promise<void>

/** The records of a stream from a checkpoint on, each shard after its parent. */
export class StreamSource {
  readonly #client: DynamoDBStreamsClient
  readonly #streamArn: string
  readonly #checkpoint: Checkpoint
  readonly #iterators = new Map<string, string>()
  readonly #ends = new Map<string, { iterator: string | undefined; takenAt: number }>()
  /** Shards whose next place is no longer kept. */
  readonly #trimmed = new Set<string>()
  #shards: Shard[] = []
  #shardsListedAt = Number.NEGATIVE_INFINITY

  constructor(client: DynamoDBStreamsClient, streamArn: string, checkpoint: Checkpoint) {
    this.#client = client
    this.#streamArn = streamArn
    this.#checkpoint = checkpoint
  }

  /** Reads up to `limit` new records of each shard. What the consumer throws is thrown, and its records are read again. */
  async readEach(limit: number, consume: Consumer): Promise<'something' | 'nothing'> {
    await this.#listShards()
    const ids = new Set(this.#shards.map(({ ShardId }) => ShardId))
    let found: 'something' | 'nothing' = 'nothing'
    for (const { ShardId = '', ParentShardId = '' } of this.#shards) {
      const waitsForParent = ids.has(ParentShardId) && !this.#progress(ParentShardId).finished
      if (waitsForParent || this.#progress(ShardId).finished) continue
      if (await this.#readShard(ShardId, limit, consume)) found = 'something'
    }
    return found
  }

  async #readShard(shardId: string, limit: number, consume: Consumer): Promise<boolean> {
    const progress = this.#progress(shardId)
    try {
      const iterator = this.#iterators.get(shardId) ?? (await this.#iteratorAfter(shardId, progress.after))
      const passedEnd = await this.#passedEnd(shardId)
      const page = await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }))
      const records = (page.Records ?? [])
        .filter(({ dynamodb }) => isAfter(dynamodb?.SequenceNumber, progress.after))
        .map((record) => toLambdaRecord(record, this.#streamArn))
      if (records.length > 0) {
        await consume(records, ({ dynamodb }) => {
          if (dynamodb?.SequenceNumber) progress.after = dynamodb.SequenceNumber
          return this.#checkpoint
        })
      }
      // What this look did not find is not before an end that was passed before it.
      const next =
        records.length === 0 && page.NextShardIterator ? (passedEnd ?? page.NextShardIterator) : page.NextShardIterator
      if (next) this.#iterators.set(shardId, next)
      else this.#finish(shardId)
      return records.length > 0 || !page.NextShardIterator
    } catch (error) {
      // The place is found again: an iterator expires after 15 minutes, and what it gave may not have been delivered.
      this.#iterators.delete(shardId)
      if (isNamed(error, 'ExpiredIteratorException')) return true
      if (!isNamed(error, 'TrimmedDataAccessException') || this.#trimmed.has(shardId)) throw error
      this.#trimmed.add(shardId)
      return true
    }
  }

  /** Where all streams ended a while ago, once in a while: what was being written then has been written since. */
  async #passedEnd(shardId: string): Promise<string | undefined> {
    const passed = this.#ends.get(shardId)
    const now = performance.now()
    if (passed && now - passed.takenAt < MOVE_UP_MS) return undefined
    this.#ends.set(shardId, {
      iterator: await this.#iteratorAt(shardId, { ShardIteratorType: 'LATEST' }),
      takenAt: now,
    })
    return passed?.iterator
  }

  /** After what was delivered last, or at the oldest record when that place is no longer kept. */
  async #iteratorAfter(shardId: string, after: string | undefined): Promise<string | undefined> {
    const startsAtOldest = after === undefined || this.#trimmed.has(shardId)
    const place = startsAtOldest
      ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
      : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after } as const)
    const iterator = await this.#iteratorAt(shardId, place)
    this.#trimmed.delete(shardId)
    return iterator
  }

  async #iteratorAt(
    shardId: string,
    place: Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'SequenceNumber'>,
  ): Promise<string | undefined> {
    const request = { StreamArn: this.#streamArn, ShardId: shardId, ...place }
    return (await this.#client.send(new GetShardIteratorCommand(request))).ShardIterator
  }

  #progress(shardId: string): Checkpoint['shards'][string] {
    const known = this.#checkpoint.shards[shardId]
    if (known) return known
    const fresh = {}
    this.#checkpoint.shards[shardId] = fresh
    return fresh
  }

  /** Its children may be read now. Noted in the file with the next record; until then a restart reads its end again. */
  #finish(shardId: string): void {
    this.#progress(shardId).finished = true
    this.#shardsListedAt = Number.NEGATIVE_INFINITY
  }

  async #listShards(): Promise<void> {
    if (performance.now() - this.#shardsListedAt < SHARD_LIST_MS) return
    const shards: Shard[] = []
    let last: string | undefined
    do {
      const request = { StreamArn: this.#streamArn, ...(last !== undefined && { ExclusiveStartShardId: last }) }
      const { StreamDescription } = await this.#client.send(new DescribeStreamCommand(request))
      shards.push(...(StreamDescription?.Shards ?? []))
      last = StreamDescription?.LastEvaluatedShardId
    } while (last)
    this.#shards = shards
    const listed = new Set(shards.map(({ ShardId }) => ShardId))
    for (const id of Object.keys(this.#checkpoint.shards)) if (!listed.has(id)) delete this.#checkpoint.shards[id]
    this.#shardsListedAt = performance.now()
  }
}

function isAfter(sequenceNumber = '0', last = '-1'): boolean {
  return BigInt(sequenceNumber) > BigInt(last)
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

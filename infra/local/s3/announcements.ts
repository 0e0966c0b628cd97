import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** Which new objects somebody is told of, and how; what is thrown is told again. */
export interface Subscription {
  readonly bucket: string
  readonly prefix: string
  readonly deliver: (event: ReturnType<typeof objectCreated>) => Promise<unknown>
}

export interface CreatedObject {
  readonly bucket: string
  readonly key: string
  readonly size: number
  readonly etag: string
  readonly how: 'Put' | 'Post' | 'Copy'
  readonly at: number
}

const row = z.object({
  id: z.int(),
  bucket: z.string(),
  key: z.string(),
  size: z.int(),
  etag: z.string(),
  how: z.enum(['Put', 'Post', 'Copy']),
  at: z.int(),
})

/** As often as Lambda tries an asynchronous call before it gives up. */
const mostAttempts = 3
const firstDelayMs = 200

/**
 * New objects of the subscription, each told of at least once. They are noted in the transaction that writes the object, so that a
 * killed process forgets none.
 */
export class Announcements {
  readonly #sql
  readonly #subscription: Subscription
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined
  #wasNudged = false

  constructor(database: DatabaseSync, subscription: Subscription) {
    database.exec(`CREATE TABLE IF NOT EXISTS announcements (
      id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, how TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT`)
    this.#subscription = subscription
    this.#sql = {
      add: database.prepare('INSERT INTO announcements (bucket, key, size, etag, how, at) VALUES (?, ?, ?, ?, ?, ?)'),
      next: database.prepare('SELECT * FROM announcements ORDER BY id LIMIT 1'),
      remove: database.prepare('DELETE FROM announcements WHERE id = ?'),
    }
  }

  covers(bucket: string, key: string): boolean {
    return bucket === this.#subscription.bucket && key.startsWith(this.#subscription.prefix)
  }

  add({ bucket, key, size, etag, how, at }: CreatedObject): void {
    this.#sql.add.run(bucket, key, size, etag, how, at)
  }

  /** Begins to tell of what is noted, unless that is under way. */
  nudge(): void {
    this.#wasNudged = true
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#wasNudged && !this.#closing.signal.aborted) this.nudge()
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    this.#wasNudged = false
    for (let next = this.#sql.next.get(); next && !this.#closing.signal.aborted; next = this.#sql.next.get()) {
      const { id, ...created } = row.parse(next)
      if (await this.#tell(created)) this.#sql.remove.run(id)
    }
  }

  /** False when it was ended before it could be told. */
  async #tell(created: CreatedObject): Promise<boolean> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      try {
        await this.#subscription.deliver(objectCreated(created))
        return true
      } catch (error) {
        if (this.#closing.signal.aborted) return false
        console.error(`Nobody could be told of the object ${created.key}:`, error)
        await wait(firstDelayMs * 2 ** attempt, undefined, { signal: this.#closing.signal }).catch(() => undefined)
      }
    }
    return !this.#closing.signal.aborted
  }
}

const reasons = { Put: 'PutObject', Post: 'POST Object', Copy: 'CopyObject' } as const

/** As EventBridge hands it on. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function objectCreated({ bucket, key, size, etag, how, at }: CreatedObject) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: new Date(at).toISOString(),
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size, etag: etag.replaceAll('"', ''), sequencer: at.toString(16).toUpperCase().padStart(18, '0') },
      'request-id': randomUUID(),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: reasons[how],
    },
  }
}

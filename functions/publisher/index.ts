import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { z } from 'zod'
import { fullPublishPorts, indexNow, logger, publishPorts } from '../wiring.ts'
import {
  beginAgain,
  beginIfDue,
  type FullPublish,
  type FullPublishPorts,
  goOnPublishing,
  together,
} from './full-publish.ts'
import { parts } from './parts.ts'
import type { PublishReport } from './publish.ts'
import type { FullReport } from './publish-all.ts'
import { publishChanges } from './publish-changes.ts'

/**
 * `all`: begin again, whatever there is. `due`: go on where the last one stopped; the clock sends it each minute, once for each part.
 * Without `parts`: all. Those of one order are done one after the other.
 */
const fullPublishOrder = z.strictObject({
  publish: z.enum(['all', 'due']),
  parts: z
    .array(z.literal(parts))
    .min(1)
    .default([...parts]),
})

/** What is left of an invocation when the last chunk of a full publish may begin. */
const chunkMs = 45_000
/** So long search engines may hold up the next changes; what they do not take goes with those. */
const waitMs = 250

export async function handler(
  event: DynamoDBStreamEvent | z.input<typeof fullPublishOrder>,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) {
  if ('publish' in event) return publishMore(event, Date.now() + context.getRemainingTimeInMillis() - chunkMs)
  const report = await publishChanges(await publishPorts(), event.Records)
  warn(report)
  // The pages are out, and the next ones wait for this.
  await tell([...report.created, ...report.replaced, ...report.deleted], waitMs)
  const batchItemFailures = report.failures.map((itemIdentifier) => ({ itemIdentifier }))
  return { batchItemFailures } satisfies DynamoDBBatchResponse
}

/** Answers what was repaired so far, and null when there was nothing to do or another one is at it. */
async function publishMore(order: unknown, deadlineMs: number): Promise<FullPublish | null> {
  const { publish, parts: wanted } = fullPublishOrder.parse(order)
  const ports = await Promise.all(wanted.map(fullPublishPorts))
  // Before there may be no time left for some of them: what has not begun has not ended.
  await Promise.all(ports.map(publish === 'all' ? beginAgain : beginIfDue))
  let hasGoneOn = false
  for (const one of ports) {
    const reached = await goOnPublishing({ ...one, onPublished: onChunk }, deadlineMs)
    if (reached?.finishedAt) logger().info('a full publish has ended', { part: one.part, ...reached })
    hasGoneOn ||= reached !== null
    if (reached && Date.now() >= deadlineMs) break
  }
  return hasGoneOn ? together(await progressOf(ports)) : null
}

async function progressOf(ports: readonly FullPublishPorts[]): Promise<readonly FullPublish[]> {
  const progress = await Promise.all(ports.map((one) => one.progress.read()))
  return progress.filter((one) => one !== null)
}

/** What a full publish replaces is mostly another template, and no news: search engines hear of pages that come and go. */
async function onChunk(report: FullReport): Promise<void> {
  warn(report)
  await tell([...report.created, ...report.deleted])
}

function warn({ failed }: Pick<PublishReport, 'failed'>): void {
  for (const [path, error] of failed) logger().error('page not published', { path, error })
}

async function tell(paths: readonly string[], wait?: number): Promise<void> {
  const untold = await indexNow().tell(paths, wait)
  if (untold > 0) logger().warn('search engines not told', { untold })
}

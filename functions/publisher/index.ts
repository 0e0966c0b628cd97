import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { fullPublishPorts, indexNow, logger, publishPorts } from '../wiring.ts'
import { goOnPublishing } from './full-publish.ts'
import type { PublishReport } from './publish.ts'
import { publishChanges } from './publish-changes.ts'

/** `all`: begin again, whatever there is. `due`: go on where the last one stopped; the clock sends it each minute. */
interface FullPublishOrder {
  readonly publish: 'all' | 'due'
}

/** What is left of an invocation when the last chunk of a full publish may begin. */
const chunkMs = 45_000

export async function handler(
  event: DynamoDBStreamEvent | FullPublishOrder,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) {
  if ('publish' in event) return publishMore(event, Date.now() + context.getRemainingTimeInMillis() - chunkMs)
  const report = await publishChanges(await publishPorts(), event.Records)
  await tell(report)
  const batchItemFailures = report.failures.map((itemIdentifier) => ({ itemIdentifier }))
  return { batchItemFailures } satisfies DynamoDBBatchResponse
}

/** Answers what was repaired so far, and null when there was nothing to do or another one is at it. */
async function publishMore({ publish }: FullPublishOrder, deadlineMs: number) {
  const ports = { ...(await fullPublishPorts()), onPublished: tell }
  const reached = await goOnPublishing(ports, deadlineMs, publish === 'all')
  if (reached?.finishedAt) logger().info('the whole site was published', { ...reached })
  return reached
}

/** The operator of what failed, search engines of what has changed. */
async function tell({ created, replaced, deleted, failed }: PublishReport): Promise<void> {
  for (const [path, error] of failed) logger().error('page not published', { path, error })
  const untold = await indexNow().tell([...created, ...replaced, ...deleted])
  if (untold > 0) logger().warn('search engines not told', { untold })
}

import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { fullPublishPorts, logger, publishPorts } from '../wiring.ts'
import { goOnPublishing } from './full-publish.ts'
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
  for (const [path, error] of report.failed) logFailure(path, error)
  const batchItemFailures = report.failures.map((itemIdentifier) => ({ itemIdentifier }))
  return { batchItemFailures } satisfies DynamoDBBatchResponse
}

/** Answers what was repaired so far, and null when there was nothing to do or another one is at it. */
async function publishMore({ publish }: FullPublishOrder, deadlineMs: number) {
  const ports = { ...(await fullPublishPorts()), onFailure: logFailure }
  const reached = await goOnPublishing(ports, deadlineMs, publish === 'all')
  if (reached?.finishedAt) logger().info('the whole site was published', { ...reached })
  return reached
}

const logFailure = (path: string, error: unknown): void => logger().error('page not published', { path, error })

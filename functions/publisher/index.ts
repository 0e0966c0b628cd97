import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { indexNow, logger, publishPorts } from '../wiring.ts'
import type { PublishReport } from './publish.ts'
import { publishAll } from './publish-all.ts'
import { publishChanges } from './publish-changes.ts'

/** The catalog's stream, or `{"publish": "all"}` after a deployment. */
export async function handler(event: DynamoDBStreamEvent | { readonly publish: 'all' }) {
  if ('publish' in event) return publishEverything()
  const report = await publishChanges(await publishPorts(), event.Records)
  logFailures(report)
  await tellSearchEngines(report)
  const batchItemFailures = report.failures.map((itemIdentifier) => ({ itemIdentifier }))
  return { batchItemFailures } satisfies DynamoDBBatchResponse
}

/** @throws when a page could not be published; the others are. */
async function publishEverything() {
  const report = await publishAll(await publishPorts())
  logFailures(report)
  await tellSearchEngines(report)
  const { created, replaced, deleted, unchanged, failed } = report
  if (failed.size > 0) throw new Error(`${failed.size} pages could not be published`)
  return { created, replaced, deleted, unchanged }
}

function logFailures({ failed }: PublishReport): void {
  for (const [path, error] of failed) logger().error('page not published', { path, error })
}

async function tellSearchEngines({ created, replaced, deleted }: PublishReport): Promise<void> {
  const untold = await indexNow().tell([...created, ...replaced, ...deleted])
  if (untold > 0) logger().warn('search engines not told', { untold })
}

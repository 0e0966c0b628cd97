import type { DynamoDBRecord } from 'aws-lambda'
import type { SiteReader } from '#contracts/site.ts'
import { affectedPaths } from './affected-paths.ts'
import { type PublishPorts, type PublishReport, publish } from './publish.ts'
import { changeOf } from './stream-changes.ts'

/** Publishes what a batch of stream records touches, each page once. `failures` names the records to be sent again. */
export async function publishChanges(
  ports: PublishPorts & { readonly reader: Pick<SiteReader, 'listing'> },
  records: readonly DynamoDBRecord[],
): Promise<PublishReport & { readonly failures: readonly string[] }> {
  const touched = await Promise.all(records.map((record) => touchedBy(record, ports.reader)))
  const report = await publish(ports, touched.flat())
  const failures = records.filter((_, at) => touched[at]?.some((path) => report.failed.has(path)))
  return { ...report, failures: failures.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '') }
}

async function touchedBy(record: DynamoDBRecord, reader: Pick<SiteReader, 'listing'>): Promise<readonly string[]> {
  const change = changeOf(record)
  return change ? affectedPaths(change, reader) : []
}

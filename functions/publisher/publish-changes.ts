import type { DynamoDBRecord } from 'aws-lambda'
import type { SiteReader } from '#contracts/site.ts'
import type { Instant } from '#domain/catalog.ts'
import { affectedPaths } from './affected-paths.ts'
import { askOnce } from './ask-once.ts'
import { type PublishPorts, type PublishReport, publish } from './publish.ts'
import { changeOf } from './stream-changes.ts'

/**
 * Publishes what a batch of stream records touches, each page once. `failures` names the records to be sent again.
 *
 * A record that cannot be understood fails alone: one bad event must not keep the others from being published.
 */
export async function publishChanges(
  ports: PublishPorts & { readonly reader: Pick<SiteReader, 'listing' | 'languages'>; readonly now: () => Instant },
  records: readonly DynamoDBRecord[],
): Promise<PublishReport & { readonly failures: readonly string[] }> {
  // As of an instant after all of them were written: what comes into a list later is the concern of the record that says so.
  const [reader, now] = [askOnce(ports.reader), ports.now()]
  const touched = await Promise.allSettled(records.map((record) => touchedBy(record, reader, now)))
  const report = await publish(
    ports,
    touched.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
  )
  const failed = new Map(report.failed)
  const failures = records.filter((record, at) => {
    const one = touched[at]
    if (one?.status === 'rejected') failed.set(`record ${record.eventID}`, one.reason)
    return one?.status !== 'fulfilled' || one.value.some((path) => report.failed.has(path))
  })
  return { ...report, failed, failures: failures.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '') }
}

async function touchedBy(
  record: DynamoDBRecord,
  reader: Pick<SiteReader, 'listing' | 'languages'>,
  now: Instant,
): Promise<readonly string[]> {
  const change = changeOf(record)
  return change ? affectedPaths(change, reader, now) : []
}

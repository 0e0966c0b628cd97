import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { makeAllSharePictures } from '../usecases/make-all-share-pictures.ts'
import { makeSharePicture } from '../usecases/make-share-picture.ts'
import { clock, logger, sharePorts } from '../wiring.ts'
import { touchedEvent } from './touched-events.ts'

/** What is left of the time-out when a slice ends. */
const reserveMs = 15_000

/** The catalog's stream, or `{"share": "all"}` after the pictures' looks have changed, with `from` where an earlier call stopped. */
export async function handler(
  event: DynamoDBStreamEvent | { readonly share: 'all'; readonly from?: string },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) {
  if ('share' in event) {
    const deadlineMs = Date.now() + context.getRemainingTimeInMillis() - reserveMs
    return makeAllSharePictures(sharePorts(), event.from ?? clock.now(), deadlineMs)
  }
  return onChanges(event)
}

/** Each event once, as it is now, however often the batch names it. */
async function onChanges({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed = new Set<string>()
  const touched = new Set(Records.flatMap((record) => touchedEvent(record) ?? []))
  for (const eventId of touched) {
    try {
      await makeSharePicture(sharePorts(), eventId)
    } catch (error) {
      logger().error('share picture not made', { eventId, error })
      failed.add(eventId)
    }
  }
  const again = Records.filter((record) => failed.has(touchedEvent(record) ?? ''))
  return { batchItemFailures: again.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })) }
}

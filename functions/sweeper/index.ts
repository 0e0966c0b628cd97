import { endCancelledEvents } from '../usecases/end-cancelled-events.ts'
import { endStaleUploads } from '../usecases/end-stale-uploads.ts'
import { moveDueEvents } from '../usecases/refresh-sale-state.ts'
import { removeUnusedPictures } from '../usecases/remove-pictures.ts'
import { spreadRebrandings } from '../usecases/spread-rebrandings.ts'
import { sweepHolds } from '../usecases/sweep-holds.ts'
import {
  cancellationPorts,
  logger,
  rebrandingPorts,
  rubbishPorts,
  saleStatePorts,
  staleUploadPorts,
  sweepPorts,
} from '../wiring.ts'

/** Ends before the next minute's run begins. */
const budgetMs = 45_000

/** Each minute: holds that are over, payments whose webhook may be lost, refunds that are owed, cancelled events; then sales that begin or end, and events whose organiser has another name; last, uploads that nobody will read, and files that no page shows. */
export async function handler(): Promise<void> {
  const deadlineMs = Date.now() + budgetMs
  const [orders, cancellations] = await Promise.all([
    sweepHolds(sweepPorts(), deadlineMs),
    endCancelledEvents(cancellationPorts(), deadlineMs),
  ])
  const saleStates = await moveDueEvents(saleStatePorts(), deadlineMs)
  const rebranded = await spreadRebrandings(rebrandingPorts(), deadlineMs)
  const uploads = await endStaleUploads(staleUploadPorts(), deadlineMs)
  const pictureFiles = await removeUnusedPictures(rubbishPorts(), deadlineMs)
  logger().info('swept', { orders, cancellations, saleStates, rebranded, uploads, pictureFiles })
}

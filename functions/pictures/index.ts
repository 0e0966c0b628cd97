import { z } from 'zod'
import { processUpload } from '../usecases/process-upload.ts'
import { logger, processUploadPorts } from '../wiring.ts'

/** What storage tells of a new object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const objectCreated = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
})

/** Each new file of an organiser: a picture, or a reason why not. What throws is tried again twice. */
export async function handler(event: unknown): Promise<void> {
  const { key } = objectCreated.parse(event).detail.object
  await processUpload(processUploadPorts(), key)
  logger().info('upload read', { key })
}

import { z } from 'zod'
import { processUpload } from '../usecases/process-upload.ts'
import { logger, processUploadPorts } from '../wiring.ts'

/** What S3 says of a new object; its key is encoded as in a form. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const notification = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal('aws:s3'),
      s3: z.object({ object: z.object({ key: z.string() }) }),
    }),
  ),
})

/** Each new file of an organiser: a picture, or a reason why not. What is thrown is announced again by S3. */
export async function handler(event: unknown): Promise<void> {
  for (const { s3 } of notification.parse(event).Records) {
    const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '))
    await processUpload(processUploadPorts(), key)
    logger().info('upload read', { key })
  }
}

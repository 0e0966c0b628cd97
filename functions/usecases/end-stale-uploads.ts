import type { Instant } from '#domain/catalog.ts'
import { type PictureRefusal, type PictureUpload, pictureBaseOf } from '#domain/pictures.ts'

export interface StaleUploadPorts {
  /** Uploads that are still waiting though nobody will read them any more. */
  staleUploads(now: Instant): AsyncIterable<PictureUpload>
  /** Files of this base go, unless somebody shows them. */
  discard(base: string): Promise<void>
  settle(uploadId: string, outcome: PictureRefusal): Promise<void>
  now(): Instant
}

/** Gives a reason to uploads whose file never came, or killed whoever read it, until the deadline. Answers how many. */
export async function endStaleUploads(ports: StaleUploadPorts, deadlineMs: number): Promise<number> {
  let ended = 0
  for await (const upload of ports.staleUploads(ports.now())) {
    if (Date.now() > deadlineMs) break
    await ports.discard(pictureBaseOf(upload))
    await ports.settle(upload.id, upload.attempts > 0 ? 'too_slow' : 'not_sent')
    ended++
  }
  return ended
}

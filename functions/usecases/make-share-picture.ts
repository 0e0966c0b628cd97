import type { EventRecord } from '#domain/catalog.ts'
import { isPublic } from '#domain/listings.ts'
import { hashOf } from './order-ids.ts'
import { type SharePrint, sharePrintOf } from './share-print.ts'

/** Which picture an event's page names. */
export interface SharePicture {
  readonly hash: string
  /** Site path; never used twice. */
  readonly path: string
}

export interface SharePorts {
  event(eventId: string): Promise<EventRecord | null>
  share(eventId: string): Promise<SharePicture | null>
  /** False when the stored one is no longer `before`, or the event is no longer of this version. */
  saveShare(event: EventRecord, before: SharePicture | null, after: SharePicture): Promise<boolean>
  readFile(key: string): Promise<Uint8Array | null>
  draw(print: SharePrint, poster: Uint8Array | null): Promise<Uint8Array>
  publish(key: string, file: { contentType: string; body: Uint8Array; cacheControl: string }): Promise<unknown>
  remove(key: string): Promise<unknown>
  /** Tells two pictures of the same content apart. */
  nonce(): string
}

/** Raised with each change of how the picture looks, so that all are made anew. */
export const templateVersion = 1

const mostRaces = 8
const forGood = 'public, max-age=31536000, immutable'

/**
 * Makes an event's share picture if what it shows has changed. The file is there before its name is written down, and pages name only
 * what is written down; that change is what publishes the page.
 *
 * Answers whether one was made. Afterwards it looks again: of two that race, the one with older news may be the last to write.
 */
export async function makeSharePicture(ports: SharePorts, eventId: string): Promise<boolean> {
  let isMade = false
  for (let race = 0; race < mostRaces; race++) {
    const event = await ports.event(eventId)
    if (!event || !isPublic(event)) return isMade
    const print = sharePrintOf(event)
    const hash = hashOf([templateVersion, print])
    const before = await ports.share(eventId)
    if (before?.hash === hash) return isMade
    const path = `/media/${eventId}/share-${hash.slice(0, 12)}-${ports.nonce()}.jpg`
    const body = await ports.draw(print, await posterOf(ports, print))
    await ports.publish(path.slice(1), { body, contentType: 'image/jpeg', cacheControl: forGood })
    if (await ports.saveShare(event, before, { hash, path })) isMade = true
    else await ports.remove(path.slice(1))
  }
  throw new Error(`${eventId} changed at every attempt to make its share picture`)
}

/** One that is not there is left out rather than keeping the event from being shared. */
async function posterOf(ports: SharePorts, { picture }: SharePrint): Promise<Uint8Array | null> {
  return picture && ports.readFile(`${picture.base.slice(1)}-${picture.widths.at(-1)}.jpg`)
}

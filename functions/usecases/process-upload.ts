import { createHash } from 'node:crypto'
import type { EventRecord, FocalPoint, Picture } from '#domain/catalog.ts'
import {
  isReplaced,
  kindOf,
  largestUploadBytes,
  originalKeyOf,
  type PictureKind,
  type PictureRefusal,
  type PictureUpload,
  pictureBaseOf,
  setPicture,
  uploadOfOriginal,
} from '#domain/pictures.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { type ChangePorts, changeEvent } from './change-event.ts'

export interface EncodedPicture extends Pick<Picture, 'widths' | 'aspectRatio' | 'colour'> {
  /** Where the eye is drawn to. */
  readonly focus: FocalPoint
  readonly files: readonly { readonly ending: string; readonly contentType: string; readonly body: Uint8Array }[]
}

type Refused = { readonly code: PictureRefusal }

export interface ProcessUploadPorts {
  /**
   * Counts an attempt at a waiting upload and answers it; null when there is none, when it has been settled, or when an attempt before
   * had another original.
   *
   * @param original tells files apart.
   */
  attempt(uploadId: string, original: string): Promise<PictureUpload | null>
  settle(uploadId: string, outcome: 'done' | PictureRefusal): Promise<void>
  readonly originals: {
    sizeOf(key: string): Promise<number | null>
    read(key: string): Promise<Uint8Array | null>
    remove(key: string): Promise<unknown>
  }
  encode(file: Uint8Array, kind: PictureKind): Promise<Result<EncodedPicture, Refused>>
  publish(key: string, file: { contentType: string; body: Uint8Array; cacheControl: string }): Promise<unknown>
  /** Files of this base go, unless somebody shows them. */
  discard(base: string): Promise<void>
  event(eventId: string): Promise<EventRecord | null>
  readonly change: ChangePorts
  /** Null: there is no such organisation any more. */
  logo(organisationId: string): Promise<{ readonly logo: Picture | null } | null>
  /** False when the logo is no longer `before`. */
  saveLogo(organisationId: string, before: Picture | null, after: Picture): Promise<boolean>
}

/** A file that kills whoever reads it must not be read for ever. */
const mostAttempts = 3
const mostRaces = 8
/** A name is never used again. */
const forGood = 'public, max-age=31536000, immutable'

/**
 * Turns an uploaded file into a picture of its event or organisation, or notes why not; then the original is gone. What it does may
 * be done again at any point: storage announces a file at least once. A form may be sent again with another file while it lasts: that
 * one is nobody's, since the names of the first one's files are cached for good.
 */
export async function processUpload(ports: ProcessUploadPorts, key: string): Promise<void> {
  const named = uploadOfOriginal(key)
  if (named) await bringToEnd(ports, named.id, key)
  await ports.originals.remove(key)
}

async function bringToEnd(ports: ProcessUploadPorts, uploadId: string, key: string): Promise<void> {
  const { original, file } = await readOriginal(ports, key)
  const upload = await ports.attempt(uploadId, original)
  if (!upload || originalKeyOf(upload) !== key) return
  const outcome = await outcomeOf(ports, upload, file)
  if (!outcome.ok) await ports.discard(pictureBaseOf(upload))
  await ports.settle(upload.id, outcome.ok ? 'done' : outcome.refusal.code)
}

/** The very bytes that are hashed are encoded: what lies under the key may be another file a moment later. */
async function readOriginal({ originals }: ProcessUploadPorts, key: string) {
  const size = await originals.sizeOf(key)
  const isTooLarge = size !== null && size > largestUploadBytes
  const bytes = isTooLarge ? null : await originals.read(key)
  const file: Result<Uint8Array, Refused> = bytes ? ok(bytes) : refuse({ code: isTooLarge ? 'too_large' : 'broken' })
  const hash = createHash('sha256').update(bytes ?? '')
  return { original: hash.digest('base64url'), file }
}

async function outcomeOf(
  ports: ProcessUploadPorts,
  upload: PictureUpload,
  file: Result<Uint8Array, Refused>,
): Promise<Result<true, Refused>> {
  if (upload.attempts > mostAttempts) return refuse({ code: 'too_slow' })
  if (!file.ok) return file
  const encoded = await ports.encode(file.value, kindOf(upload))
  if (!encoded.ok) return encoded
  const { files, focus, ...measures } = encoded.value
  const picture = { ...measures, base: pictureBaseOf(upload), alt: upload.alt, focus: upload.focus ?? focus }
  for (const { ending, ...rest } of files)
    await ports.publish(`${picture.base.slice(1)}-${ending}`, { ...rest, cacheControl: forGood })
  return upload.eventId ? hang(ports, upload, upload.eventId, picture) : stamp(ports, upload, picture)
}

/** Others may edit the event at the same time: it is read again until the picture is in the version that was read. */
async function hang(
  ports: ProcessUploadPorts,
  upload: PictureUpload,
  eventId: string,
  picture: Picture,
): Promise<Result<true, Refused>> {
  for (let race = 0; race < mostRaces; race++) {
    const event = await ports.event(eventId)
    if (!event || event.organisationId !== upload.organisationId) return refuse({ code: 'not_editable' })
    if (event.picture?.base === picture.base) return ok(true)
    if (isReplaced(event.picture, upload)) return refuse({ code: 'replaced_meanwhile' })
    const changed = await changeEvent(ports.change, event, (before, now) => setPicture(before, picture, now))
    if (changed.ok) return ok(true)
    if (changed.refusal.code !== 'stale_version') return refuse({ code: 'not_editable' })
  }
  throw new Error(`${eventId} was edited at every attempt to give it its picture`)
}

async function stamp(
  ports: ProcessUploadPorts,
  upload: PictureUpload,
  picture: Picture,
): Promise<Result<true, Refused>> {
  for (let race = 0; race < mostRaces; race++) {
    const found = await ports.logo(upload.organisationId)
    if (!found) return refuse({ code: 'not_editable' })
    if (found.logo?.base === picture.base) return ok(true)
    if (isReplaced(found.logo, upload)) return refuse({ code: 'replaced_meanwhile' })
    if (await ports.saveLogo(upload.organisationId, found.logo, picture)) return ok(true)
  }
  throw new Error(`the logo of ${upload.organisationId} changed at every attempt`)
}

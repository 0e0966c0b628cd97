import type { EventRecord, FocalPoint, Instant, Picture } from './catalog.ts'
import { type EventRefusal, invalid, next, refusalToEdit } from './event-rules.ts'
import { ok, type Result, refuse } from './result.ts'

/** What browsers can show and we can read. A phone that keeps HEIC converts it when a page asks for these. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const
export type PictureType = (typeof pictureTypes)[number]

export const largestUploadBytes = 20_000_000
/** What the largest sensors of phones make; a hostile file of a few KB may claim any number. */
export const mostPixels = 50_000_000
const longestRatio = 4

/** What a picture is for, and the widths in which it is served. Smaller originals are not enlarged. */
export const pictureKinds = {
  event: { widths: [320, 480, 960, 1600], leastWidth: 480, leastHeight: 270 },
  logo: { widths: [96, 192, 384, 640], leastWidth: 96, leastHeight: 96 },
} as const
export type PictureKind = keyof typeof pictureKinds

/** Of pictures for link previews, in pixels: the one that is drawn of an event, and the site's own. */
export const shareSize = { width: 1200, height: 630 } as const

/** Why a file did not become a picture. */
export const pictureRefusals = [
  'not_sent',
  'empty',
  'too_large',
  'wrong_type',
  'not_only_a_picture',
  'broken',
  'animated',
  'too_small',
  'too_many_pixels',
  'too_long',
  'too_slow',
  'replaced_meanwhile',
  'not_editable',
] as const
export type PictureRefusal = (typeof pictureRefusals)[number]

/** So many an organisation may begin in one day, in UTC: each costs seconds of work and room for its files. */
export const mostUploadsADay = 200

/** From then on nobody reads an upload any more: its form has ended, and so have three attempts with the pauses between them. */
export const uploadMinutes = 20

/** A file on its way to become an event's picture or, without an event, its organisation's logo. */
export interface PictureUpload {
  readonly id: string
  readonly organisationId: string
  readonly eventId: string | null
  readonly alt: string
  /** Null: where the eye is drawn to. */
  readonly focus: FocalPoint | null
  readonly state: 'waiting' | 'done' | 'refused'
  readonly reason?: PictureRefusal | undefined
  /** How often somebody began to read the file. */
  readonly attempts: number
  readonly createdAt: Instant
}

export const kindOf = ({ eventId }: Pick<PictureUpload, 'eventId'>): PictureKind => (eventId ? 'event' : 'logo')

/** Where originals lie, out of the public's sight, until they have been read. */
export const originalsPrefix = 'uploads/'

export const originalKeyOf = ({ organisationId, id }: Pick<PictureUpload, 'organisationId' | 'id'>): string =>
  `${originalsPrefix}${organisationId}/${id}`

/** Null for a key that is none of ours. */
export function uploadOfOriginal(key: string): { readonly organisationId: string; readonly id: string } | null {
  const [, organisationId, id] = /^uploads\/(org_[0-9a-z]{26})\/(upl_[0-9a-z]{26})$/.exec(key) ?? []
  return organisationId && id ? { organisationId, id } : null
}

/** Never used twice, so that its files may be cached for good. */
export const pictureBaseOf = ({ eventId, organisationId, id }: PictureUpload): string =>
  `/media/${eventId ?? organisationId}/${id}`

/** What is wrong with a picture of these measures; null when nothing is. */
export function judgeMeasures(
  { width, height, frames }: { readonly width: number; readonly height: number; readonly frames: number },
  kind: PictureKind,
): PictureRefusal | null {
  const { leastWidth, leastHeight } = pictureKinds[kind]
  if (frames > 1) return 'animated'
  if (width * height > mostPixels) return 'too_many_pixels'
  if (Math.max(width, height) > longestRatio * Math.min(width, height)) return 'too_long'
  return width < leastWidth || height < leastHeight ? 'too_small' : null
}

/** The widths of the kind below the original's, then the original's own as far as it is needed. */
export function widthsFor(kind: PictureKind, originalWidth: number): readonly number[] {
  const { widths } = pictureKinds[kind]
  const largest = Math.min(originalWidth, Math.max(...widths))
  return [...widths.filter((width) => width < largest), largest]
}

/** An upload that was begun later has won, whichever was read first: ids sort by time. */
export function isReplaced(current: Pick<Picture, 'base'> | null | undefined, upload: PictureUpload): boolean {
  const [, currentId] = /\/(upl_\w+)$/.exec(current?.base ?? '') ?? []
  return currentId !== undefined && currentId > upload.id
}

export function setPicture(event: EventRecord, picture: Picture, now: Instant): Result<EventRecord, EventRefusal> {
  const refusal = refusalToEdit(event, event.version)
  return refusal ? refuse(refusal) : ok(next({ ...event, picture }, now))
}

export type PictureWords = Pick<PictureUpload, 'alt'> & { readonly focus: FocalPoint }

/** Other words or another focal point for the picture that is there; null takes it away. */
export function editPicture(
  event: EventRecord,
  words: PictureWords | null,
  version: number,
  now: Instant,
): Result<EventRecord, EventRefusal> {
  const refusal = refusalToEdit(event, version)
  if (refusal) return refuse(refusal)
  if (words && !event.picture) return invalid([{ field: 'picture', message: 'there is none to describe' }])
  return ok(next({ ...event, picture: words && event.picture ? { ...event.picture, ...words } : null }, now))
}

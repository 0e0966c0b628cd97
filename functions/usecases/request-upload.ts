import type { FocalPoint, Instant } from '#domain/catalog.ts'
import {
  largestUploadBytes,
  mostUploadsADay,
  originalKeyOf,
  type PictureType,
  type PictureUpload,
} from '#domain/pictures.ts'
import { ok, type Result, refuse } from '#domain/result.ts'

/** What a browser posts as multipart/form-data, the file last. */
export interface UploadForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

export interface RequestUploadPorts {
  newId(prefix: 'upl'): string
  /** Of many requests under one key the first leaves the id that all of them answer with. */
  claim(request: {
    userId: string
    key: string
    requestHash: string
    eventId: string
  }): Promise<{ eventId: string } | 'reused'>
  /** Writes the upload unless it is there; answers what is stored. `too_many`: its organisation has begun so many on this day. */
  begin(upload: PictureUpload, mostADay: number): Promise<PictureUpload | 'too_many'>
  signForm(key: string, rules: { contentType: string; largestBytes: number; seconds: number }): Promise<UploadForm>
  now(): Instant
}

export interface UploadWish {
  readonly organisationId: string
  /** Null: the organisation's logo. */
  readonly eventId: string | null
  readonly contentType: PictureType
  readonly alt: string
  readonly focus: FocalPoint | null
}

/** A leak of the form is worth little after that, and a slow connection has begun to send by then. */
const formSeconds = 300

export type UploadRefusal = { readonly code: 'idempotency_key_reused' | 'too_many_uploads' }

/** Allows one file under one key of this organisation. A repeat answers the same upload with a fresh form. */
export async function requestUpload(
  ports: RequestUploadPorts,
  { contentType, ...wish }: UploadWish,
  request: { readonly userId: string; readonly key: string; readonly requestHash: string },
): Promise<Result<{ upload: PictureUpload; form: UploadForm }, UploadRefusal>> {
  const claimed = await ports.claim({ ...request, eventId: ports.newId('upl') })
  if (claimed === 'reused') return refuse({ code: 'idempotency_key_reused' })
  const fresh = { ...wish, id: claimed.eventId, state: 'waiting', attempts: 0, createdAt: ports.now() } as const
  const upload = await ports.begin(fresh, mostUploadsADay)
  if (upload === 'too_many') return refuse({ code: 'too_many_uploads' })
  const rules = { contentType, largestBytes: largestUploadBytes, seconds: formSeconds }
  return ok({ upload, form: await ports.signForm(originalKeyOf(upload), rules) })
}

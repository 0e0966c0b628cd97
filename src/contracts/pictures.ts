import { z } from 'zod'
import { largestUploadBytes, pictureRefusals, pictureTypes } from '#domain/pictures.ts'
import { id, line } from './common.ts'

const percent = z.int().min(0).max(100)
/** Percent of the width from the left, of the height from the top. */
const focus = z.strictObject({ x: percent, y: percent })
const alt = line(300)

export const picture = z.object({
  /** Site path: its files are `BASE-WIDTH.avif`, `.webp` and `.jpg`. */
  base: z.string(),
  widths: z.array(z.int()),
  aspectRatio: z.number(),
  alt: z.string(),
  colour: z.string(),
  focus: z.object({ x: z.int(), y: z.int() }).optional(),
})
export type PictureView = z.infer<typeof picture>

export const pictureUploadRequest = z.strictObject({
  contentType: z.enum(pictureTypes),
  bytes: z.int().min(1).max(largestUploadBytes),
  alt,
  /** Null: where the eye is drawn to. */
  focus: focus.nullable().default(null),
})
export type PictureUploadRequest = z.infer<typeof pictureUploadRequest>

export const pictureUpload = z.object({
  id: id('upl'),
  state: z.enum(['waiting', 'done', 'refused']),
  /** Why it was refused. */
  reason: z.enum(pictureRefusals).nullable(),
})

export const pictureUploadStarted = z.object({
  upload: pictureUpload,
  /** To be posted as multipart/form-data with the file last, within five minutes. */
  form: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
})

export const pictureUploadResponse = z.object({ upload: pictureUpload })
export type PictureUploadView = z.infer<typeof pictureUpload>

export const putPictureRequest = z.strictObject({
  version: z.int().min(1),
  /** Null takes the picture away. */
  picture: z.strictObject({ alt, focus }).nullable(),
})
export type PutPictureRequest = z.infer<typeof putPictureRequest>

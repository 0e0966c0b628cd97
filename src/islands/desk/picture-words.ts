import type { PictureRefusal } from '#domain/pictures.ts'
import { largestUploadBytes, pictureTypes } from '#domain/pictures.ts'
import type { Sent } from '#src/api/upload.ts'

const megabytes = largestUploadBytes / 1_000_000

const types = 'Send a JPEG, PNG, WebP or AVIF.'

const words: Readonly<Record<PictureRefusal | Exclude<Sent, 'sent'>, string>> = {
  not_sent: 'The file has not arrived. Send it again.',
  empty: 'This file is empty. Choose another one.',
  too_large: `This file is larger than ${megabytes} MB. Save it smaller and send it again.`,
  wrong_type: `This file is not a picture that we can read. ${types}`,
  not_only_a_picture:
    'There is more in this file than a picture: a page, a program or an archive. Export the picture anew and send that.',
  broken: 'This picture is damaged or cut short. Export it anew and send that.',
  animated: 'This picture moves. Send one that stands still.',
  too_small: 'This picture is too small to look good. A picture needs 480 × 270 pixels, a logo 96 × 96.',
  too_many_pixels: 'This picture has more than 50 million pixels. Save it smaller and send it again.',
  too_long: 'This picture is more than four times as long as it is wide. Cut it and send it again.',
  too_slow: 'Reading this picture took too long. Save it smaller, as a JPEG, and send it again.',
  replaced_meanwhile: 'Somebody has sent a newer picture meanwhile. That one is shown.',
  not_editable: 'The event can no longer be changed.',
  expired: 'It took too long until the file was sent. Try again.',
  offline: 'The connection was lost. Your file was not taken; try again.',
  not_taken: 'The file was not taken. Try again.',
}

/** Why a file did not become a picture, and what to do about it. */
export const refusalWords = (reason: keyof typeof words): string => words[reason]

/** What can be told before anything is sent; null when nothing speaks against it. */
export function objectionTo(file: Pick<File, 'size' | 'type'>): string | null {
  if (file.size === 0) return refusalWords('empty')
  if (!pictureTypes.some((type) => type === file.type)) return refusalWords('wrong_type')
  return file.size > largestUploadBytes ? refusalWords('too_large') : null
}

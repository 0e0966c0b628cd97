import sharp from 'sharp'
import { encodeVariants, open, type Pixels } from '#functions/gateways/pictures/encode-variants.ts'
import type { DemoEvent } from '../programme/demo-event.ts'
import { drawPoster } from './draw-poster.ts'
import { posterWidths } from './picture.ts'

export interface PosterFile {
  readonly name: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** Every file of an event's picture, by the encoder of those that organisers send, and a 1200 × 630 JPEG for link previews. */
export async function renderPosters(event: DemoEvent): Promise<readonly PosterFile[]> {
  const art: Pixels = await sharp(Buffer.from(drawPoster(event)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const files = await encodeVariants(art, posterWidths, 'quick')
  const share = await open(art).resize(1200, 630, { fit: 'cover' }).jpeg({ quality: 82 }).toBuffer()
  return [
    ...files.map(({ ending, ...file }) => ({ name: `poster-${ending}`, ...file })),
    { name: 'poster-share.jpg', contentType: 'image/jpeg', body: share },
  ]
}

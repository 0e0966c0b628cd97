import sharp from 'sharp'
import { encodeVariants, type Pixels } from '#functions/gateways/pictures/encode-variants.ts'
import type { DemoEvent } from '../programme/demo-event.ts'
import { drawPoster } from './draw-poster.ts'
import { posterWidths } from './picture.ts'

export interface PosterFile {
  readonly name: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** Every file of an event's picture, by the encoder of those that organisers send. */
export async function renderPosters(event: DemoEvent): Promise<readonly PosterFile[]> {
  const art: Pixels = await sharp(Buffer.from(drawPoster(event)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const files = await encodeVariants(art, posterWidths, 'quick')
  return files.map(({ ending, ...file }) => ({ name: `poster-${ending}`, ...file }))
}

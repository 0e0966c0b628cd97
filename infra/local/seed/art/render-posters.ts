import sharp, { type Sharp } from 'sharp'
import type { DemoEvent } from '../programme/demo-event.ts'
import { drawPoster } from './draw-poster.ts'
import { posterWidths } from './picture.ts'

export interface PosterFile {
  readonly name: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** Every file of an event's picture: each width as WebP and JPEG, and a 1200 × 630 JPEG for link previews. */
export async function renderPosters(event: DemoEvent): Promise<readonly PosterFile[]> {
  const large = await sharp(Buffer.from(drawPoster(event)))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = large.info
  const art = () => sharp(large.data, { raw: { width, height, channels } }).removeAlpha()
  const files = posterWidths.flatMap((posterWidth) => [
    encode(`poster-${posterWidth}.webp`, 'image/webp', art().resize(posterWidth).webp({ quality: 80, effort: 2 })),
    encode(`poster-${posterWidth}.jpg`, 'image/jpeg', art().resize(posterWidth).jpeg({ quality: 80 })),
  ])
  const share = art().resize(1200, 630, { fit: 'cover' }).jpeg({ quality: 82 })
  return Promise.all([...files, encode('poster-share.jpg', 'image/jpeg', share)])
}

async function encode(name: string, contentType: string, image: Sharp): Promise<PosterFile> {
  return { name, contentType, body: await image.toBuffer() }
}

import sharp, { type Sharp } from 'sharp'

export interface PictureFile {
  /** `480.avif` */
  readonly ending: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** Decoded, upright, sRGB. */
export interface Pixels {
  readonly data: Uint8Array
  readonly info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 }
}

/** `quick` takes a third of the time for files a half larger, but for those that phones load: they are soon made. */
export type Effort = 'quick' | 'small'

const efforts = { quick: { avif: 0, webp: 2 }, small: { avif: 2, webp: 4 } } as const
const phoneWidth = 480

export const open = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } })

/** Each width as AVIF, WebP and JPEG; nothing but pixels comes along. What is transparent is white in the JPEG. */
export async function encodeVariants(
  pixels: Pixels,
  widths: readonly number[],
  effort: Effort,
): Promise<readonly PictureFile[]> {
  const files: PictureFile[] = []
  for (const width of widths) {
    const resized = open(pixels).resize(width)
    const { avif, webp } = efforts[width <= phoneWidth ? 'small' : effort]
    files.push(
      await encode(`${width}.avif`, 'image/avif', resized.clone().avif({ quality: 52, effort: avif })),
      await encode(`${width}.webp`, 'image/webp', resized.clone().webp({ quality: 80, effort: webp })),
      await encode(`${width}.jpg`, 'image/jpeg', resized.clone().flatten({ background: '#fff' }).jpeg({ quality: 80 })),
    )
  }
  return files
}

async function encode(ending: string, contentType: string, image: Sharp): Promise<PictureFile> {
  return { ending, contentType, body: await image.toBuffer() }
}

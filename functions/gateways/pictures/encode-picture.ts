import sharp from 'sharp'
import type { FocalPoint } from '#domain/catalog.ts'
import { judgeMeasures, mostPixels, type PictureKind, type PictureRefusal, widthsFor } from '#domain/pictures.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import type { EncodedPicture } from '../../usecases/process-upload.ts'
import { encodeVariants, open, type Pixels } from './encode-variants.ts'
import { inspectFile } from './inspect-file.ts'

const readerSeconds = 20

type Refused = { readonly code: PictureRefusal }

/** Makes the files that the public sees out of a file that a stranger sent, or says why it does not. */
export async function encodePicture(
  file: Uint8Array,
  kind: PictureKind,
): Promise<Result<EncodedPicture, { readonly code: PictureRefusal }>> {
  const pixels = await readPixels(file, kind)
  if (!pixels.ok) return pixels
  const { width, height } = pixels.value.info
  const widths = widthsFor(kind, width)
  return ok({
    widths,
    aspectRatio: width / height,
    colour: await meanColour(pixels.value),
    focus: await attentionPoint(pixels.value),
    files: await encodeVariants(pixels.value, widths, 'small'),
  })
}

/** Decodes every pixel: what is cut short or damaged is noticed here, and what the file said beside its pixels ends here. */
async function readPixels(file: Uint8Array, kind: PictureKind): Promise<Result<Pixels, Refused>> {
  const suspicion = inspectFile(file)
  if (suspicion) return refuse({ code: suspicion })
  const source = () => sharp(file, { limitInputPixels: false, failOn: 'truncated', pages: 1 })
  try {
    const { width, height, pages = 1, autoOrient } = await source().metadata()
    const measures = { width: autoOrient.width || width, height: autoOrient.height || height, frames: pages }
    const objection = judgeMeasures(measures, kind)
    if (objection) return refuse({ code: objection })
    const [largest = measures.width] = widthsFor(kind, measures.width).slice(-1)
    const reader = sharp(file, { limitInputPixels: mostPixels, failOn: 'truncated' }).timeout({
      seconds: readerSeconds,
    })
    const upright = reader.autoOrient().resize(largest).toColourspace('srgb')
    const shown = kind === 'event' ? upright.flatten({ background: '#fff' }) : upright
    return ok(await shown.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
  } catch (error) {
    return refuse({ code: /timeout/i.test(String(error)) ? 'too_slow' : 'broken' })
  }
}

async function meanColour(pixels: Pixels): Promise<string> {
  const [red = 0, green = 0, blue = 0] = await open(pixels)
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize(1, 1, { fit: 'fill' })
    .raw()
    .toBuffer()
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

const sample = 320

/** Where light, saturated colour and skin draw the eye to. */
async function attentionPoint(pixels: Pixels): Promise<FocalPoint> {
  const { width, height } = pixels.info
  const { info } = await open(pixels)
    .resize(sample, sample, { fit: 'cover', position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const scale = sample / Math.min(width, height)
  const percent = (at: number | undefined, of: number) =>
    at === undefined ? 50 : Math.min(100, Math.max(0, Math.round((100 * at) / (of * scale))))
  return { x: percent(info.attentionX, width), y: percent(info.attentionY, height) }
}

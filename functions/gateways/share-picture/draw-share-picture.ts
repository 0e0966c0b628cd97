import sharp from 'sharp'
import type { FocalPoint } from '#domain/catalog.ts'
import { localeOf } from '#domain/languages.ts'
import { shareSize } from '#domain/pictures.ts'
import { documents } from '#src/i18n/documents.ts'
import type { SharePrint } from '../../usecases/share-print.ts'
import { inkOn, parseAccent, safeAccent, toHex } from '../accent.ts'
import { describeStart } from '../event-wording.ts'
import { fitText, type TextBox } from '../ticket-pdf/fit-text.ts'
import { type Face, loadDisplayFace, loadFaces } from '../ticket-pdf/fonts.ts'
import { cleanText } from '../ticket-pdf/shape.ts'
import { heightOf, textPaths } from './text-paths.ts'

const { width, height } = shareSize
/** Where the stub tears off: words to the left of it, the poster to the right. */
const tear = 716
const bite = 26
const margin = 64
const column = { x: margin, width: tear - margin - 52 }

/** A ticket in the organiser's colour with the event's poster as its stub; JPEG. */
export async function drawSharePicture(print: SharePrint, poster: Uint8Array | null): Promise<Uint8Array> {
  const stub = poster && (await stubOf(poster, print))
  const words = Buffer.from(await ticketSvg(print, stub !== null))
  return sharp({ create: { width, height, channels: 3, background: safeAccent(print.accent) } })
    .composite([...(stub ? [{ input: stub, left: tear, top: 0 }] : []), { input: words, left: 0, top: 0 }])
    .jpeg({ quality: 84, chromaSubsampling: '4:4:4' })
    .toBuffer()
}

/** Cut around the focal point; without colour when nobody can go there any more. */
async function stubOf(poster: Uint8Array, { picture, isCancelled }: SharePrint): Promise<Buffer> {
  const stub = { width: width - tear, height }
  const { width: from = 1, height: of = 1 } = await sharp(poster).metadata()
  const scale = Math.max(stub.width / from, stub.height / of)
  const [wide, high] = [Math.ceil(from * scale), Math.ceil(of * scale)]
  const { x, y }: FocalPoint = picture?.focus ?? { x: 50, y: 50 }
  const start = (percent: number, whole: number, part: number) =>
    Math.round(Math.min(whole - part, Math.max(0, (whole * percent) / 100 - part / 2)))
  const cut = sharp(poster)
    .resize(wide, high, { fit: 'fill' })
    .extract({ left: start(x, wide, stub.width), top: start(y, high, stub.height), ...stub })
  return (isCancelled ? cut.greyscale().linear(0.75, 20) : cut).png({ compressionLevel: 1 }).toBuffer()
}

async function ticketSvg(print: SharePrint, hasStub: boolean): Promise<string> {
  const accent = parseAccent(print.accent)
  const ink = toHex(inkOn(accent))
  const locale = localeOf[print.language]
  const when = describeStart(print, locale)
  const where = `${print.venueName}, ${print.city}`
  const badgeText = print.isCancelled ? documents[print.language].cancelled.toLocaleUpperCase(locale) : ''
  const faces = await loadFaces([print.name, print.organiserName, when, where, badgeText].join())
  const fitted = (text: string, book: readonly Face[], box: Omit<TextBox, 'width'>) =>
    fitText(text, book, { ...box, width: column.width })

  const organiser = fitted(print.organiserName, faces.bold, { maxLines: 1, maxSize: 27, minSize: 18 })
  const date = fitted(when, faces.bold, { maxLines: 2, maxSize: 34, minSize: 24 })
  const venue = fitted(where, faces.regular, { maxLines: 2, maxSize: 29, minSize: 22 })
  const top = print.isCancelled ? 148 : 112
  const bottom = height - 58 - heightOf(venue)
  const dateTop = bottom - 10 - heightOf(date)
  const title = await titleOf(print, faces.bold, dateTop - 36 - top)
  const isRight = title.lines.some(({ isRightToLeft }) => isRightToLeft)
  const place = (top: number) => ({ ...column, top, colour: ink, isRight })
  const badge = badgeText ? badgeOf(badgeText, faces.bold, { ink, accent: safeAccent(print.accent), isRight }) : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    hasStub ? '' : bulbs(ink),
    perforation(ink),
    textPaths(organiser, place(52)),
    badge,
    textPaths(title, place(top + (print.isCancelled ? 16 : 0))),
    textPaths(date, place(dateTop)),
    textPaths(venue, place(bottom)),
    '</svg>',
  ].join('')
}

function badgeOf(
  text: string,
  faces: readonly Face[],
  look: { ink: string; accent: string; isRight: boolean },
): string {
  const word = fitText(text, faces, { width: 260, maxLines: 1, maxSize: 28, minSize: 18 })
  const wide = (word.lines[0]?.width ?? 0) * word.size
  const x = look.isRight ? column.x + column.width - wide - 28 : margin
  const words = textPaths(word, { x: x + 14, width: wide, top: 101, colour: look.accent, isRight: look.isRight })
  return `<rect x="${x}" y="96" width="${Math.round(wide + 28)}" height="44" rx="6" fill="${look.ink}"/>${words}`
}

/** In the site's own face and capitals where that has every letter: a name never mixes two faces. */
async function titleOf({ name: written, language }: SharePrint, fallback: readonly Face[], room: number) {
  const display = await loadDisplayFace()
  const capitals = cleanText(written).toLocaleUpperCase(localeOf[language])
  const isCovered = [...capitals].every((letter) => display.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))
  const [name, faces, maxSize, minSize] = isCovered ? [capitals, [display], 118, 44] : [written, fallback, 74, 34]
  for (let maxLines = 4; maxLines > 1; maxLines--) {
    const title = fitText(name, faces, { width: column.width, maxLines, maxSize, minSize })
    if (heightOf(title) <= room) return title
    const lower = fitText(name, faces, { width: column.width, maxLines, maxSize: room / (maxLines * 1.14), minSize })
    if (heightOf(lower) <= room) return lower
  }
  return fitText(name, faces, { width: column.width, maxLines: 1, maxSize: minSize, minSize: minSize * 0.7 })
}

/** Two bites at the tear and the dashes between them. */
const perforation = (ink: string): string =>
  [
    `<line x1="${tear}" y1="${bite + 14}" x2="${tear}" y2="${height - bite - 8}" stroke="${ink}" stroke-width="4" stroke-dasharray="4 14" stroke-linecap="round" opacity="0.85"/>`,
    `<circle cx="${tear}" cy="0" r="${bite}" fill="#f5f4f1"/><circle cx="${tear}" cy="${height}" r="${bite}" fill="#f5f4f1"/>`,
  ].join('')

/** A marquee's lights, where an event has no poster. */
function bulbs(ink: string): string {
  const dots: string[] = []
  for (let row = 0; row < 9; row++)
    for (let at = 0; at < 7; at++) {
      const lit = (row * 5 + at * 3) % 4
      dots.push(
        `<circle cx="${tear + 52 + at * 64}" cy="${59 + row * 64}" r="${lit === 0 ? 20 : 12}" opacity="${lit === 0 ? 0.5 : 0.16}"/>`,
      )
    }
  return `<g fill="${ink}">${dots.join('')}</g>`
}

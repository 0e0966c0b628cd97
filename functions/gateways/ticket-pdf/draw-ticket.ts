import { directionOf } from '#domain/languages.ts'
import type { TicketPrint } from '#functions/usecases/ticket-print.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { type Colour, inkOn, parseAccent } from '../accent.ts'
import { describeEventTimes, describePrice } from '../event-wording.ts'
import { type Canvas, lineHeight } from './canvas.ts'
import { fitText, type TextBox } from './fit-text.ts'
import type { FaceBook, Weight } from './fonts.ts'

/** A6: a phone shows it whole, and A4 paper has the same proportions, so "fit to page" fills the sheet. Points. */
export const pageSize = { width: 297.64, height: 419.53 } as const

const margin = 22
const inner = pageSize.width - 2 * margin
const ink: Colour = [0.09, 0.09, 0.11]
const quiet: Colour = [0.4, 0.4, 0.44]
const rule: Colour = [0.72, 0.72, 0.75]
const band = 90
const qrSide = 134

export function drawTicket(canvas: Canvas, ticket: TicketPrint, faces: FaceBook): void {
  const accent = parseAccent(ticket.accent)
  const onAccent: Colour = inkOn(accent)
  const language = ticket.language ?? 'en'
  const words = documents[language]
  const times = describeEventTimes(ticket, ticket.locale)
  const isMirrored = directionOf(language) === 'rtl'
  const placed = <Box extends { x: number; width: number; align?: 'left' | 'right' }>(box: Box): Box =>
    isMirrored ? { ...box, x: pageSize.width - box.x - box.width, align: 'right' } : box

  function write(
    text: string,
    weight: Weight,
    box: TextBox & { x: number; top: number; colour: Colour; align?: 'left' | 'right' },
  ): number {
    return canvas.drawText(fitText(text, faces[weight], box), placed(box))
  }

  function cell(
    label: string,
    x: number,
    top: number,
    width: number,
    lines: [string, Weight, maxLines: number, size: number][],
  ): void {
    let y =
      write(label, 'bold', { x, top, width, maxLines: 1, maxSize: 6.5, minSize: 6.5, colour: quiet, align: 'left' }) - 2
    for (const [text, weight, maxLines, size] of lines) {
      const colour = weight === 'bold' ? ink : quiet
      y = write(text, weight, { x, top: y, width, maxLines, maxSize: size, minSize: size * 0.7, colour, align: 'left' })
    }
  }

  const { width, height } = pageSize
  canvas.fillRectangle(0, height - band, width, band, accent)
  const organiser = fitText(ticket.organiserName, faces.regular, {
    width: inner,
    maxLines: 1,
    maxSize: 8.5,
    minSize: 6,
  })
  const title = fitText(ticket.eventName, faces.bold, { width: inner, ...titleBox(ticket.eventName) })
  const titleHeight = [organiser, title].reduce((sum, { size, lines }) => sum + size * lineHeight * lines.length, 3)
  const onBand = { x: margin, width: inner, colour: onAccent }
  const under = canvas.drawText(organiser, placed({ ...onBand, top: height - (band - titleHeight) / 2 }))
  canvas.drawText(title, placed({ ...onBand, top: under - 3 }))

  const column = (inner - 14) / 2
  const right = margin + column + 14
  cell(words.ticketWhen, margin, height - band - 10, column, [
    [times.date, 'bold', 2, 10.5],
    [times.time, 'bold', 1, 10.5],
    [times.zone, 'regular', 1, 7.5],
    ...(times.doors === null
      ? []
      : [[fill(words.doors, { time: times.doors }), 'regular', 1, 7.5] satisfies [string, Weight, number, number]]),
  ])
  cell(words.ticketWhere, right, height - band - 10, column, [
    [ticket.venueName, 'bold', 2, 10.5],
    [ticket.address, 'regular', 3, 8],
  ])

  const tear = height - band - 84
  canvas.strokeDashes(margin, tear, inner, rule)
  cell(words.ticketName, margin, tear - 8, column, [[ticket.attendeeName, 'bold', 2, 11.5]])
  cell(words.ticketType, right, tear - 8, column, [
    [ticket.ticketTypeName, 'bold', 2, 11.5],
    [describePrice(ticket.price, language), 'regular', 1, 8],
  ])
  canvas.drawQr(ticket.code, (width - qrSide) / 2, 37, qrSide)
  const footer = { x: margin, width: inner, maxLines: 1, maxSize: 6.5, minSize: 5, colour: quiet }
  const ids = write(words.admits, 'regular', { ...footer, top: 25 })
  write(`${ticket.ticketId} · ${ticket.orderId}`, 'regular', { ...footer, top: ids })
}

function titleBox(name: string): Omit<TextBox, 'width'> {
  return name.length > 44 ? { maxLines: 3, maxSize: 19, minSize: 10 } : { maxLines: 2, maxSize: 19, minSize: 15 }
}

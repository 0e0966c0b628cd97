import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import PdfKit from 'pdfkit'
import { create } from 'qrcode'
import { describeEventTimes, describePrice } from '#functions/gateways/event-wording.ts'
import { renderTicketsPdf } from '#functions/gateways/ticket-pdf/render-tickets-pdf.ts'
import type { TicketPrint } from '#functions/usecases/ticket-print.ts'
import { aTicketPrint } from '#tests/support/ticket-prints.ts'

const { resolve } = createRequire(import.meta.url)
const regular = readFileSync(resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'))
const bold = readFileSync(resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'))

/** Design §9: one warm ticket in at most a third of pdfkit's time, at most 16 KB. */
export async function benchTicketPdf(
  rounds = 60,
): Promise<{ oursMs: number; pdfkitMs: number; ratio: number; bytes: number }> {
  const ours: number[] = []
  const theirs: number[] = []
  let bytes = 0
  const warmUp = 10
  for (let round = 0; round < rounds + warmUp; round++) {
    const ticket = aTicketPrint({
      attendeeName: `Ana Núñez ${round} de la ${round * 7919}`,
      orderId: `ord_01jd0zr1a2b3c4d5e6f7g8${1000 + round}`,
    })
    const oursTook = await timed(async () => {
      bytes = (await renderTicketsPdf([ticket])).length
    })
    const theirsTook = await timed(() => renderWithPdfKit(ticket))
    if (round < warmUp) continue
    ours.push(oursTook)
    theirs.push(theirsTook)
  }
  const [oursMs, pdfkitMs] = [median(ours), median(theirs)]
  return { oursMs, pdfkitMs, ratio: oursMs / pdfkitMs, bytes }
}

/** The same page: band, two weights of Noto Sans, the same lines of text, the same QR code as rectangles in one path. */
async function renderWithPdfKit(ticket: TicketPrint): Promise<Buffer> {
  const document = new PdfKit({ size: [297.64, 419.53], margin: 0, info: { Title: ticket.eventName } })
  const done = buffer(document)
  const times = describeEventTimes(ticket, ticket.locale)
  const write = (font: Buffer, size: number, colour: string, text: string, x: number, y: number, width: number) =>
    document.font(font).fontSize(size).fillColor(colour).text(text, x, y, { width })
  document.rect(0, 0, 297.64, 90).fill(ticket.accent)
  write(regular, 8.5, '#fff', ticket.organiserName, 22, 17, 253)
  write(bold, 19, '#fff', ticket.eventName, 22, 30, 253)
  write(bold, 6.5, '#666', 'WHEN', 22, 100, 120)
  write(bold, 10.5, '#111', times.date, 22, 110, 120)
  write(bold, 10.5, '#111', times.time, 22, 124, 120)
  write(regular, 7.5, '#666', times.zone, 22, 138, 120)
  write(regular, 7.5, '#666', `Doors ${times.doors}`, 22, 148, 120)
  write(bold, 6.5, '#666', 'WHERE', 155, 100, 120)
  write(bold, 10.5, '#111', ticket.venueName, 155, 110, 120)
  write(regular, 8, '#666', ticket.address, 155, 124, 120)
  document.moveTo(22, 174).lineTo(275, 174).dash(1, { space: 3 }).stroke('#bbb')
  write(bold, 6.5, '#666', 'NAME', 22, 182, 120)
  write(bold, 11.5, '#111', ticket.attendeeName, 22, 192, 120)
  write(bold, 6.5, '#666', 'TICKET', 155, 182, 120)
  write(bold, 11.5, '#111', ticket.ticketTypeName, 155, 192, 120)
  write(regular, 8, '#666', describePrice(ticket.price, 'en'), 155, 208, 120)
  const { modules } = create([{ data: ticket.code, mode: 'alphanumeric' }], {
    errorCorrectionLevel: 'M',
    maskPattern: 3,
  })
  const module = 134 / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const start = column
      while (column < modules.size && modules.get(row, column)) column++
      if (column > start) document.rect(82 + start * module, 248 + row * module, (column - start) * module, module)
    }
  }
  document.fill('#000')
  write(
    regular,
    6.5,
    '#666',
    'Admits one person, once. Whoever shows the code first gets in: keep it to yourself.',
    22,
    395,
    270,
  )
  write(regular, 6.5, '#666', `${ticket.ticketId} · ${ticket.orderId}`, 22, 404, 253)
  document.end()
  return done
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.trunc(values.length / 2)] ?? Number.NaN
}

if (import.meta.main) {
  const { oursMs, pdfkitMs, ratio, bytes } = await benchTicketPdf()
  console.info(
    `one ticket PDF, warm: ${oursMs.toFixed(1)} ms (${bytes} bytes); pdfkit ${pdfkitMs.toFixed(1)} ms; ratio ${ratio.toFixed(2)}`,
  )
}

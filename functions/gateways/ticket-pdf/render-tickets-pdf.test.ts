import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import type { TicketPrint } from '#functions/usecases/ticket-print.ts'
import { type Bitmap, countPdfPages, decodeQr, extractPdfText, rasterisePdf } from '#tests/support/pdf.ts'
import { aTicketPrint } from '#tests/support/ticket-prints.ts'
import { renderTicketsPdf } from './render-tickets-pdf.ts'

const hostile = '<img src=x onerror=alert(1)></script>\n\u202Efdp.exe\u202C \u0000🎉'

const arabic: Partial<TicketPrint> = {
  attendeeName: 'محمد عبد الرحمن',
  eventName: 'ليلة Jazz في القاهرة',
  locale: 'ar-EG',
}
const japanese: Partial<TicketPrint> = {
  attendeeName: '佐藤 さくら',
  eventName: '春の夜のジャズ・コンサート',
  locale: 'ja-JP',
}
const longWinded: Partial<TicketPrint> = {
  eventName: `${hostile} ${'and more of it '.repeat(20)}`,
  attendeeName: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(5),
  venueName: 'Memorial Auditorium of Arts, Sciences and Letters '.repeat(4),
  address: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch '.repeat(4),
  ticketTypeName: 'Two-day pass with camping and parking '.repeat(4),
  organiserName: 'x'.repeat(300),
  endsAt: '2027-03-17T22:00:00.000Z',
}

/** Dark pixels inside a box given in points from the page's top left corner. */
function inkWithin(
  { width, rgba }: Bitmap,
  scale: number,
  [left, top, right, bottom]: [number, number, number, number],
): number {
  let ink = 0
  for (let y = Math.round(top * scale); y < bottom * scale; y++) {
    for (let x = Math.round(left * scale); x < right * scale; x++) {
      const at = (y * width + x) * 4
      if ((rgba[at] ?? 255) + (rgba[at + 1] ?? 255) + (rgba[at + 2] ?? 255) < 380) ink++
    }
  }
  return ink
}

const nameBox: [number, number, number, number] = [22, 192, 148, 226]
const quietZone: [number, number, number, number][] = [
  [68, 235, 230, 247],
  [68, 384, 230, 394],
  [66, 240, 80, 390],
  [218, 240, 232, 390],
]

test.each([
  ['Latin', {}],
  ['Arabic', arabic],
  ['Japanese', japanese],
  ['hostile and long', longWinded],
  ['unknown scripts and emoji', { attendeeName: '김민수 שלום 🎉', eventName: '🎸' }],
  ['unknown locale and colour', { locale: 'xx_bad', accent: 'red' }],
])('a ticket in %s is one page whose painted QR code is the code', async (_, changes: Partial<TicketPrint>) => {
  const ticket = aTicketPrint(changes)
  const pdf = await renderTicketsPdf([ticket])
  expect(await countPdfPages(pdf)).toBe(1)
  const scale = 2
  const bitmap = await rasterisePdf(pdf, { scale })
  expect(await decodeQr(bitmap)).toEqual([ticket.code])
  for (const side of quietZone) expect(inkWithin(bitmap, scale, side)).toBe(0)
  expect(inkWithin(bitmap, scale, nameBox)).toBeGreaterThan(100)
})

test('a nameless ticket leaves the name box empty, so ink there is the name', async () => {
  const bitmap = await rasterisePdf(await renderTicketsPdf([aTicketPrint({ attendeeName: '' })]), { scale: 2 })
  expect(inkWithin(bitmap, 2, nameBox)).toBe(0)
})

test('the code is still read when the page is as small as a phone shows it', async () => {
  const ticket = aTicketPrint()
  expect(await decodeQr(await rasterisePdf(await renderTicketsPdf([ticket]), { scale: 1.1 }))).toEqual([ticket.code])
})

test('date and time are those of the venue, with the zone named', async () => {
  const text = await extractPdfText(await renderTicketsPdf([aTicketPrint()]))
  expect(text).toMatch(/Sunday,? 14 March 2027/)
  expect(text).toContain('20:30 – 23:00')
  expect(text).toContain('Central European Standard Time')
  expect(text).toContain('Doors 19:45')
  const tokyo = await extractPdfText(await renderTicketsPdf([aTicketPrint({ timeZone: 'Asia/Tokyo' })]))
  expect(tokyo).toMatch(/Monday,? 15 March 2027/)
  expect(tokyo).toContain('Japan Standard Time')
})

test('a hostile name is plain text on the page and in the title', async () => {
  const pdf = await renderTicketsPdf([aTicketPrint({ attendeeName: hostile, eventName: hostile })])
  expect((await extractPdfText(pdf)).replace(/\s+/g, ' ')).toContain('<img src=x onerror=alert(1)></script> fdp.exe')
  const document = await PDFDocument.load(pdf)
  expect(document.getTitle()).toBe('<img src=x onerror=alert(1)></script> fdp.exe')
  expect(document.getAuthor()).toBe('Molino Nights')
  expect(document.getLanguage()).toBe('en-GB')
})

test('each ticket has its page, in order, with its own code', async () => {
  const [first, second] = [
    aTicketPrint(),
    aTicketPrint({ code: aTicketPrint().code.replace(/.{3}$/, '000'), price: { amountMinor: 0, currency: 'EUR' } }),
  ]
  const pdf = await renderTicketsPdf([first, second])
  expect(await countPdfPages(pdf)).toBe(2)
  expect(await decodeQr(await rasterisePdf(pdf, { page: 1 }))).toEqual([second.code])
  expect(await extractPdfText(pdf, 0)).toContain('€24.50')
  expect(await extractPdfText(pdf, 1)).toContain('Free')
})

test('a ticket is small, and the same ticket is the same bytes', async () => {
  const pdf = await renderTicketsPdf([aTicketPrint()])
  expect(pdf.length).toBeLessThanOrEqual(16 * 1024)
  expect(await renderTicketsPdf([aTicketPrint()])).toEqual(pdf)
})

test('a document without tickets is refused', async () => {
  await expect(renderTicketsPdf([])).rejects.toThrow(RangeError)
})

import { PDFDocument, PDFName } from 'pdf-lib'
import type { TicketPrint } from '#functions/usecases/ticket-print.ts'
import { documents } from '#src/i18n/documents.ts'
import { describeEventTimes, describePrice, supportedLocale } from '../event-wording.ts'
import { Canvas } from './canvas.ts'
import { compressed, DocumentFonts } from './document-fonts.ts'
import { drawTicket, pageSize } from './draw-ticket.ts'
import { loadFaces } from './fonts.ts'
import { cleanText } from './shape.ts'

/**
 * One A6 page for each ticket. The same tickets give the same bytes, so a retried upload changes nothing.
 *
 * @throws RangeError when there is no ticket
 */
export async function renderTicketsPdf(tickets: readonly TicketPrint[]): Promise<Uint8Array> {
  const [first] = tickets
  if (!first) throw new RangeError('a document needs a ticket')
  const faces = await loadFaces(tickets.map(shownText).join())
  const document = await PDFDocument.create({ updateMetadata: false })
  const fonts = new DocumentFonts()
  const pages = tickets.map((ticket) => {
    const canvas = new Canvas(fonts)
    drawTicket(canvas, ticket, faces)
    const page = document.addPage([pageSize.width, pageSize.height])
    page.node.addContentStream(compressed(document.context, Buffer.from(canvas.content, 'latin1')))
    return page
  })
  for (const [key, font] of Object.entries(fonts.embedInto(document.context))) {
    for (const page of pages) page.node.setFontDictionary(PDFName.of(key), font)
  }
  describeDocument(document, first)
  return document.save({ addDefaultPage: false })
}

/** Dates and money may bring letters of their own: a Japanese locale writes kanji on an English ticket. */
function shownText(ticket: TicketPrint): string {
  const { locale, price, language = 'en' } = ticket
  return JSON.stringify([
    ticket,
    describeEventTimes(ticket, locale),
    describePrice(price, language),
    documents[language],
  ])
}

function describeDocument(document: PDFDocument, { eventName, organiserName, locale }: TicketPrint): void {
  document.setTitle(cleanText(eventName), { showInWindowTitleBar: true })
  document.setAuthor(cleanText(organiserName))
  document.setLanguage(supportedLocale(locale))
  document.setProducer('Marquee')
}

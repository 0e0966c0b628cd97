import { createSigner } from '#functions/gateways/signer.ts'
import type { TicketPrint } from '#functions/usecases/ticket-print.ts'

const signer = createSigner({ masterSecrets: { 1: 'a master secret for tests, nowhere else' }, currentKeyId: 1 })
const ids = { eventId: 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy', ticketId: 'tkt_01jd0zr1a2b3c4d5e6f7g8h9jk' }

const ticket: TicketPrint = {
  code: signer.signTicket(ids),
  ticketId: ids.ticketId,
  orderId: 'ord_01jd0zr1a2b3c4d5e6f7g8h9jm',
  eventName: 'Flamenco at the Water Mill',
  startsAt: '2027-03-14T19:30:00.000Z',
  endsAt: '2027-03-14T22:00:00.000Z',
  doorsAt: '2027-03-14T18:45:00.000Z',
  timeZone: 'Europe/Madrid',
  venueName: 'Teatro del Molino',
  address: 'Calle del Agua 12, 41001 Seville, Spain',
  ticketTypeName: 'General admission',
  attendeeName: 'Lucía Fernández-Ávila',
  price: { amountMinor: 2450, currency: 'EUR' },
  organiserName: 'Molino Nights',
  accent: '#b3261e',
  locale: 'en-GB',
}

/** A believable ticket with a code that verifies, changed where a test needs it. */
export function aTicketPrint(changes: Partial<TicketPrint> = {}): TicketPrint {
  return { ...ticket, ...changes }
}

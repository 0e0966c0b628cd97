import papaparse from 'papaparse'
import type { AttendeesResponse } from '#contracts/organiser.ts'
import { minorDigits } from '#domain/money.ts'
import type { Answer } from '#domain/orders.ts'

/** A cell that begins like this is run as a formula by spreadsheets, also behind white space (OWASP, "CSV Injection"). */
const formulaStart = /^\s*[=+\-@\t\r＝＋－＠]/u

type AttendeeRow = AttendeesResponse['attendees'][number] & { readonly answers: readonly Answer[] }

/** RFC 4180, with the mark that makes spreadsheets read it as UTF-8. */
export function csvOf(attendees: readonly AttendeeRow[]): string {
  const rows = attendees.map(({ price: { amountMinor, currency }, ...attendee }) => ({
    ticket: attendee.ticketId,
    order: attendee.orderId,
    name: attendee.name,
    email: attendee.email,
    ticket_type: attendee.ticketTypeName,
    price: (amountMinor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)),
    currency,
    status: attendee.status,
    bought_at: attendee.boughtAt,
    admitted_at: attendee.admittedAt ?? '',
    answers: linesOf(attendee.answers),
  }))
  return `\ufeff${papaparse.unparse({ fields: columns, data: rows }, { escapeFormulae: formulaStart })}\r\n`
}

const columns = [
  'ticket',
  'order',
  'name',
  'email',
  'ticket_type',
  'price',
  'currency',
  'status',
  'bought_at',
  'admitted_at',
  'answers',
]

/** Buyers' programs name the questions, so they share one cell. */
const linesOf = (answers: readonly Answer[]): string =>
  answers.map(({ question, answer }) => `${question}: ${answer}`).join('\n')

import type { EventRecord } from './catalog.ts'
import { type Language, siteLanguage } from './languages.ts'
import type { Order, Ticket } from './orders.ts'
import { languageOf, languagesOf } from './translations.ts'

/** The language of an order's page, mails and tickets. One that the event is no longer offered in stays: the site speaks it. */
export const languageFor = (
  { language }: Pick<Order, 'language'>,
  event: Pick<EventRecord, 'language' | 'translations'>,
): Language => language ?? (languagesOf(event).includes(siteLanguage) ? siteLanguage : languageOf(event))

/** What the buyer of a ticket knows its type as. */
export const shownNameOf = (
  { lines }: Pick<Order, 'lines'>,
  ticket: Pick<Ticket, 'ticketTypeId' | 'ticketTypeName'>,
): string => lines.find(({ ticketTypeId }) => ticketTypeId === ticket.ticketTypeId)?.shownAs ?? ticket.ticketTypeName

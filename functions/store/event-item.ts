import { z } from 'zod'
import {
  categories,
  chargeModes,
  type EventRecord,
  type ListingCard,
  type Organisation,
  saleStates,
} from '#domain/catalog.ts'
import { languages, siteLanguage } from '#domain/languages.ts'

const picture = z.object({
  base: z.string(),
  widths: z.array(z.int()),
  aspectRatio: z.number(),
  alt: z.string(),
  colour: z.string(),
  focus: z.object({ x: z.int(), y: z.int() }).optional(),
})

const venue = z.object({
  name: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  citySlug: z.string(),
  country: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
})

const words = z.object({
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  accessibility: z.string(),
  ticketTypes: z.record(z.string(), z.object({ name: z.string(), description: z.string() })),
})

const event = z.object({
  id: z.string(),
  organisationId: z.string(),
  organiser: z.object({ slug: z.string(), name: z.string(), accent: z.string() }),
  slug: z.string(),
  formerSlugs: z.array(z.string()).optional(),
  version: z.int(),
  status: z.enum(['draft', 'published', 'cancelled']),
  saleState: z.enum(saleStates),
  language: z.enum(languages).optional(),
  translations: z.partialRecord(z.enum(languages), words).optional(),
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  category: z.enum(categories),
  startsAt: z.string(),
  endsAt: z.string(),
  doorsAt: z.string().optional(),
  timeZone: z.string(),
  currency: z.string(),
  venue,
  picture: picture.nullable(),
  accessibility: z.string(),
  performers: z.array(z.string()).optional(),
  cancellation: z.object({ refundableUntilHours: z.number().nullable() }),
  showsRemaining: z.boolean(),
  highDemand: z.boolean(),
  maxPerOrder: z.int(),
  maxPerBuyer: z.int().nullable(),
  fee: z.object({ fixedMinor: z.int(), basisPoints: z.int(), mode: z.enum(chargeModes) }).optional(),
  tax: z.object({ name: z.string(), basisPoints: z.int(), mode: z.enum(chargeModes) }).optional(),
  ticketTypes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      priceMinor: z.int(),
      poolIds: z.array(z.string()),
      salesStartAt: z.string().optional(),
      salesEndAt: z.string().optional(),
      maxPerOrder: z.int(),
      hidden: z.boolean(),
      phases: z
        .array(
          z.object({
            name: z.string(),
            priceMinor: z.int(),
            endsAt: z.string().optional(),
            poolId: z.string().optional(),
          }),
        )
        .optional(),
    }),
  ),
  pools: z.array(z.object({ id: z.string(), name: z.string(), capacity: z.int(), shards: z.int() })),
  emptyPoolIds: z.array(z.string()).optional(),
  previousStarts: z.array(z.string()).optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  changedAt: z.string().optional(),
  publishedAt: z.string().optional(),
})

const card = z.object({
  eventId: z.string(),
  slug: z.string(),
  // Cards that were written before there were languages have none.
  language: z.enum(languages).default(siteLanguage),
  languages: z.array(z.enum(languages)).default([siteLanguage]),
  name: z.string(),
  summary: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  timeZone: z.string(),
  venueName: z.string(),
  city: z.string(),
  citySlug: z.string(),
  category: z.enum(categories),
  organiser: z.object({ slug: z.string(), name: z.string() }),
  priceFrom: z.object({ amountMinor: z.int(), currency: z.string() }).nullable(),
  picture: picture.nullable(),
  saleState: z.enum(saleStates),
  // Nor have these the cards of before there were feeds.
  version: z.int().default(1),
  publishedAt: z.string().optional(),
  updatedAt: z.string(),
  changedAt: z.string().optional(),
})

const organisation = z.object({
  id: z.string(),
  slug: z.string(),
  // Those that were written before they could be edited have none.
  version: z.int().default(1),
  name: z.string(),
  about: z.string(),
  accent: z.string(),
  email: z.string(),
  website: z.string().optional(),
  logo: picture.optional(),
  createdAt: z.string(),
})

/**
 * Events and cards are written and read whole, by a full publish all of them: as one text they cost the database and its reader a third of
 * what attributes do. Beside it stands what keys, indexes and conditions ask for.
 */
export const eventAttributes = (record: EventRecord) => ({
  ...{ id: record.id, version: record.version, saleState: record.saleState, emptyPoolIds: record.emptyPoolIds },
  record: JSON.stringify(record),
})
export const cardAttributes = (card: ListingCard) => ({ card: JSON.stringify(card) })

const withRecord = z.object({ record: z.string().optional() })
const withCard = z.object({ card: z.string().optional() })
/** Items of before were all attributes. */
const unfolded = (item: unknown, text: string | undefined): unknown => (text === undefined ? item : JSON.parse(text))

/** An item of the catalog or an image in its stream; what does not fit is a fault, not a refusal. */
export const parseEvent = (item: unknown): EventRecord => event.parse(unfolded(item, withRecord.parse(item).record))
export function parseCard(item: unknown): ListingCard {
  const parsed = card.parse(unfolded(item, withCard.parse(item).card))
  const { updatedAt, publishedAt = updatedAt, changedAt = updatedAt } = parsed
  return { ...parsed, publishedAt, changedAt }
}
export const parseOrganisation = (item: unknown): Organisation => organisation.parse(item)

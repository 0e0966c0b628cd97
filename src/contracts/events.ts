import { z } from 'zod'
import { categories, chargeModes, roles, saleStates } from '#domain/catalog.ts'
import { languages, siteLanguage } from '#domain/languages.ts'
import { currency, eventInstant, id, instant, line, lineOrNothing, page, paragraph, timeZone } from './common.ts'
import { picture } from './pictures.ts'

/** To a tenth of a metre. */
const degrees = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .transform((value) => Math.round(value * 1e6) / 1e6)

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const isCountry = (code: string): boolean => ![undefined, 'Unknown Region'].includes(regions.of(code))

export const venueInput = z
  .strictObject({
    name: line(120),
    street: line(160),
    postalCode: lineOrNothing(20),
    city: line(80),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .refine(isCountry, 'is not a country'),
    latitude: degrees(90).optional(),
    longitude: degrees(180).optional(),
  })
  .refine(({ latitude, longitude }) => latitude === undefined || longitude !== undefined, {
    path: ['longitude'],
    error: 'is missing beside the latitude',
  })
  .refine(({ latitude, longitude }) => longitude === undefined || latitude !== undefined, {
    path: ['latitude'],
    error: 'is missing beside the longitude',
  })

const basisPoints = (min: number) => z.int().min(min).max(10_000)

/** Of each ticket that costs something. */
const fee = z.strictObject({
  fixedMinor: z.int().min(0).max(1_000_000),
  basisPoints: basisPoints(0),
  mode: z.enum(chargeModes),
})
/** Rounded once a line. */
const tax = z.strictObject({ name: line(30), basisPoints: basisPoints(1), mode: z.enum(chargeModes) })

/** At least one of its texts is written. */
const eventWords = z.strictObject({
  name: lineOrNothing(140).default(''),
  summary: lineOrNothing(200).default(''),
  description: paragraph(10_000).default(''),
  accessibility: paragraph(2000).default(''),
  /** By the ticket type's id. */
  ticketTypes: z
    .record(id('tty'), z.strictObject({ name: lineOrNothing(80), description: paragraph(500).default('') }))
    .default({}),
})

const eventFields = {
  /** In which the event is written. */
  language: z.enum(languages),
  /** The same words in further languages; what is empty there reads as it was written. */
  translations: z.partialRecord(z.enum(languages), eventWords),
  name: line(140),
  summary: line(200),
  description: paragraph(10_000),
  category: z.enum(categories),
  startsAt: eventInstant,
  endsAt: eventInstant,
  doorsAt: eventInstant.nullable(),
  timeZone,
  currency,
  venue: venueInput,
  accessibility: paragraph(2000),
  /** Who is on, as they bill themselves. */
  performers: z.array(line(120)).max(20),
  cancellation: z.strictObject({ refundableUntilHours: z.int().min(0).max(8760).nullable() }),
  showsRemaining: z.boolean(),
  highDemand: z.boolean(),
  maxPerOrder: z.int().min(1).max(100),
  maxPerBuyer: z.int().min(1).max(1000).nullable(),
  fee: fee.nullable(),
  tax: tax.nullable(),
}

export const createEventRequest = z.strictObject({
  organisationId: id('org'),
  ...eventFields,
  language: eventFields.language.default(siteLanguage),
  translations: eventFields.translations.default({}),
  doorsAt: eventFields.doorsAt.default(null),
  accessibility: eventFields.accessibility.default(''),
  performers: eventFields.performers.default([]),
  cancellation: eventFields.cancellation.default({ refundableUntilHours: null }),
  showsRemaining: eventFields.showsRemaining.default(false),
  highDemand: eventFields.highDemand.default(false),
  maxPerOrder: eventFields.maxPerOrder.default(10),
  maxPerBuyer: eventFields.maxPerBuyer.default(null),
  fee: eventFields.fee.default(null),
  tax: eventFields.tax.default(null),
})
export type CreateEventRequest = z.infer<typeof createEventRequest>

/** Only the fields to change, and the version that the editor read. */
export const editEventRequest = z
  .strictObject({ version: z.int().min(1) })
  .extend(z.strictObject(eventFields).partial().shape)
export type EditEventRequest = z.infer<typeof editEventRequest>

const phase = z.strictObject({
  name: line(60),
  priceMinor: z.int().min(0).max(100_000_000),
  endsAt: eventInstant.nullable().default(null),
  /** The allotment: a pool that no ticket type draws on. */
  poolId: id('poo').nullable().default(null),
})

export const putTicketTypeRequest = z.strictObject({
  version: z.int().min(1),
  name: line(80),
  description: paragraph(500).default(''),
  /** 0, or at least 50: payment providers refuse less. */
  priceMinor: z.int().min(0).max(100_000_000),
  poolIds: z.array(id('poo')).min(1).max(5),
  salesStartAt: eventInstant.nullable().default(null),
  salesEndAt: eventInstant.nullable().default(null),
  maxPerOrder: z.int().min(1).max(100).default(10),
  hidden: z.boolean().default(false),
  /** One after the other; then `priceMinor` holds. A phase ends at its time or when its allotment is empty. */
  phases: z.array(phase).max(5).default([]),
})
export type PutTicketTypeRequest = z.infer<typeof putTicketTypeRequest>

export const putPoolRequest = z.strictObject({
  version: z.int().min(1),
  name: line(80),
  capacity: z.int().min(0).max(1_000_000),
})
export type PutPoolRequest = z.infer<typeof putPoolRequest>

export const versionRequest = z.strictObject({ version: z.int().min(1) })
export type VersionRequest = z.infer<typeof versionRequest>

export const addressRequest = z.strictObject({ version: z.int().min(1), slug: z.string().min(1).max(60) })
export type AddressRequest = z.infer<typeof addressRequest>

export const deletedResponse = z.object({})

export const organiserEvent = z.object({
  id: id('evt'),
  organisationId: id('org'),
  slug: z.string(),
  /** Addresses that it had, the latest first: they lead to the present one. */
  formerSlugs: z.array(z.string()),
  version: z.int(),
  status: z.enum(['draft', 'published', 'cancelled']),
  saleState: z.enum(saleStates),
  language: z.enum(languages),
  translations: z.partialRecord(z.enum(languages), eventWords),
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  category: z.enum(categories),
  startsAt: instant,
  endsAt: instant,
  doorsAt: instant.nullable(),
  timeZone: z.string(),
  currency: z.string(),
  venue: z.object({
    name: z.string(),
    street: z.string(),
    postalCode: z.string(),
    city: z.string(),
    citySlug: z.string(),
    country: z.string(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  accessibility: z.string(),
  performers: z.array(z.string()),
  cancellation: z.object({ refundableUntilHours: z.int().nullable() }),
  showsRemaining: z.boolean(),
  highDemand: z.boolean(),
  maxPerOrder: z.int(),
  maxPerBuyer: z.int().nullable(),
  fee: fee.nullable(),
  tax: tax.nullable(),
  picture: picture.nullable(),
  ticketTypes: z.array(
    z.object({
      id: id('tty'),
      name: z.string(),
      description: z.string(),
      priceMinor: z.int(),
      poolIds: z.array(z.string()),
      salesStartAt: instant.nullable(),
      salesEndAt: instant.nullable(),
      maxPerOrder: z.int(),
      hidden: z.boolean(),
      phases: z.array(phase),
    }),
  ),
  pools: z.array(z.object({ id: id('poo'), name: z.string(), capacity: z.int(), shards: z.int() })),
  /** First publication; null while it never was: only then can it be deleted. */
  publishedAt: instant.nullable(),
  /** Site path of the public page. */
  path: z.string(),
  /** And of its organiser's. */
  organiserPath: z.string(),
  /** What the signed-in member may do with it. */
  role: z.enum(roles),
})
export type OrganiserEvent = z.infer<typeof organiserEvent>

export const organiserEventResponse = z.object({ event: organiserEvent })
export type OrganiserEventResponse = z.infer<typeof organiserEventResponse>

export const eventsQuery = z.strictObject({ ...page.shape, organisationId: id('org').optional() })

export const organiserEventsResponse = z.object({
  events: z.array(
    organiserEvent
      .pick({
        id: true,
        organisationId: true,
        slug: true,
        status: true,
        saleState: true,
        name: true,
        startsAt: true,
        timeZone: true,
        path: true,
      })
      .extend({ city: z.string() }),
  ),
  cursor: z.string().nullable(),
})
export type OrganiserEventsResponse = z.infer<typeof organiserEventsResponse>

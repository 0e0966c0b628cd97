import type { CreateEventRequest, OrganiserEvent, PutTicketTypeRequest } from '#contracts/events.ts'
import type { Category, ChargeMode } from '#domain/catalog.ts'
import { type Language, siteLanguage } from '#domain/languages.ts'
import { instantOf, localTimeOf } from '#domain/schedule.ts'
import { performersOf, performersText } from './performer-names.ts'
import { type PhaseForm, phaseFormOf, phaseRequestOf } from './phase-form.ts'
import { majorOf, minorOf } from './prices.ts'

/** What the inputs hold: texts, and times as a clock at the venue shows them (`2027-03-01T19:30`). */
export interface EventForm {
  language: Language
  name: string
  summary: string
  description: string
  category: Category
  startsAt: string
  endsAt: string
  doorsAt: string
  timeZone: string
  currency: string
  venueName: string
  street: string
  postalCode: string
  city: string
  country: string
  accessibility: string
  /** As people list them: see performer-names.ts. */
  performers: string
  /** Hours before the start; empty: no refunds. */
  refundableUntilHours: string
  showsRemaining: boolean
  highDemand: boolean
  maxPerOrder: string
  /** Empty: no limit. */
  maxPerBuyer: string
  /** In the major unit, as prices are; empty: none. */
  feeFixed: string
  /** `2.5`; empty: none. */
  feePercent: string
  feeMode: ChargeMode
  taxName: string
  taxPercent: string
  taxMode: ChargeMode
}

export function emptyEventForm(timeZone: string): EventForm {
  return {
    language: siteLanguage,
    name: '',
    summary: '',
    description: '',
    category: 'music',
    startsAt: '',
    endsAt: '',
    doorsAt: '',
    timeZone,
    currency: 'EUR',
    venueName: '',
    street: '',
    postalCode: '',
    city: '',
    country: '',
    accessibility: '',
    performers: '',
    refundableUntilHours: '',
    showsRemaining: false,
    highDemand: false,
    maxPerOrder: '10',
    maxPerBuyer: '',
    feeFixed: '',
    feePercent: '',
    feeMode: 'added',
    taxName: 'VAT',
    taxPercent: '',
    taxMode: 'inclusive',
  }
}

export function eventFormOf(event: OrganiserEvent): EventForm {
  const local = (instant: string | null) => (instant ? localTimeOf(instant, event.timeZone) : '')
  return {
    language: event.language,
    name: event.name,
    summary: event.summary,
    description: event.description,
    category: event.category,
    startsAt: local(event.startsAt),
    endsAt: local(event.endsAt),
    doorsAt: local(event.doorsAt),
    timeZone: event.timeZone,
    currency: event.currency,
    venueName: event.venue.name,
    street: event.venue.street,
    postalCode: event.venue.postalCode,
    city: event.venue.city,
    country: event.venue.country,
    accessibility: event.accessibility,
    performers: performersText(event.performers),
    refundableUntilHours: text(event.cancellation.refundableUntilHours),
    showsRemaining: event.showsRemaining,
    highDemand: event.highDemand,
    maxPerOrder: text(event.maxPerOrder),
    maxPerBuyer: text(event.maxPerBuyer),
    feeFixed: event.fee ? majorOf(event.fee.fixedMinor, event.currency) : '',
    feePercent: percentOf(event.fee?.basisPoints ?? 0),
    feeMode: event.fee?.mode ?? 'added',
    taxName: event.tax?.name ?? 'VAT',
    taxPercent: percentOf(event.tax?.basisPoints ?? 0),
    taxMode: event.tax?.mode ?? 'inclusive',
  }
}

/** Messages by field of what cannot be made an instant: a night in spring has an hour that no clock shows. */
export function timeErrors(form: EventForm): Record<string, string> {
  const { timeZone } = form
  if (!isTimeZone(timeZone)) return { timeZone: 'is none: choose one from the list' }
  const wrong = (local: string): string => {
    if (!/^2[01]\d\d-/.test(local)) return 'must be within 2000 to 2199'
    const isShown = localTimeOf(instantOf(local, timeZone), timeZone) === local
    return isShown ? '' : 'clocks go forward then, and no clock shows this time'
  }
  const times = (['startsAt', 'endsAt', 'doorsAt'] as const).filter((field) => form[field] !== '')
  return Object.fromEntries(times.map((field) => [field, wrong(form[field])]).filter(([, message]) => message !== ''))
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** The request's fields; a missing time stays empty, so that the server names it. Coordinates of an unmoved venue stay. */
export function eventFieldsOf(
  form: EventForm,
  venue?: OrganiserEvent['venue'],
): Omit<CreateEventRequest, 'organisationId' | 'translations'> {
  const instant = (local: string) => (local === '' ? '' : instantOf(local, form.timeZone))
  const moved = venue === undefined || venue.street !== form.street || venue.city !== form.city
  return {
    language: form.language,
    name: form.name,
    summary: form.summary,
    description: form.description,
    category: form.category,
    startsAt: instant(form.startsAt),
    endsAt: instant(form.endsAt),
    doorsAt: form.doorsAt === '' ? null : instant(form.doorsAt),
    timeZone: form.timeZone,
    currency: form.currency.toUpperCase(),
    venue: {
      name: form.venueName,
      street: form.street,
      postalCode: form.postalCode,
      city: form.city,
      country: form.country.toUpperCase(),
      ...(moved ? {} : { latitude: venue.latitude, longitude: venue.longitude }),
    },
    accessibility: form.accessibility,
    performers: performersOf(form.performers),
    cancellation: { refundableUntilHours: wholeOrNull(form.refundableUntilHours) },
    showsRemaining: form.showsRemaining,
    highDemand: form.highDemand,
    maxPerOrder: Number(form.maxPerOrder),
    maxPerBuyer: wholeOrNull(form.maxPerBuyer),
    fee: feeOf(form),
    tax: taxOf(form),
  }
}

function feeOf({ feeFixed, feePercent, feeMode, currency }: EventForm): CreateEventRequest['fee'] {
  const fixedMinor = feeFixed.trim() === '' ? 0 : minorOf(feeFixed, currency.toUpperCase())
  const basisPoints = basisPointsOf(feePercent)
  return fixedMinor === 0 && basisPoints === 0 ? null : { fixedMinor, basisPoints, mode: feeMode }
}

function taxOf({ taxName, taxPercent, taxMode }: EventForm): CreateEventRequest['tax'] {
  const basisPoints = basisPointsOf(taxPercent)
  return basisPoints === 0 ? null : { name: taxName, basisPoints, mode: taxMode }
}

/** `2.5` and `2,50` are 250; NaN for what is no percentage, which the server refuses by name. */
export function basisPointsOf(percent: string): number {
  if (percent.trim() === '') return 0
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(percent.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN
}

export const percentOf = (basisPoints: number): string => (basisPoints === 0 ? '' : String(basisPoints / 100))

export interface TicketTypeForm {
  id: string
  name: string
  description: string
  /** In the major unit, as people write it: `12.50`. */
  price: string
  /** The pool it draws on; empty: a pool of its own with `capacity` places. */
  poolId: string
  capacity: string
  salesStartAt: string
  salesEndAt: string
  maxPerOrder: string
  hidden: boolean
  /** Earlier prices, one after the other. */
  phases: PhaseForm[]
}

export function emptyTicketTypeForm(id: string): TicketTypeForm {
  return {
    id,
    name: '',
    description: '',
    price: '',
    poolId: '',
    capacity: '100',
    salesStartAt: '',
    salesEndAt: '',
    maxPerOrder: '10',
    hidden: false,
    phases: [],
  }
}

export function ticketTypeFormOf(type: OrganiserEvent['ticketTypes'][number], event: OrganiserEvent): TicketTypeForm {
  const local = (instant: string | null) => (instant ? localTimeOf(instant, event.timeZone) : '')
  const poolId = type.poolIds[0] ?? ''
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    price: majorOf(type.priceMinor, event.currency),
    poolId,
    capacity: text(event.pools.find((pool) => pool.id === poolId)?.capacity ?? null),
    salesStartAt: local(type.salesStartAt),
    salesEndAt: local(type.salesEndAt),
    maxPerOrder: text(type.maxPerOrder),
    hidden: type.hidden,
    phases: type.phases.map((phase) => phaseFormOf(phase, event)),
  }
}

/** @param poolIds pools that the type drew on before, kept when it still draws on the first of them. */
export function ticketTypeRequestOf(
  form: TicketTypeForm,
  event: OrganiserEvent,
  poolId: string,
  poolIds: readonly string[] = [],
): PutTicketTypeRequest {
  const instant = (local: string) => (local === '' ? null : instantOf(local, event.timeZone))
  return {
    version: event.version,
    name: form.name,
    description: form.description,
    priceMinor: minorOf(form.price, event.currency),
    poolIds: poolIds[0] === poolId ? [...poolIds] : [poolId],
    salesStartAt: instant(form.salesStartAt),
    salesEndAt: instant(form.salesEndAt),
    maxPerOrder: Number(form.maxPerOrder),
    hidden: form.hidden,
    phases: form.phases.map((phase) => phaseRequestOf(phase, event)),
  }
}

const text = (value: number | null): string => (value === null ? '' : String(value))
const wholeOrNull = (value: string): number | null => (value.trim() === '' ? null : Number(value))

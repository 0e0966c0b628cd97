import { type Language, localeOf } from '#domain/languages.ts'
import { formatMoney, type Money } from '#domain/money.ts'
import { documents } from '#src/i18n/documents.ts'

export interface EventTimes {
  /** UTC, ISO 8601. */
  readonly startsAt: string
  readonly endsAt: string
  readonly doorsAt?: string | undefined
  /** IANA zone of the venue. */
  readonly timeZone: string
}

export interface EventTimesText {
  /** `Sunday, 14 March 2027`, or the range of days. */
  readonly date: string
  /** `20:30 – 23:00` */
  readonly time: string
  /** `Central European Standard Time`: the name in force on that day. */
  readonly zone: string
  readonly doors: string | null
}

const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** A night that ends before the next day's same hour counts as one day, as people speak of it. */
export function describeEventTimes(event: EventTimes, locale: string): EventTimesText {
  const [start, end] = [new Date(event.startsAt), new Date(event.endsAt)]
  const format = (options: Intl.DateTimeFormatOptions) => formatIn(supportedLocale(locale), event.timeZone, options)
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const dated = format({ weekday: 'short', hour: 'numeric', minute: '2-digit' })
  const isOneDay = end.getTime() - start.getTime() < dayMs
  const clock = isOneDay ? time : dated
  return {
    date: isOneDay
      ? format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(start)
      : format({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(start, end),
    time: `${clock.format(start)} – ${clock.format(end)}`,
    zone: zoneName(format({ timeZoneName: 'long' }), start) ?? event.timeZone,
    doors: event.doorsAt === undefined ? null : time.format(new Date(event.doorsAt)),
  }
}

/** `Sun 14 March 2027, 20:30 CET`; a range of days for what lasts longer than one. */
export function describeStart({ startsAt, endsAt, timeZone }: EventTimes, locale: string): string {
  const [start, end] = [new Date(startsAt), new Date(endsAt)]
  const format = (options: Intl.DateTimeFormatOptions) => formatIn(supportedLocale(locale), timeZone, options)
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
  if (end.getTime() - start.getTime() >= dayMs) return format(day).formatRange(start, end)
  const zone = zoneName(format({ timeZoneName: 'short' }), start) ?? timeZone
  const time = format({ hour: 'numeric', minute: '2-digit' }).format(start)
  return `${format({ weekday: 'short', ...day }).format(start)}, ${time} ${zone}`
}

export function describePrice(price: Money, language: Language): string {
  return price.amountMinor === 0 ? documents[language].free : formatMoney(price, localeOf[language])
}

/** A locale that Intl would throw at must not cost anyone a ticket. */
export function supportedLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
}

function zoneName(format: Intl.DateTimeFormat, at: Date): string | undefined {
  return format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value
}

function formatIn(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, timeZone, options])
  const known = formats.get(name)
  if (known) return known
  if (formats.size > 500) formats.clear()
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(name, format)
  return format
}

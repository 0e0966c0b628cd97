/**
 * A format in its time zone, or in UTC where the engine does not know that: a visitor's browser may be older than the zone's name, and one
 * event must not take the others from him.
 *
 * @param locale BCP 47; absent: the visitor's.
 */
export function zonedFormat(locale: string | undefined, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, style)
  } catch {
    return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
  }
}

import type { Language } from '#domain/languages.ts'
import { priceFromText } from '../../components/price.ts'
import { clock, dayPieces, untilText, zoneName } from '../../components/when.ts'
import { stateBadge } from '../../components/words.ts'
import type { Common, Texts } from '../../i18n/texts.ts'
import type { FoundEvent } from './found-event.ts'

/** An event as the list of what was found says it. */
export interface Result {
  readonly href: string
  readonly name: string
  /** Of the name. */
  readonly lang: Language
  readonly day: string
  readonly weekday: string
  readonly date: string
  readonly month: string
  readonly time: string
  readonly place: string
  readonly category: string
  readonly price: string
  readonly badge: string
  readonly badgeClass: string
}

/** What the page says of every event. */
export interface ResultWords {
  readonly common: Common
  readonly states: Texts['site']['state']
}

/** @param isOn it has begun: how long it lasts says more than when that was. */
export function resultOf(event: FoundEvent, category: string, isOn: boolean, { common, states }: ResultWords): Result {
  const { path, language, name, startsAt, timeZone, venueName, city, priceMinor, currency, saleState } = event
  const badge = stateBadge(saleState, states)
  return {
    href: path,
    name,
    lang: language,
    day: startsAt,
    ...dayPieces(startsAt, timeZone, common.locale),
    time: isOn
      ? untilText(event, common)
      : `${clock(startsAt, timeZone, common.locale)} ${zoneName(startsAt, timeZone, common.locale)}`,
    place: `${venueName}, ${city}`,
    category,
    price: priceMinor === null ? '' : priceFromText({ amountMinor: priceMinor, currency }, common),
    badge: badge?.text ?? '',
    badgeClass: badge ? `badge badge-${badge.tone}` : '',
  }
}

import type { AnswerSchema } from '#src/api/client.ts'
import type { NearbyEvent } from './related-to.ts'

/** What is read of `/feeds/nearby/…`: see functions/feeds/json-feed.ts. */
export interface NearbyFeed {
  readonly items: readonly {
    readonly url: string
    readonly title: string
    readonly authors: readonly { readonly name: string }[]
    readonly _marquee: Pick<NearbyEvent, 'startsAt' | 'timeZone' | 'category' | 'saleState'> & {
      readonly venue: string
    }
  }[]
}

const isFeed = (json: unknown): json is NearbyFeed =>
  typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items)

export const feedAnswer: AnswerSchema<NearbyFeed> = {
  safeParse: (json) => (isFeed(json) ? { success: true, data: json } : { success: false }),
}

export function nearbyEvents({ items }: NearbyFeed): readonly NearbyEvent[] {
  return items.map(
    ({ url, title: name, authors, _marquee: { venue: venueName, startsAt, timeZone, category, saleState } }) => {
      const organiser = authors[0]?.name ?? ''
      return { path: new URL(url).pathname, name, venueName, organiser, startsAt, timeZone, category, saleState }
    },
  )
}

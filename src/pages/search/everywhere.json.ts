import type { APIRoute } from 'astro'
import { lists } from '#domain/lists.ts'
import { bestOf } from '../../components/best-known.ts'
import { shardOfEverywhere } from '../../components/search-shard.ts'

/** What the search knows before a city is chosen: the best ranked events, as many as a phone may load. */
export const GET: APIRoute = async ({ locals: { reader, now } }) => {
  const best = await bestOf(reader, lists.searchEverywhere, now)
  return shardOfEverywhere(
    best.map(({ card }) => card),
    lists.searchEverywhere.shows,
  )
}

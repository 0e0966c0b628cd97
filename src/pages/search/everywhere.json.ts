import type { APIRoute } from 'astro'
import { lists } from '#domain/listings.ts'
import { soonestOf } from '../../components/lists.ts'
import { shardOfEverywhere } from '../../components/search-shard.ts'

/** What the search knows before a city is chosen: the soonest events, as many as a phone may load. */
export const GET: APIRoute = async ({ locals: { reader, now } }) =>
  shardOfEverywhere(await soonestOf(reader, lists.searchEverywhere, now), lists.searchEverywhere.shows)

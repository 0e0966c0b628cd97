import type { APIRoute } from 'astro'
import { lists } from '#domain/listings.ts'
import { isListed } from '../../../components/alternates.ts'
import { soonestOf } from '../../../components/lists.ts'
import { shardOfCity } from '../../../components/search-shard.ts'

/** All that the search knows of one city; a city in which nothing is on has an empty one. */
export const GET: APIRoute = async ({ params: { city = '' }, locals: { reader, catalog, language, now } }) => {
  const list = lists.searchIn(city)
  return (await reader.cityBySlug(city)) && (await isListed(catalog, language, list.facet))
    ? shardOfCity(await soonestOf(reader, list, now), list.shows)
    : new Response(null, { status: 404 })
}

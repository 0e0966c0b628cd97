import type { APIRoute } from 'astro'
import { lists } from '#domain/lists.ts'
import { isListed } from '../../../components/alternates.ts'
import { shownOf } from '../../../components/lists.ts'
import { shardOfCity } from '../../../components/search-shard.ts'

/** All that the search knows of one city; a city in which nothing is on has an empty one. */
export const GET: APIRoute = async ({ params: { city = '' }, locals: { reader, catalog, language, now } }) => {
  const list = lists.searchIn(city)
  if (!(await reader.cityBySlug(city)) || !(await isListed(catalog, language, list.facet)))
    return new Response(null, { status: 404 })
  const { running, ahead } = await shownOf(reader, list, now)
  return shardOfCity([...running, ...ahead], list.shows)
}

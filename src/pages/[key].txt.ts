import type { APIRoute } from 'astro'

/** https://www.indexnow.org/documentation: the key stands in a file of that name at the root of the site. */
export const GET: APIRoute = ({ params: { key }, locals: { settings } }) =>
  key !== undefined && key === settings.indexNowKey
    ? new Response(key, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
    : new Response(null, { status: 404 })

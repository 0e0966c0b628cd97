import type { APIRoute } from 'astro'
import { languages, pathIn } from '#domain/languages.ts'
import { isTranslatable, personalPages } from '#domain/site-pages.ts'

export const GET: APIRoute = ({ locals }) =>
  new Response(
    [
      'User-agent: *',
      // The page that describes it may be found; of two rules the longer one holds (RFC 9309).
      'Allow: /api/$',
      'Disallow: /api/',
      // By name: `/*/order/` would hide an event whose address is `order` too.
      ...personalPages
        .flatMap((path) => (isTranslatable(path) ? languages.map((language) => pathIn(language, path)) : [path]))
        .map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${locals.settings.siteUrl}/sitemap.xml`,
      '',
    ].join('\n'),
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )

import type { APIRoute } from 'astro'
import { isTranslatable, personalPages } from '#domain/site-pages.ts'

export const GET: APIRoute = ({ locals }) =>
  new Response(
    [
      'User-agent: *',
      // The page that describes it may be found; of two rules the longer one holds (RFC 9309).
      'Allow: /api/$',
      'Disallow: /api/',
      ...personalPages.flatMap((path) => [
        `Disallow: ${path}`,
        ...(isTranslatable(path) ? [`Disallow: /*${path}`] : []),
      ]),
      '',
      `Sitemap: ${locals.settings.siteUrl}/sitemap.xml`,
      '',
    ].join('\n'),
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )

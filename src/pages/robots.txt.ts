import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ locals }) =>
  new Response(
    [
      'User-agent: *',
      'Disallow: /api/',
      'Disallow: /order/',
      'Disallow: /account/',
      'Disallow: /*/order/',
      'Disallow: /*/account/',
      'Disallow: /desk/',
      'Disallow: /door/',
      '',
      `Sitemap: ${locals.settings.siteUrl}/sitemap.xml`,
      '',
    ].join('\n'),
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )

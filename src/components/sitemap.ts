export interface SitemapEntry {
  readonly url: string
  /** UTC, ISO 8601. */
  readonly changedAt?: string
  /** The page in each of its languages, itself among them; only several are told. */
  readonly alternates?: readonly { readonly language: string; readonly url: string }[]
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
const xhtml = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'

const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Without control characters, lone surrogates, U+FFFE and U+FFFF: these cannot stand in XML 1.0 at all, not even as references. */
export const xmlCharacters = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')

export const escapeXml = (text: string): string =>
  xmlCharacters(text.replace(/[<>&"']/g, (character) => escapes[character] ?? ''))

/** https://www.sitemaps.org/protocol.html: at most 50,000 entries. */
export function sitemap(entries: readonly SitemapEntry[]): string {
  const urls = entries.map(({ url, changedAt, alternates = [] }) => {
    const changed = changedAt === undefined ? '' : `<lastmod>${changedAt}</lastmod>`
    return `<url><loc>${escapeXml(url)}</loc>${changed}${linksTo(alternates)}</url>\n`
  })
  return `${head}<urlset ${namespace} ${xhtml}>\n${urls.join('')}</urlset>\n`
}

const linksTo = (alternates: NonNullable<SitemapEntry['alternates']>): string =>
  alternates.length < 2
    ? ''
    : alternates
        .map(({ language, url }) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escapeXml(url)}"/>`)
        .join('')

export function sitemapIndex(urls: readonly string[]): string {
  const sitemaps = urls.map((url) => `<sitemap><loc>${escapeXml(url)}</loc></sitemap>\n`)
  return `${head}<sitemapindex ${namespace}>\n${sitemaps.join('')}</sitemapindex>\n`
}

export const xmlResponse = (body: string, contentType = 'application/xml; charset=utf-8'): Response =>
  new Response(body, { headers: { 'content-type': contentType } })

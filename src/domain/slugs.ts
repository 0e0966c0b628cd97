/** Readable piece of an address: `Café Oué, Sevilla!` → `cafe-oue-sevilla`. Text without Latin letters or digits gives `fallback`. */
export function slugOf(text: string, fallback: string): string {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[æœ]/g, (letter) => (letter === 'æ' ? 'ae' : 'oe'))
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? fallback : slug
}

/** The same slug told apart by the end of an id, for when the plain one is taken. */
export const slugWithSuffix = (slug: string, id: string): string => `${slug}-${id.slice(-6)}`

/** A city's own piece of an address, also when its name has no Latin letter: `東京` → `city-6771-4eac`. */
export function citySlugOf(city: string): string {
  const codePoints = Array.from(city.normalize('NFC').toLowerCase(), (sign) => sign.codePointAt(0)?.toString(16))
  return slugOf(city, `city-${codePoints.slice(0, 12).join('-')}`)
}

/** BCP 47; the languages that all of our own texts exist in. See docs/languages.md. */
export const languages = ['en', 'de', 'es', 'ja', 'ar'] as const
export type Language = (typeof languages)[number]

/** Pages without a language in their address speak it; only an event's own page may speak another. */
export const siteLanguage: Language = 'en'

/** How dates, numbers and money are written. Arabic with the digits that prices, doors and phones show. */
export const localeOf: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  ja: 'ja-JP',
  ar: 'ar-u-nu-latn',
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

/** The page's address in a language: `/de/city/zurich/` for `/city/zurich/`. */
export const pathIn = (language: Language, path: string): string =>
  language === siteLanguage ? path : `/${language}${path}`

/** Takes an address apart: `/de/city/zurich/` is `/city/zurich/` in German; null: it names no language. */
export function splitPath(address: string): { readonly language: Language | null; readonly path: string } {
  const [, first, path = ''] = /^\/([a-z]{2})(\/.*)$/.exec(address) ?? []
  const language = languages.find((one) => one === first)
  return language ? { language, path } : { language: null, path: address }
}

export const parseLanguage = (text: string | undefined): Language =>
  languages.find((one) => one === text) ?? siteLanguage

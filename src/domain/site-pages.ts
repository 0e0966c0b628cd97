import type { Category } from './catalog.ts'
import { splitPath } from './languages.ts'

/** The sitemap's chunk for everything that is not an event. */
export const sitemapOfPages = '/sitemap/pages.xml'

/** What stands by itself, in every language that an event was ever offered in: links in buyers' mails lead there. */
export const translatedPages = [
  '/',
  '/404.html',
  '/about/',
  '/accessibility/',
  '/account/',
  '/free/',
  '/order/',
  '/privacy/',
  '/search/',
  '/search/everywhere.json',
  '/sign-in/',
  '/terms/',
  '/weekend/',
] as const

/** Pages for one person at a time: nothing for search engines. */
export const personalPages = ['/order/', '/account/', '/desk/', '/door/'] as const
/** Nothing to be found by itself either, but what they link to is. */
const pagesOnTheWay = ['/search/', '/sign-in/'] as const

/** Whether search engines may show a page, as long as something stands on it; files for programs are no pages. */
export function isFound(address: string): boolean {
  const { path } = splitPath(address)
  return path.endsWith('/') && ![...personalPages, ...pagesOnTheWay].some((page) => path.startsWith(page))
}

/** Pages that name every city and category. */
export const pagesOfLists = ['/search/', '/404.html'] as const satisfies readonly (typeof translatedPages)[number][]

/** Whether an address may carry a language; the desk, the door and the description of the API are in the site's own. */
export const isTranslatable = (path: string): boolean =>
  translatedPages.some((page) => page === path) ||
  /^\/(events|organiser|category|month|city\/[^/]+|search\/city)\//.test(path)

/** What a city has as soon as it is known, whether anything is on there or not: a page without events is better than a broken link. */
export const pathsOfCity = (citySlug: string): readonly string[] => [
  `/city/${citySlug}/`,
  `/search/city/${citySlug}.json`,
]

/** The search with its filters set: a list of what they let through, without a file that an edit would have to touch. */
export const searchFor = (filters: {
  readonly city?: string
  readonly category?: Category
  /** Its name, as the search's rows have it. */
  readonly organiser?: string
  readonly when?: 'weekend'
  readonly price?: 'free'
}): string => {
  const said = Object.entries(filters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `/search/?${said.join('&')}`
}

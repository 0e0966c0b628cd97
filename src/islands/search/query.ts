import { type Category, categories } from '#domain/catalog.ts'

export const whens = ['', 'today', 'tomorrow', 'weekend', 'week', 'month', 'dates'] as const
export type When = (typeof whens)[number]

/** What somebody looks for, as the address says it: `/search/?q=jazz&city=sevilla&when=weekend`. */
export interface SearchQuery {
  readonly q: string
  /** Slug; empty: everywhere. */
  readonly city: string
  readonly category: Category | ''
  /** Its name; lists lead here where an organiser has more than they show. */
  readonly organiser: string
  readonly when: When
  /** First and last day, `2027-03-05`, where `when` is `dates`; either may be empty. */
  readonly from: string
  readonly to: string
  /** Nothing, `free`, or the most that a ticket may cost, in whole units of the event's own currency. */
  readonly price: string
}

export const emptyQuery: SearchQuery = {
  q: '',
  city: '',
  category: '',
  organiser: '',
  when: '',
  from: '',
  to: '',
  price: '',
}

const longest = 100

/** Reads an address; what makes no sense is as if it were not there. */
export function parseQuery(search: string): SearchQuery {
  const params = new URLSearchParams(search)
  const get = (name: string) => params.get(name)?.trim() ?? ''
  const days = [dayOf(get('from')), dayOf(get('to'))]
  // From the later to the earlier means both days.
  const [from = '', to = ''] = days.includes('') ? days : days.toSorted()
  const when = whens.find((one) => one === get('when')) ?? ''
  return {
    q: get('q').slice(0, longest),
    city: /^[a-z0-9-]{1,80}$/.test(get('city')) ? get('city') : '',
    category: categories.find((one) => one === get('category')) ?? '',
    organiser: get('organiser').slice(0, longest),
    when: when === 'dates' && !from && !to ? '' : when,
    from: when === 'dates' ? from : '',
    to: when === 'dates' ? to : '',
    price: /^(free|[1-9]\d{0,6})$/.test(get('price')) ? get('price') : '',
  }
}

/** `?q=jazz&city=sevilla`, or nothing where all is as at the beginning. */
export function queryText(query: SearchQuery): string {
  const said = Object.entries(query).filter(([, value]) => value !== '')
  const text = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

export const hasFilters = (query: SearchQuery): boolean => queryText({ ...query, q: '' }) !== ''

const dayOf = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '')

import { expect, test } from 'vitest'
import { searchFor } from '#domain/site-pages.ts'
import { texts } from '../../i18n/texts.ts'
import { emptyQuery, hasFilters, parseQuery, queryText } from './query.ts'
import { type Choices, suggestionsFor } from './suggestions.ts'

const categoryNames = texts('en').site.category

test('an address is read into a query and written back the same', () => {
  const address = '?q=jazz+noche&city=sevilla&category=music&when=dates&from=2027-03-05&price=20'
  expect(parseQuery(address)).toEqual({
    ...{ q: 'jazz noche', city: 'sevilla', category: 'music', organiser: '' },
    ...{ when: 'dates', from: '2027-03-05', to: '', price: '20' },
  })
  expect(queryText(parseQuery(address))).toBe(address)
  expect(queryText(emptyQuery)).toBe('')
})

test('where a list is at its end the search goes on, with the same filters', () => {
  const read = (path: string) => parseQuery(path.slice(path.indexOf('?')))
  const organiser = 'Ana & Söhne <“Loud”>'
  expect(read(searchFor({ city: 'sevilla', organiser }))).toEqual({ ...emptyQuery, city: 'sevilla', organiser })
  expect(read(searchFor({ category: 'music' }))).toEqual({ ...emptyQuery, category: 'music' })
  expect(searchFor({ city: 'sevilla', when: 'weekend' })).toBe('/search/?city=sevilla&when=weekend')
})

test.each([
  '?city=../../etc&category=wine&when=never&price=-1',
  '?when=dates&from=2027-13-41',
  '?from=2027-03-05&price=1e9&q=%20',
  '?city=%3Cscript%3E',
])('%s says nothing that can be looked for', (address) => {
  expect(parseQuery(address)).toEqual(emptyQuery)
})

test('days in the wrong order mean the days between them', () => {
  const { from, to } = parseQuery('?when=dates&from=2027-05-01&to=2027-01-01')
  expect([from, to]).toEqual(['2027-01-01', '2027-05-01'])
})

test('words are no filter, all else is', () => {
  expect(hasFilters({ ...emptyQuery, q: 'jazz' })).toBe(false)
  expect(hasFilters({ ...emptyQuery, price: 'free' })).toBe(true)
})

const choices: Choices = {
  cities: [
    { slug: 'sevilla', name: 'Sevilla' },
    { slug: 'new-york', name: 'New York' },
    { slug: 'zurich', name: 'Zürich' },
  ],
  categories: [{ slug: 'music', name: categoryNames.music }],
  whens: [{ slug: 'weekend', name: 'This weekend' }],
  free: 'Free',
}
const suggest = (q: string) =>
  suggestionsFor({ ...emptyQuery, q }, choices).map(({ label, query }) => [label, queryText(query)])

test.each([
  ['jazz sev', [['Sevilla', '?q=jazz&city=sevilla']]],
  ['zur', [['Zürich', '?city=zurich']]],
  ['jazz new yo', [['New York', '?q=jazz&city=new-york']]],
  ['york', [['New York', '?city=new-york']]],
  ['mus', [['Music', '?category=music']]],
  ['jazz week', [['This weekend', '?q=jazz&when=weekend']]],
  ['fr', [['Free', '?price=free']]],
  ['s', []],
  ['', []],
])('%j may mean %j', (q, expected) => {
  expect(suggest(q)).toEqual(expected)
})

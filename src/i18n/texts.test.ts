import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Language, languages, localeOf } from '#domain/languages.ts'
import { fill, fillCount } from './fill.ts'
import { commonIn, texts } from './texts.ts'

type Leaves = ReadonlyMap<string, string | Readonly<Record<string, string>>>
const isForms = (value: object): value is Record<string, string> => 'other' in value

/** `home.title` → its text; a plural keeps its forms together. */
function leavesOf(value: object, path = ''): Leaves {
  return new Map(
    Object.entries(value).flatMap(
      ([key, one]: [string, unknown]): (readonly [string, string | Record<string, string>])[] => {
        const name = path === '' ? key : `${path}.${key}`
        if (typeof one === 'string') return [[name, one]]
        if (typeof one !== 'object' || one === null) throw new TypeError(`${name} is neither a text nor texts`)
        return isForms(one) ? [[name, one]] : [...leavesOf(one, name)]
      },
    ),
  )
}
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w*\}/g))].sort()
const formsOf = (leaf: string | Readonly<Record<string, string>>) =>
  typeof leaf === 'string' ? [leaf] : Object.values(leaf)

/** The categories that a number of tickets, days or minutes can fall into. */
function categoriesOf(language: Language): string[] {
  const rules = new Intl.PluralRules(localeOf[language])
  return [...new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)))].sort()
}

/** What is wrong with a catalogue beside the English one; the compiler sees missing keys, and this what it cannot. */
function faultsOf(catalogue: object, language: Language): string[] {
  const english = leavesOf(texts('en'))
  const own = leavesOf(catalogue)
  return [...english].flatMap(([name, model]) => {
    const leaf = own.get(name)
    if (leaf === undefined) return [`${name} is missing`]
    const faults =
      formsOf(leaf).some((text) => text.trim() === '') && formsOf(model).every(Boolean) ? [`${name} is empty`] : []
    const wanted = placeholders(formsOf(model).join())
    for (const text of formsOf(leaf)) {
      // "One ticket" may do without its number.
      const given = placeholders(text).join()
      if (
        given !== wanted.join() &&
        !(typeof leaf !== 'string' && given === wanted.filter((one) => one !== '{count}').join())
      )
        faults.push(`${name} has ${given}, not ${wanted}`)
    }
    if (typeof leaf !== 'string') {
      const missing = categoriesOf(language).filter((category) => !(category in leaf))
      const idle = Object.keys(leaf).filter(
        (category) => !categoriesOf(language).includes(category) && category !== 'other',
      )
      if (missing.length > 0) faults.push(`${name} lacks ${missing}`)
      if (idle.length > 0) faults.push(`${name} never says ${idle}`)
    }
    return faults
  })
}

test.each(languages)(
  'the %s catalogue has every text, with its placeholders and the plural forms of the language',
  (language) => {
    expect(faultsOf(texts(language), language)).toEqual([])
  },
)

test('control: a missing text, an empty one, a lost placeholder and a missing plural form are found', () => {
  const { common, site } = texts('de')
  const planted = { ...texts('de'), common: { ...common, from: 'Ab', free: ' ' }, site: { ...site, claim: undefined } }
  const faults = faultsOf(JSON.parse(JSON.stringify(planted)), 'de')
  expect(faults).toEqual(['common.free is empty', 'common.from has , not {price}', 'site.claim is missing'])
})

test('no language leaves a text in English that is longer than a word', () => {
  const english = leavesOf(texts('en'))
  for (const language of languages.filter((one) => one !== 'en'))
    for (const [name, leaf] of leavesOf(texts(language)))
      if (typeof leaf === 'string' && /[a-z]{3,} [a-z]{3,}/.test(leaf))
        expect(leaf, `${language} ${name}`).not.toBe(english.get(name))
})

test('Arabic has six plural forms, Japanese one', () => {
  expect(categoriesOf('ar')).toEqual(['few', 'many', 'one', 'other', 'two', 'zero'])
  expect(categoriesOf('ja')).toEqual(['other'])
})

test('a text is filled, and a number is written as the locale does', () => {
  expect(fill('{name} in {city}', { name: '{city}', city: 'Köln' })).toBe('{city} in Köln')
  expect(fillCount({ one: '{count} Ticket', other: '{count} Tickets' }, 1, 'de-DE')).toBe('1 Ticket')
  expect(fillCount({ one: '{count} Ticket', other: '{count} Tickets' }, 1200, 'de-DE')).toBe('1.200 Tickets')
})

test('the widget, which stands alone on other sites, says what the catalogues say', () => {
  const source = readFileSync(new URL('../../public/widget.js', import.meta.url), 'utf8')
  for (const language of languages) {
    const { state } = texts(language).site
    const { free, from } = commonIn(language)
    const [, block = ''] = new RegExp(`\n    ${language}: \\{(.*?)\n    \\},`, 's').exec(source) ?? []
    const said = [...block.matchAll(/(\w+): '([^']*)'/g)].map(([, key, text]) => [key, text])
    const { sold_out, low, not_yet, ended, cancelled } = state
    expect(Object.fromEntries(said), language).toEqual({ sold_out, low, not_yet, ended, cancelled, free, from })
  }
})

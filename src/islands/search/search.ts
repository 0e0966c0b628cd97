import { type Language, pathIn } from '#domain/languages.ts'
import { callApi } from '#src/api/client.ts'
import { fill, fillCount } from '#src/i18n/fill.ts'
import type { Texts } from '#src/i18n/texts.ts'
import { readTexts } from '../read-texts.ts'
import { passes, priceSteps } from './filters.ts'
import { eventOf, type FoundEvent, shardAnswer, shardIn, shardPath } from './found-event.ts'
import { emptyQuery, hasFilters, parseQuery, queryText, type SearchQuery } from './query.ts'
import { type Result, type ResultWords, resultOf } from './result.ts'
import { indexOf, type SearchIndex } from './search-index.ts'
import { type Choices, type Suggestion, suggestionsFor } from './suggestions.ts'

interface Shard {
  readonly events: readonly FoundEvent[]
  readonly index: SearchIndex
  readonly isComplete: boolean
}

/** What the page gives to the search. */
export interface SearchTexts extends Choices, ResultWords {
  readonly language: Language
  readonly categoryNames: Parameters<typeof indexOf>[1]
  readonly words: Texts['search']
}

const kinds = { city: 'city', category: 'kind', when: 'time', price: 'price' } as const satisfies Record<
  Suggestion['kind'],
  keyof Texts['search']
>

type Screen = 'loading' | 'ready' | 'failed'

const pageSize = 20
const typingPauseMs = 120

/** Search over published files: words, filters and the address are kept in step; nothing is asked of a server but the files. */
export const search = () => {
  const data = readTexts<SearchTexts>()
  const { words, language } = data
  const { locale } = data.common
  const shards = new Map<string, Shard>()
  let timer: ReturnType<typeof setTimeout> | undefined

  return {
    ...emptyQuery,
    screen: 'loading' as Screen,
    isOffline: false,
    isComplete: true,
    found: [] as readonly FoundEvent[],
    shown: pageSize,
    steps: [] as readonly { readonly value: string; readonly text: string }[],
    suggestions: [] as readonly Suggestion[],
    active: -1,
    isOpen: false,

    init() {
      this.read()
      addEventListener('popstate', () => this.read())
      addEventListener('online', () => this.screen === 'failed' && void this.load())
    },
    /** Takes the query from the address. */
    read() {
      Object.assign(this, parseQuery(location.search))
      void this.load()
    },
    get query(): SearchQuery {
      const { q, city, category, organiser, when, from, to, price } = this
      return { q, city, category, organiser, when, from, to, price }
    },

    async load() {
      const { city } = this
      const known = shards.get(city)
      if (known) return this.show(known)
      this.screen = 'loading'
      const answer = await callApi(shardPath(language, city), shardAnswer)
      if (city !== this.city) return
      const told = shardIn(answer, city)
      if (told) {
        const events = told.rows.map(eventOf)
        const shard = { events, index: indexOf(events, data.categoryNames), isComplete: told.isComplete }
        shards.set(city, shard)
        return this.show(shard)
      }
      this.isOffline = !answer.ok && answer.problem.code === 'offline'
      this.screen = 'failed'
    },
    show({ events, index, isComplete }: Shard) {
      const now = new Date().toISOString()
      this.found = index.find(this.q).filter((event) => passes(event, this.query, now))
      this.isComplete = isComplete
      this.shown = pageSize
      const steps = [...new Set([...priceSteps(events), Number(this.price) || 0])].filter((step) => step > 0)
      this.steps = steps
        .sort((a, b) => a - b)
        .map((step) => ({ value: String(step), text: fill(words.upTo, { sum: sumText(step, events) }) }))
      this.screen = 'ready'
    },

    /** Letters replace the address, a choice is a step that the back button takes back. */
    typed() {
      this.active = -1
      this.suggestions = suggestionsFor(this.query, data)
      this.isOpen = this.suggestions.length > 0
      clearTimeout(timer)
      timer = setTimeout(() => this.go('replace'), typingPauseMs)
    },
    chosen() {
      if (this.when !== 'dates') Object.assign(this, { from: '', to: '' })
      this.go('push')
    },
    submit() {
      this.isOpen = false
      clearTimeout(timer)
      this.go('push')
    },
    anyOrganiser() {
      this.organiser = ''
      this.go('push')
      document.getElementById('search-words')?.focus()
    },
    clear() {
      Object.assign(this, emptyQuery)
      this.go('push')
      document.getElementById('search-words')?.focus()
    },
    retry() {
      void this.load()
    },
    go(how: 'push' | 'replace') {
      const address = pathIn(language, '/search/') + queryText(this.query)
      if (address !== location.pathname + location.search)
        history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address)
      void this.load()
    },

    take(suggestion: Suggestion) {
      Object.assign(this, suggestion.query)
      this.isOpen = false
      this.active = -1
      this.go('push')
    },
    takeClicked(click: { currentTarget: HTMLElement }) {
      const one = this.suggestions[Number(click.currentTarget.dataset.at)]
      if (one) this.take(one)
    },
    close() {
      this.isOpen = false
    },
    /** Arrows move through the suggestions, or where there is none on to what was found. */
    pressed(press: KeyboardEvent) {
      const { key } = press
      if (key === 'Escape' && this.isOpen) {
        press.preventDefault()
        this.isOpen = false
      } else if (key === 'ArrowDown' || key === 'ArrowUp') {
        press.preventDefault()
        if (this.isOpen) this.move(key === 'ArrowDown' ? 1 : -1)
        else if (key === 'ArrowDown') focusResult(0)
      } else if (key === 'Enter' && this.isOpen) {
        const one = this.suggestions[this.active]
        if (!one) return
        press.preventDefault()
        this.take(one)
      }
    },
    move(by: 1 | -1) {
      const count = this.suggestions.length
      this.active = (this.active + by + count + (this.active < 0 && by < 0 ? 1 : 0)) % count
    },
    pressedInResults(press: KeyboardEvent & { target: HTMLElement }) {
      const { key } = press
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return
      const at = [...document.querySelectorAll('.found a')].indexOf(press.target)
      if (at < 0) return
      press.preventDefault()
      if (key === 'ArrowUp' && at === 0) document.getElementById('search-words')?.focus()
      else focusResult(at + (key === 'ArrowDown' ? 1 : -1))
    },
    more() {
      const first = this.shown
      this.shown += pageSize
      setTimeout(() => focusResult(first), 50)
    },

    get options(): readonly Option[] {
      return this.suggestions.map(({ label, kind }, at) => ({
        at,
        id: `suggestion-${at}`,
        label,
        kind: words[kinds[kind]],
        isActive: at === this.active,
      }))
    },
    get activeId(): string | null {
      return this.active < 0 ? null : `suggestion-${this.active}`
    },
    get results(): readonly Result[] {
      const now = new Date().toISOString()
      return this.found
        .slice(0, this.shown)
        .map((event) => resultOf(event, data.categoryNames[event.category], event.startsAt <= now, data))
    },
    get hasMore(): boolean {
      return this.isReady && this.found.length > this.shown
    },
    get isLoading(): boolean {
      return this.screen === 'loading'
    },
    get isReady(): boolean {
      return this.screen === 'ready'
    },
    get isFailed(): boolean {
      return this.screen === 'failed'
    },
    get isEmpty(): boolean {
      return this.isReady && this.found.length === 0
    },
    get isPartial(): boolean {
      return this.isReady && !this.isComplete && this.city === ''
    },
    get isPartOfCity(): boolean {
      return this.isReady && !this.isComplete && this.city !== ''
    },
    get cityAddress(): string {
      return pathIn(language, `/city/${this.city}/`)
    },
    get organiserText(): string {
      return fill(words.by, { name: this.organiser })
    },
    /** The same in the site's own language, which has every event. */
    get addressInAll(): string {
      return `/search/${queryText(this.query)}`
    },
    get isDates(): boolean {
      return this.when === 'dates'
    },
    get canClear(): boolean {
      return this.q !== '' || hasFilters(this.query)
    },
    get statusText(): string {
      if (this.isLoading) return words.loading
      if (this.isFailed) return this.isOffline ? words.offline : words.failed
      const count = this.found.length
      if (count === 0) return words.none
      return fillCount(words.count, count, locale)
    },
  }

  function sumText(step: number, events: readonly FoundEvent[]): string {
    const currencies = new Set(events.map(({ currency }) => currency).filter(Boolean))
    const [currency] = currencies
    if (currency === undefined || currencies.size > 1) return new Intl.NumberFormat(locale).format(step)
    return new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency, maximumFractionDigits: 0 },
    }).format(step)
  }
}

interface Option {
  readonly at: number
  readonly id: string
  readonly label: string
  readonly kind: string
  readonly isActive: boolean
}

const focusResult = (at: number): void => document.querySelectorAll<HTMLElement>('.found a')[at]?.focus()

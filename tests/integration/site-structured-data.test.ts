import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { EventRecord } from '#domain/catalog.ts'
import { type DemoSite, demoEvents, localsOf, openDemoSite, type RenderedFile } from '#tests/support/demo-site.ts'
import { readPage } from '#tests/support/site-checks/read-page.ts'
import { structuredDataFaults } from '#tests/support/site-checks/structured-data.ts'

let site: DemoSite
beforeAll(async () => {
  site = await openDemoSite()
}, 120_000)

const blocksOf = ({ contentType, text }: RenderedFile): readonly string[] =>
  contentType.startsWith('text/html') ? readPage(text).jsonLd : []
const typesOf = (file: RenderedFile | undefined): unknown[] =>
  file ? blocksOf(file).map((block) => z.looseObject({ '@type': z.string() }).parse(JSON.parse(block))['@type']) : []

const [first] = demoEvents
if (!first) throw new Error('the programme is empty')
const moved: EventRecord = {
  ...first,
  slug: 'moved',
  performers: ['</script>', 'Marea Alta'],
  previousStarts: ['2027-01-20T19:00:00.000Z', '2027-01-21T19:00:00.000Z'],
}
const performersAt = (path: string) =>
  [...demoEvents, moved].find(({ slug }) => path.endsWith(`/events/${slug}/`))?.performers
const isOver = '2029-01-01T00:00:00.000Z'

test('every block on every page keeps to schema.org’s vocabulary and to Google’s rules, now and when all is over', async () => {
  const files = await site.renderAll(localsOf([...demoEvents, moved]))
  const later = await site.renderAll(localsOf([...demoEvents, moved], isOver))
  const faults: string[] = []
  for (const [path, file] of [...files, ...later])
    for (const fault of await structuredDataFaults(blocksOf(file), performersAt(path))) faults.push(`${path}: ${fault}`)
  expect([...new Set(faults)]).toEqual([])

  expect(typesOf(files.get('/'))).toEqual(['WebSite', 'Organization'])
  expect(typesOf(files.get('/city/granada/'))).toEqual(['ItemList', 'BreadcrumbList'])
  expect(typesOf(files.get('/category/music/'))).toEqual(['ItemList', 'BreadcrumbList'])
  expect(typesOf(files.get('/organiser/almazara-cultural/'))).toEqual(['Organization', 'ItemList'])
  for (const { slug } of [...demoEvents, moved])
    expect(typesOf(files.get(`/events/${slug}/`))).toEqual(['Event', 'BreadcrumbList'])
})

describe('what is planted is found:', () => {
  const block = async () => blocksOf(await site.render('/events/moved/', localsOf([moved])))[0] ?? ''
  const faultsWith = async (change: (event: Record<string, unknown>) => object) =>
    structuredDataFaults(
      [JSON.stringify(change(z.record(z.string(), z.unknown()).parse(JSON.parse(await block()))))],
      moved.performers,
    )

  test('nothing in a sound block', async () => expect(await faultsWith((event) => event)).toEqual([]))
  test('a property that schema.org does not know', async () =>
    expect(await faultsWith((event) => ({ ...event, startdate: '2027-01-01' }))).not.toEqual([]))
  test('a type that it does not know', async () =>
    expect(await faultsWith((event) => ({ ...event, organizer: { '@type': 'Organiser', name: 'a' } }))).not.toEqual([]))
  test('a property of another type', async () =>
    expect(await faultsWith((event) => ({ ...event, priceCurrency: 'EUR' }))).not.toEqual([]))
  test('a state that is none', async () =>
    expect(await faultsWith((event) => ({ ...event, eventStatus: 'https://schema.org/EventMoved' }))).not.toEqual([]))
  test('a time without its zone', async () =>
    expect(await faultsWith((event) => ({ ...event, startDate: '2027-03-01T20:00' }))).not.toEqual([]))
  test('each property that Google asks for, when it is missing', async () => {
    const needed = [
      'name',
      'description',
      'startDate',
      'endDate',
      'eventStatus',
      'image',
      'location',
      'organizer',
      'offers',
    ]
    for (const name of [...needed, 'previousStartDate', 'performer'])
      expect(await faultsWith((event) => ({ ...event, [name]: undefined })), name).not.toEqual([])
  })
  test('a crumb without a name, a list of things that are no items', async () => {
    const crumbs = { '@context': 'https://schema.org', '@type': 'BreadcrumbList' }
    const step = { '@type': 'ListItem', position: 1, item: 'https://tickets.example/' }
    expect(await structuredDataFaults([JSON.stringify({ ...crumbs, itemListElement: [step, step] })])).not.toEqual([])
    const place = { '@type': 'PostalAddress', addressLocality: 'Sevilla' }
    const event = { ...moved.venue, '@context': 'https://schema.org', '@type': 'Event', performer: place }
    expect(await structuredDataFaults([JSON.stringify(event)])).not.toEqual([])
  })
})

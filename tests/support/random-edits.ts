import { categories, type EventRecord, type Organisation } from '#domain/catalog.ts'
import { changeAddress } from '#domain/event-address.ts'
import { cancelEvent, publishEvent, withdrawEvent } from '#domain/event-rules.ts'
import { isPublic } from '#domain/listings.ts'
import { editOrganisation } from '#domain/organisations.ts'
import { createRebrandingStore } from '#functions/store/rebrandings.ts'
import { moveDueEvents } from '#functions/usecases/refresh-sale-state.ts'
import { spreadRebrandings } from '#functions/usecases/spread-rebrandings.ts'
import { type Random, randomFor } from '#infra/local/seed/art/random.ts'
import type { PublishedSite } from './published-site.ts'
import { type SyntheticCatalog, startOf, syntheticCatalog, withState } from './synthetic-catalog.ts'

const minute = 60_000

/** A catalogue in the database that somebody edits at random: the same edits for the same seed. */
export async function openRandomEdits(site: PublishedSite, seed: string, count: number) {
  const random = randomFor(seed)
  const catalog = syntheticCatalog({ seed, count: count * 4, now: site.clock.at, cities: 10, organisers: 6, days: 70 })
  const organisations = new Map<string, Organisation>()
  for (const organisation of catalog.organisations.slice(0, 6)) {
    organisations.set(organisation.id, organisation)
    await site.organisations.createOrganisation(organisation, 'owner@example.org')
  }
  const fresh = freshEvents(catalog, [...organisations.values()], random)
  const events = new Map<string, EventRecord>()
  const add = async (event: EventRecord) => {
    if ((await site.events.createEvent(event)) !== 'created') throw new Error(`${event.slug} is there already`)
    events.set(event.id, event)
  }
  for (let number = 0; number < count; number++) await add(fresh())

  const editor = createEditor(site, random, catalog, events, organisations, () => add(fresh()))
  return { events, organisations, ...editor }
}

/** Events of the few organisers that this catalogue has. */
function freshEvents(catalog: SyntheticCatalog, houses: readonly Organisation[], random: Random): () => EventRecord {
  const source = catalog.events()
  return () => {
    const { value, done } = source.next()
    if (done) throw new Error('the synthetic catalogue has no more events')
    const { id, slug, name, accent } = random.pick(houses)
    return { ...value, organisationId: id, organiser: { slug, name, accent } }
  }
}

function createEditor(
  site: PublishedSite,
  random: Random,
  catalog: SyntheticCatalog,
  events: Map<string, EventRecord>,
  organisations: Map<string, Organisation>,
  addAnother: () => Promise<void>,
) {
  const now = () => site.clock.at
  const choose = (fits: (event: EventRecord) => boolean): EventRecord | null => {
    const fitting = [...events.values()].filter(fits)
    return fitting.length > 0 ? random.pick(fitting) : null
  }
  const save = async (before: EventRecord, changed: EventRecord) => {
    const after = withState({ ...changed, version: before.version + 1, updatedAt: now() }, now())
    const outcome = await site.events.saveEvent(before, after)
    if (outcome.ok) events.set(after.id, after)
    else if (!outcome.failed.includes('slug_is_free')) throw new Error(`not saved: ${outcome.failed}`)
  }
  const edit = async (fits: (event: EventRecord) => boolean, change: (event: EventRecord) => EventRecord | null) => {
    const before = choose(fits)
    const after = before && change(before)
    if (before && after) await save(before, after)
  }
  const isUp = ({ status }: EventRecord) => status === 'published'
  const word = () => random.pick(['louder', 'later', 'longer', 'at last', '& more', '<b>bold</b>', '再び'])
  const decided = (result: ReturnType<typeof publishEvent>) => (result.ok ? result.value : null)

  const report = (problem: string, eventId: string, cause: unknown) => {
    throw new Error(`${problem}: ${eventId}`, { cause })
  }
  /** Everything that the clock moves by now, as the sweeper does it each minute. */
  async function tick(): Promise<void> {
    const due = {
      getEvent: site.events.getEvent,
      readShards: async (pools: EventRecord['pools']) =>
        pools.map(({ id, capacity }) => ({ poolId: id, shard: 0, capacity, left: capacity, held: 0, sold: 0 })),
      updateSaleState: site.events.updateSaleState,
      dueEventIds: site.events.dueEventIds,
      report,
      now,
    }
    await moveDueEvents(due, Number.POSITIVE_INFINITY)
    const rebranding = {
      ...createRebrandingStore(site.client, site.table),
      organisation: site.organisations.getOrganisation,
      events: site.events.listOrganisationEvents,
      updateOrganiser: site.events.updateOrganiser,
    }
    await spreadRebrandings({ ...rebranding, report, now }, Number.POSITIVE_INFINITY)
    await Promise.all(
      [...events.keys()].map(async (id) => {
        const event = await site.events.getEvent(id)
        if (event) events.set(id, event)
      }),
    )
  }
  async function passTime(): Promise<void> {
    const length = random.pick([1, 7, 60, 60 * 9, 60 * 24, 60 * 24 * 3])
    site.clock.at = new Date(Date.parse(now()) + length * minute + 17_345).toISOString()
    await tick()
  }
  async function remove(): Promise<void> {
    const event = choose(() => true)
    if (!event || !(await site.events.deleteEvent(event, now()))) throw new Error('not deleted')
    events.delete(event.id)
  }
  async function renameOrganiser(): Promise<void> {
    const organisation = random.pick([...organisations.values()])
    const accent = random.pick(['#c2410c', '#0e7490'])
    const edited = editOrganisation(organisation, { name: `House ${word()}`, accent }, organisation.version)
    if (!edited.ok || !(await site.organisations.saveOrganisation(organisation, edited.value, now())))
      throw new Error('not renamed')
    organisations.set(organisation.id, edited.value)
  }
  async function sell(): Promise<void> {
    const before = choose(isUp)
    const saleState = random.pick(['low', 'sold_out', 'on_sale'] as const)
    if (!before || before.saleState === saleState || now() >= before.endsAt) return
    const emptyPoolIds = saleState === 'sold_out' ? before.pools.map(({ id }) => id) : []
    if (await site.events.updateSaleState(before, { saleState, emptyPoolIds }, now()))
      events.set(before.id, { ...before, saleState, emptyPoolIds, updatedAt: now() })
  }

  const kinds: Readonly<Record<string, () => Promise<void>>> = {
    create: addAnother,
    text: () => edit(isPublic, (event) => ({ ...event, name: `${event.name} ${word()}`.slice(-60) })),
    summary: () => edit(isPublic, (event) => ({ ...event, summary: word() })),
    description: () =>
      edit(
        () => true,
        (event) => ({ ...event, description: word(), accessibility: word(), performers: [word()] }),
      ),
    price: () =>
      edit(isPublic, (event) => {
        const priceMinor = random.pick([0, 1200, 4500])
        return { ...event, ticketTypes: event.ticketTypes.map((type) => ({ ...type, phases: undefined, priceMinor })) }
      }),
    reschedule: () =>
      edit(isPublic, (event) => {
        const startsAt = startOf(random, now(), 70, event.timeZone)
        const endsAt = new Date(Date.parse(startsAt) + 120 * minute).toISOString()
        return {
          ...event,
          startsAt,
          endsAt,
          ticketTypes: event.ticketTypes.map(({ salesStartAt: _, ...type }) => type),
        }
      }),
    moveCity: () => edit(isPublic, (event) => ({ ...event, ...catalog.place(random), currency: event.currency })),
    category: () => edit(isPublic, (event) => ({ ...event, category: random.pick(categories) })),
    cancel: () => edit(isUp, (event) => decided(cancelEvent(event, event.version, now()))),
    publish: () =>
      edit(
        ({ status }) => status === 'draft',
        (event) => decided(publishEvent(event, event.version, now())),
      ),
    withdraw: () => edit(isUp, (event) => decided(withdrawEvent(event, event.version, now()))),
    address: () =>
      edit(isPublic, (event) => {
        const slug = random.pick([...(event.formerSlugs ?? []), `moved-${Math.floor(random.between(0, 60))}`])
        return decided(changeAddress(event, slug, event.version, now()))
      }),
    delete: remove,
    renameOrganiser,
    sell,
    passTime,
  }
  return {
    tick,
    /** One edit of a kind that chance chooses; answers which. */
    editOnce: async (): Promise<string> => {
      const kind = random.pick(Object.keys(kinds))
      await kinds[kind]?.()
      return kind
    },
    chance: random.chance,
    between: random.between,
  }
}

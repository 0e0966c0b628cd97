import { bucketLimit } from '#domain/buckets.ts'
import { categories, type EventRecord, type Organisation } from '#domain/catalog.ts'
import { changeAddress } from '#domain/event-address.ts'
import { cancelEvent, type EventChanges, editEvent, publishEvent, withdrawEvent } from '#domain/event-rules.ts'
import { isPublic } from '#domain/listings.ts'
import { editOrganisation, type OrganisationChanges } from '#domain/organisations.ts'
import { createRebrandingStore } from '#functions/store/rebrandings.ts'
import { createSharePictureStore } from '#functions/store/share-pictures.ts'
import { makeSharePicture, type SharePorts } from '#functions/usecases/make-share-picture.ts'
import { moveDueEvents } from '#functions/usecases/refresh-sale-state.ts'
import { spreadRebrandings } from '#functions/usecases/spread-rebrandings.ts'
import { type Random, randomFor } from '#infra/local/seed/art/random.ts'
import { crowdedMonth, startingAt } from './crowded-month.ts'
import type { PublishedSite } from './published-site.ts'
import { otherLanguage, otherTranslation } from './random-languages.ts'
import { type SyntheticCatalog, startOf, syntheticCatalog, withState } from './synthetic-catalog.ts'

const minute = 60_000

/** At most so many share pictures are drawn anew at once: the others stay as they are for a while. */
const picturesAtOnce = 5

/**
 * A catalogue in the database that somebody edits at random: the same edits for the same seed.
 *
 * @param crowd how many events of the catalogue stand in the crowded month.
 */
export async function openRandomEdits(
  site: PublishedSite,
  { seed, count, crowd = 0 }: { readonly seed: string; readonly count: number; readonly crowd?: number },
) {
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
  const month = crowdedMonth(catalog.place(random))
  for (let number = 0; number < count; number++) {
    const event = fresh()
    await add(number < crowd ? withState(month.with(event, random), site.clock.at) : event)
  }
  const editor = createEditor(site, random, catalog, events, organisations, month, () => add(fresh()))
  return { events, organisations, month, ...editor }
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
  month: ReturnType<typeof crowdedMonth>,
  addAnother: () => Promise<void>,
) {
  const now = () => site.clock.at
  const choose = (fits: (event: EventRecord) => boolean): EventRecord | null => {
    const fitting = [...events.values()].filter(fits)
    return fitting.length > 0 ? random.pick(fitting) : null
  }
  const save = async (before: EventRecord, changed: EventRecord): Promise<boolean> => {
    const after = withState({ ...changed, version: before.version + 1, updatedAt: now() }, now())
    const outcome = await site.events.saveEvent(before, after)
    if (!outcome.ok && !outcome.failed.includes('slug_is_free')) throw new Error(`not saved: ${outcome.failed}`)
    if (!outcome.ok) return false
    events.set(after.id, after)
    touched.add(after.id)
    return true
  }
  /** Saved since its share picture was last looked at. */
  const touched = new Set<string>()
  const edit = async (fits: (event: EventRecord) => boolean, change: (event: EventRecord) => EventRecord | null) => {
    const before = choose(fits)
    const after = before && change(before)
    return before && after ? save(before, after) : false
  }
  /** As an organiser does it at the desk. */
  const write = (change: (event: EventRecord) => EventChanges) =>
    edit(
      ({ status }) => status !== 'cancelled',
      (event) => decided(editEvent(event, change(event), event.version, now())),
    )
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
  async function passTime(): Promise<boolean> {
    const length = random.pick([1, 7, 60, 60 * 9, 60 * 24, 60 * 24 * 3])
    site.clock.at = new Date(Date.parse(now()) + length * minute + 17_345).toISOString()
    await tick()
    return true
  }
  async function remove(): Promise<boolean> {
    const event = choose(() => true)
    if (!event || !(await site.events.deleteEvent(event, now()))) throw new Error('not deleted')
    events.delete(event.id)
    return true
  }
  async function editOrganiser(changes: OrganisationChanges): Promise<boolean> {
    const organisation = random.pick([...organisations.values()])
    const edited = editOrganisation(organisation, changes, organisation.version)
    if (!edited.ok || !(await site.organisations.saveOrganisation(organisation, edited.value, now())))
      throw new Error('the organiser was not edited')
    organisations.set(organisation.id, edited.value)
    return true
  }
  async function sell(): Promise<boolean> {
    const before = choose(isUp)
    const saleState = random.pick(['low', 'sold_out', 'on_sale'] as const)
    if (!before || before.saleState === saleState || now() >= before.endsAt) return false
    const emptyPoolIds = saleState === 'sold_out' ? before.pools.map(({ id }) => id) : []
    if (!(await site.events.updateSaleState(before, { saleState, emptyPoolIds }, now()))) return false
    events.set(before.id, { ...before, saleState, emptyPoolIds, updatedAt: now() })
    return true
  }
  const shares = createSharePictureStore(site.client, site.table)
  const sharePorts: SharePorts = {
    event: site.events.getEvent,
    share: shares.getShare,
    saveShare: (event, before, after) => shares.saveShare(event, before, after, now()),
    readFile: async () => null,
    draw: async () => new Uint8Array(),
    publish: async () => {},
    remove: async () => {},
    nonce: () => String(Math.floor(random.between(0, 1e9))),
  }
  async function share(): Promise<boolean> {
    let isMade = false
    for (const id of [...touched].slice(-picturesAtOnce)) {
      touched.delete(id)
      isMade = (await makeSharePicture(sharePorts, id)) || isMade
    }
    return isMade
  }
  /** One event more than the month's own page shows, or as many as it just shows. */
  async function crowd(): Promise<boolean> {
    const [inside, outside] = month.part([...events.values()].filter(isPublic))
    const tooMany = inside.length - bucketLimit
    const moved = tooMany > 0 ? inside.slice(0, tooMany) : outside.slice(0, 1 - tooMany)
    for (const event of moved) await save(event, tooMany > 0 ? reschedule(event) : month.with(event, random))
    return true
  }
  const reschedule = (event: EventRecord): EventRecord => startingAt(event, startOf(random, now(), 70, event.timeZone))

  const kinds: Readonly<Record<string, () => Promise<boolean>>> = {
    create: async () => {
      await addAnother()
      return true
    },
    text: () => edit(isPublic, (event) => ({ ...event, name: `${event.name} ${word()}`.slice(-60) })),
    summary: () => edit(isPublic, (event) => ({ ...event, summary: word() })),
    description: () =>
      edit(
        () => true,
        (event) => ({ ...event, description: word(), accessibility: word() }),
      ),
    price: () =>
      edit(isPublic, (event) => {
        const priceMinor = random.pick([0, 1200, 4500])
        return { ...event, ticketTypes: event.ticketTypes.map((type) => ({ ...type, phases: undefined, priceMinor })) }
      }),
    reschedule: () => edit(isPublic, reschedule),
    rescheduleAtTheDesk: () =>
      write(({ startsAt, endsAt, timeZone }) => {
        const next = startOf(random, now(), 70, timeZone)
        const length = Date.parse(endsAt) - Date.parse(startsAt)
        return { startsAt: next, endsAt: new Date(Date.parse(next) + length).toISOString() }
      }),
    prolong: () =>
      edit(isPublic, (event) => {
        const length = random.pick([120, 60 * 24 * 4, 60 * 24 * 30]) * minute
        return { ...event, endsAt: new Date(Date.parse(event.startsAt) + length).toISOString() }
      }),
    performers: () => write(() => ({ performers: Array.from({ length: Math.floor(random.between(0, 4)) }, word) })),
    translation: () => write((event) => otherTranslation(event, random, word)),
    language: () => write((event) => otherLanguage(event, random)),
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
    renameOrganiser: () => editOrganiser({ name: `House ${word()}`, accent: random.pick(['#c2410c', '#0e7490']) }),
    about: () => editOrganiser({ about: `${word()}\n${word()}` }),
    share,
    crowd,
    sell,
    passTime,
  }
  return {
    tick,
    kinds: Object.keys(kinds),
    /** One edit of a kind that chance chooses; answers which, and whether there was something to do. */
    editOnce: async (): Promise<{ readonly kind: string; readonly isMade: boolean }> => {
      const kind = random.pick(Object.keys(kinds))
      return { kind, isMade: (await kinds[kind]?.()) ?? false }
    },
    chance: random.chance,
    between: random.between,
  }
}

import type { EventRecord, Instant, TicketType } from './catalog.ts'
import { smallestStepMinor } from './charges.ts'
import { smallestPriceMinor } from './money.ts'
import { emptyTranslations, languageOf } from './translations.ts'

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** A ticket type or pool more than this no page can show and no transaction hold. */
export const maxTicketTypes = 30
export const maxPools = 20
export const maxPhases = 5
/** Something longer is several events; whoever looks for what may still be going on looks back this far. */
export const longestEventDays = 92
/** In UTF-16 units of at most three bytes each: a database item holds 400 KB. */
const longestEvent = 120_000

/** What stands between a draft and its publication; empty when nothing does. */
export function publishProblems(event: EventRecord, now: Instant): FieldProblem[] {
  const problems = eventProblems(event)
  if (event.endsAt <= now) problems.push({ field: 'endsAt', message: 'is in the past' })
  if (event.ticketTypes.length === 0) problems.push({ field: 'ticketTypes', message: 'at least one is needed' })
  for (const [at, { poolIds }] of event.ticketTypes.entries()) {
    const hasPlaces = poolIds.every((id) => event.pools.some((pool) => pool.id === id && pool.capacity > 0))
    if (!hasPlaces) problems.push({ field: `ticketTypes.${at}.poolIds`, message: 'a pool has no places' })
  }
  return problems
}

/** Rules that every stored event keeps, drafts too. */
export function eventProblems(event: EventRecord): FieldProblem[] {
  const problems: FieldProblem[] = []
  const expect = (holds: boolean, field: string, message: string) => {
    if (!holds) problems.push({ field, message })
  }
  expect(!event.translations?.[languageOf(event)], 'translations', 'name the language that the event is written in')
  for (const language of emptyTranslations(event))
    expect(false, `translations.${language}`, 'is empty: write at least one of its texts, or remove it')
  expect(JSON.stringify(event).length <= longestEvent, 'translations', 'make the texts too long together')
  expect(event.startsAt < event.endsAt, 'endsAt', 'must be after the start')
  const days = (Date.parse(event.endsAt) - Date.parse(event.startsAt)) / 86_400_000
  expect(days <= longestEventDays, 'endsAt', `must be within ${longestEventDays} days of the start`)
  expect(event.doorsAt === undefined || event.doorsAt <= event.startsAt, 'doorsAt', 'must not be after the start')
  expect(event.ticketTypes.length <= maxTicketTypes, 'ticketTypes', `cannot be more than ${maxTicketTypes}`)
  expect(event.pools.length <= maxPools, 'pools', `cannot be more than ${maxPools}`)
  problems.push(...feeProblems(event))
  const poolIds = new Set(event.pools.map(({ id }) => id))
  for (const [at, type] of event.ticketTypes.entries()) {
    const field = (name: keyof TicketType) => `ticketTypes.${at}.${name}`
    const { priceMinor, salesStartAt, salesEndAt } = type
    for (const { field: where, message } of priceProblems(priceMinor, event.currency))
      expect(false, `ticketTypes.${at}.${where}`, message)
    for (const problem of phaseProblems(type, event))
      problems.push({ ...problem, field: `ticketTypes.${at}.${problem.field}` })
    expect(
      type.poolIds.every((id) => poolIds.has(id)),
      field('poolIds'),
      'names a pool that this event does not have',
    )
    expect(new Set(type.poolIds).size === type.poolIds.length, field('poolIds'), 'names a pool twice')
    expect((salesStartAt ?? '') < event.endsAt, field('salesStartAt'), 'must be before the end of the event')
    expect((salesEndAt ?? '') <= event.endsAt, field('salesEndAt'), 'must not be after the end of the event')
    expect(!salesStartAt || !salesEndAt || salesStartAt < salesEndAt, field('salesEndAt'), 'must be after its start')
  }
  return problems
}

function priceProblems(priceMinor: number, currency: string): FieldProblem[] {
  const [smallest, step] = [smallestPriceMinor(currency), smallestStepMinor(currency)]
  const field = 'priceMinor'
  if (priceMinor !== 0 && priceMinor < smallest) return [{ field, message: `must be 0 or at least ${smallest}` }]
  return priceMinor % step === 0 ? [] : [{ field, message: `must be a multiple of ${step}` }]
}

function phaseProblems(type: TicketType, event: EventRecord): FieldProblem[] {
  const { phases = [] } = type
  const problems: FieldProblem[] = []
  const expect = (holds: boolean, field: string, message: string) => {
    if (!holds) problems.push({ field, message })
  }
  expect(phases.length <= maxPhases, 'phases', `cannot be more than ${maxPhases}`)
  expect(new Set(phases.map(({ name }) => name)).size === phases.length, 'phases', 'have the same name')
  const places = new Set(event.ticketTypes.flatMap(({ poolIds }) => poolIds))
  for (const [at, { priceMinor, endsAt, poolId }] of phases.entries()) {
    const field = (name: string) => `phases.${at}.${name}`
    for (const problem of priceProblems(priceMinor, event.currency))
      expect(false, field(problem.field), problem.message)
    expect(endsAt !== undefined || poolId !== undefined, field('endsAt'), 'needs an end or an allotment')
    expect((endsAt ?? '') <= event.endsAt, field('endsAt'), 'must not be after the end of the event')
    const isKnown = poolId === undefined || event.pools.some(({ id }) => id === poolId)
    expect(isKnown, field('poolId'), 'names a pool that this event does not have')
    expect(poolId === undefined || !places.has(poolId), field('poolId'), 'names a pool that a ticket type draws on')
  }
  return problems
}

function feeProblems({ fee, tax, currency }: EventRecord): FieldProblem[] {
  const step = smallestStepMinor(currency)
  const problems: FieldProblem[] = []
  if (fee && fee.fixedMinor % step !== 0)
    problems.push({ field: 'fee.fixedMinor', message: `must be a multiple of ${step}` })
  if (fee && fee.fixedMinor === 0 && fee.basisPoints === 0) problems.push({ field: 'fee', message: 'is nothing' })
  if (tax && tax.basisPoints === 0) problems.push({ field: 'tax.basisPoints', message: 'is nothing' })
  return problems
}

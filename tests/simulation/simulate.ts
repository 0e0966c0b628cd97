import { StoreBusy } from '#functions/store/busy.ts'
import { parseEvent } from '#functions/store/event-item.ts'
import { createEventStore } from '#functions/store/events.ts'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { receive, startActors, sweep, tell } from './actors.ts'
import type { Scenario } from './acts.ts'
import { checkBooks, type Violation } from './books.ts'
import { checkCommit } from './check-commit.ts'
import { checkPost } from './check-post.ts'
import { eventId, eventOf } from './event.ts'
import { allGuards, type Guards } from './guards.ts'
import { createTold, type Told } from './told.ts'
import { createWorld, type World } from './world.ts'

/** Plays one scenario to its end, lets the dust settle, and tells what is not as it must be. */
export async function simulate(scenario: Scenario, guards: Guards = allGuards): Promise<Violation[]> {
  const { world, told, violations } = await play(scenario, guards)
  const stored = await readCalmly(world)
  if (!stored) return [...violations, { invariant: 'the event exists', says: eventId }]
  return [...violations, ...(await checkBooks(world, stored, told)), ...checkPost(world, isCalm(scenario))]
}

/** Nobody fails, dawdles, or has another idea of the time: then a letter leaves exactly once. */
const isCalm = ({ faults, clock, skewsMs }: Scenario): boolean =>
  faults.length === 0 && skewsMs.every((skew) => skew === 0) && clock.every(({ kind }) => kind !== 'advance')

/** The run alone, with what went wrong on the way. */
export async function play(scenario: Scenario, guards: Guards = allGuards) {
  const violations: Violation[] = []
  const transitions = new Set<string>()
  const event = eventOf(scenario.event)
  const words = new Set<string>()
  const told = createTold()
  const world = createWorld({
    plan: scenario.plan,
    faults: new Map(scenario.faults),
    guards,
    manners: scenario.provider,
    skewsMs: scenario.skewsMs,
    onCommit(records) {
      for (const record of records) {
        checkCommit(record, told, violations)
        const { oldImage, newImage } = record
        if (newImage?.sk === 'ORDER') transitions.add(`${oldImage?.status ?? 'nothing'} to ${newImage.status}`)
        if (newImage?.sk !== 'EVENT') continue
        const written = parseEvent(newImage)
        told.events.push(written)
        for (const { name } of written.pools) words.add(name)
      }
    },
  })
  world.provider.money.answerRefunds(scenario.refundAnswers)
  await world.open(event, scenario.event.code)

  const done = startActors(world, scenario, told)
  await finish(world, done)
  await finish(world, settle(world, told, scenario.banksAgree, underFire))
  const errors = world.errors.splice(0)
  violations.push(...errors.filter((error) => !isExpected(error)).map(unexpected))

  world.faults.end()
  await finish(world, settle(world, told, scenario.banksAgree, inPeace))
  violations.push(...world.errors.filter((error) => !isRetried(error)).map(unexpected))
  for (const edit of told.refusedEdits)
    if (words.has(edit)) violations.push({ invariant: 'a refused edit is not made', says: edit })
  return { world, told, violations, transitions }
}

async function finish(world: World, work: Promise<unknown>): Promise<void> {
  let isDone = false
  const ended = work.then(() => {
    isDone = true
  })
  await world.scheduler.run()
  if (!isDone) throw new Error('something waits for what never comes')
  await ended
}

/** Minutes that go by before each round. What is left of the faults still hits the first ones. */
const underFire = [0, 16]
const inPeace = [1, 12, 30, 70, 361, 1, 361]

/** Banks answer, webhooks are delivered until they are answered, and the sweeper runs until nothing is due any more. */
async function settle(world: World, told: Told, banksAgree: boolean, rounds: readonly number[]): Promise<void> {
  for (const minutes of rounds) {
    if (isQuiet(world)) return
    world.clock.ms += minutes * 60_000
    world.provider.expirePages()
    world.provider.settleBanks(banksAgree)
    for (const news of [...world.provider.outbox]) await receive(world, news, told)
    await sweep(world)
    for (const move of [...world.post.moves]) await tell(world, move)
  }
}

/** Nobody has anything left to do: no order is due some time, no event by now, no webhook or letter waits, no bank has to answer. */
function isQuiet({ database, provider, post, clock }: World): boolean {
  const isWaiting = provider.isWaiting()
  if (isWaiting || provider.outbox.length > 0 || post.moves.length > 0) return false
  const now = new Date(clock.ms).toISOString()
  if (database.itemsOf('catalog').some(({ dueSort }) => String(dueSort ?? '~') <= now)) return false
  return database.itemsOf('sales').every(({ dueKey }) => dueKey === undefined)
}

const readCalmly = ({ calm }: World) => createEventStore(calm, 'catalog').getEvent(eventId)

const names = new Set([
  ...['TimeoutError', 'InternalServerError', 'ProvisionedThroughputExceededException', 'TransactionConflictException'],
])

/** What a process may end with when the world around it fails. */
function isExpected(error: unknown): boolean {
  if (error instanceof StoreBusy || error instanceof PaymentUnavailable) return true
  return (
    error instanceof Error && (names.has(error.name) || /contended|kept changing|does not finish/.test(error.message))
  )
}

/** A dead sender whose clock was ahead keeps his claim for longer than others wait: the stream comes again. */
const isRetried = (error: unknown): boolean => error instanceof Error && /does not finish/.test(error.message)

const unexpected = (error: unknown): Violation => ({
  invariant: 'no unexpected error',
  says: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
})

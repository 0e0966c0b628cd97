import { createEventStore } from '#functions/store/events.ts'
import { StoreBusy } from '#functions/store/transaction.ts'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { receive, startActors, sweep, tell } from './actors.ts'
import { checkBooks, checkCommit, type Violation } from './books.ts'
import { checkPost } from './check-post.ts'
import { eventId, eventOf } from './event.ts'
import { allGuards, type Guards } from './guards.ts'
import type { Scenario } from './scenario.ts'
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
  const world = createWorld({
    plan: scenario.plan,
    faults: new Map(scenario.faults),
    guards,
    manners: scenario.provider,
    skewsMs: scenario.skewsMs,
    onCommit(records) {
      violations.push(...checkCommit(records, event.maxPerBuyer))
      for (const { oldImage, newImage } of records)
        if (newImage?.sk === 'ORDER') transitions.add(`${oldImage?.status ?? 'nothing'} to ${newImage.status}`)
    },
  })
  world.provider.answerRefunds(scenario.refundAnswers)
  await world.open(event)

  const { done, told } = startActors(world, scenario)
  await finish(world, done)
  const errors = world.errors.splice(0)
  violations.push(...errors.filter((error) => !isExpected(error)).map(unexpected))

  world.faults.end()
  await finish(world, settle(world))
  violations.push(...world.errors.filter((error) => !isRetried(error)).map(unexpected))
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

/** Banks answer, webhooks are delivered until they are answered, and the sweeper runs until nothing is due any more. */
async function settle(world: World): Promise<void> {
  for (const minutes of [0, 1, 12, 30, 70, 361, 1, 361]) {
    world.clock.ms += minutes * 60_000
    world.provider.expirePages()
    world.provider.settleBanks(true)
    for (const event of [...world.provider.outbox]) await receive(world, event)
    await sweep(world)
    for (const move of [...world.post.moves]) await tell(world, move)
    if (isQuiet(world)) return
  }
}

/** Nobody has anything left to do: no order is due some time, no webhook or letter waits, no bank has to answer. */
function isQuiet({ database, provider, post }: World): boolean {
  const isWaiting = provider.sessions().some(({ state }) => state === 'open' || state === 'processing')
  if (isWaiting || provider.outbox.length > 0 || post.moves.length > 0) return false
  return database.itemsOf('sales').every(({ dueKey }) => dueKey === undefined)
}

const readCalmly = ({ calm }: World) => createEventStore(calm, 'catalog').getEvent(eventId)

const names = new Set(['TimeoutError', 'InternalServerError', 'ProvisionedThroughputExceededException'])

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

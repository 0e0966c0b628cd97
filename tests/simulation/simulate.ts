import { StoreBusy } from '#functions/store/transaction.ts'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { type Told, receive, startActors, sweep } from './actors.ts'
import { checkBooks, checkCommit, type Violation } from './books.ts'
import { eventId, eventOf } from './event.ts'
import { allGuards, type Guards } from './guards.ts'
import type { Scenario } from './scenario.ts'
import { createWorld, type World } from './world.ts'

/** Plays one scenario to its end, lets the dust settle, and tells what is not as it must be. */
export async function simulate(scenario: Scenario, guards: Guards = allGuards): Promise<Violation[]> {
  const violations: Violation[] = []
  const event = eventOf(scenario.event)
  const world = createWorld({
    plan: scenario.plan,
    faults: new Map(scenario.faults),
    guards,
    skewsMs: scenario.skewsMs,
    onCommit: (records) => violations.push(...checkCommit(records, event.maxPerBuyer)),
  })
  world.provider.answerRefunds(scenario.refundAnswers)
  await world.open(event)

  const { done, told } = startActors(world, scenario)
  await finish(world, done)
  violations.push(...world.errors.filter((error) => !isExpected(error)).map(unexpected))

  world.faults.end()
  world.errors.length = 0
  await finish(world, settle(world))
  violations.push(...world.errors.map(unexpected))
  violations.push(...(await checkAfterwards(world, told)))
  return violations
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
  }
}

async function checkAfterwards(world: World, told: Told): Promise<Violation[]> {
  const event = await world.portsOf({ name: 'check', skewMs: 0, isDead: false, onDeath: () => undefined }).getEvent
  const stored = await withoutSteps(world, event(eventId))
  return stored ? checkBooks(world, stored, told) : [{ invariant: 'the event exists', says: '' }]
}

async function withoutSteps<T>(world: World, work: Promise<T>): Promise<T> {
  await world.scheduler.run()
  return work
}

const names = new Set(['TimeoutError', 'InternalServerError', 'ProvisionedThroughputExceededException'])

/** What a process may end with when the world around it fails. */
function isExpected(error: unknown): boolean {
  if (error instanceof StoreBusy || error instanceof PaymentUnavailable) return true
  return error instanceof Error && (names.has(error.name) || /contended|kept changing/.test(error.message))
}

const unexpected = (error: unknown): Violation => ({
  invariant: 'no unexpected error',
  says: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
})

import { endCancelledEvents } from '#functions/usecases/end-cancelled-events.ts'
import { receiveEvent } from '#functions/usecases/receive-event.ts'
import { moveDueEvents, refreshSaleState } from '#functions/usecases/refresh-sale-state.ts'
import { sweepHolds } from '#functions/usecases/sweep-holds.ts'
import { tellBuyer } from '#functions/usecases/tell-buyer.ts'
import type { ClockAct, Delivery, MoneyAct, Scenario } from './acts.ts'
import { buyerActs } from './buyers.ts'
import { eventId } from './event.ts'
import { organise } from './organisers.ts'
import type { Move } from './post.ts'
import { isNewsOf, type News } from './provider.ts'
import type { Told } from './told.ts'
import type { World } from './world.ts'

/** People and clocks that act on the world, each in its own order, all at once. */
export function startActors(world: World, scenario: Scenario, told: Told): Promise<unknown> {
  const { buyers, clock, desks, money, deliveries, letters, event } = scenario
  const scripts = [
    ...buyers.flatMap((buyer, at) => {
      const perform = buyerActs(world, buyer, at, event, told)
      return [inTurn(world, buyer.acts, perform), inTurn(world, buyer.beside, perform)]
    }),
    inTurn(world, clock, (act) => tick(world, act)),
    ...desks.map((acts, desk) =>
      inTurn(world, acts, (act, at) => organise(world, act, `Floor of ${desk}.${at}`, told)),
    ),
    inTurn(world, money, (act) => moveMoney(world, act)),
    inTurn(world, deliveries, (delivery) => deliver(world, delivery, told)),
    ...[0, 1].map((shard) => {
      const own = letters.filter((_, at) => at % 2 === shard)
      return inTurn(world, own, (letter) => deliverMove(world, letter))
    }),
  ]
  return Promise.all(scripts)
}

async function inTurn<A>(
  world: World,
  acts: readonly A[],
  perform: (act: A, at: number) => Promise<unknown>,
): Promise<void> {
  for (const [at, act] of acts.entries()) {
    await world.scheduler.step(null, () => undefined)
    await perform(act, at)
  }
}

/** So many turns somebody waits for what he is here for. */
export const patience = 80

/** Lets others go first, until it is time. */
export async function wait(world: World, turns: number, isTime = () => false): Promise<void> {
  for (let turn = 0; turn < turns && !isTime(); turn++) await world.scheduler.step(null, () => undefined)
}

async function tick(world: World, act: ClockAct): Promise<void> {
  switch (act.kind) {
    case 'advance':
      world.clock.ms += act.minutes * 60_000
      return
    case 'closePages':
      world.provider.closePages()
      return
    case 'banks':
      world.provider.settleBanks(act.agree)
      return
    case 'sweep':
      await Promise.all(Array.from({ length: act.times }, () => sweep(world)))
  }
}

export const sweep = (world: World) =>
  world.visit('sweep', async (ports) => {
    await Promise.all([
      sweepHolds(ports, Number.POSITIVE_INFINITY),
      endCancelledEvents(ports, Number.POSITIVE_INFINITY),
    ])
    await moveDueEvents(ports.saleState, Number.POSITIVE_INFINITY)
  })

async function moveMoney(world: World, { kind, pick }: MoneyAct): Promise<void> {
  const { provider } = world
  await wait(world, patience, () => provider.paidAt(pick) !== undefined)
  const payment = provider.paidAt(pick)
  if (!payment) return
  if (kind === 'bounce') {
    await wait(world, patience, () => provider.money.hasRefunded(payment))
    provider.money.bounce(payment)
  } else if (kind === 'inquire') provider.money.dispute(payment, 'inquiry')
  else if (kind === 'dispute') provider.money.dispute(payment, 'open')
  else provider.money.refundThere(payment, kind === 'refundPart')
}

/** A webhook that is answered comes no more; one that is not comes again some time. */
async function deliver(world: World, { pick, how }: Delivery, told: Told): Promise<void> {
  const { outbox } = world.provider
  const news = outbox[pick % Math.max(1, outbox.length)]
  if (!news) return
  if (how === 'never' && canBeLost(world, news)) outbox.splice(outbox.indexOf(news), 1)
  else await Promise.all(Array.from({ length: how === 'twice' ? 2 : 1 }, () => receive(world, news, told)))
}

/** We ask after the payment of our page. Of a payment that comes after it was closed, or from elsewhere, webhooks alone know. */
function canBeLost({ provider }: World, news: News): boolean {
  if (news.kind !== 'checkout' || !provider.manners.closesPages) return false
  return provider.sessions().every(({ attempt }) => attempt > 0)
}

export async function receive(world: World, news: News, told: Told): Promise<void> {
  const outcome = await world.visit('webhook', async (ports) => receiveEvent(ports, await ports.readNews(news)))
  const { outbox } = world.provider
  const at = outbox.indexOf(news)
  const misfit = world.provider.sessions().find((one) => one.isMisfit && isNewsOf(news, one))
  if (outcome === 'mismatch' && misfit) told.mismatches.add(misfit.id)
  const isDone = outcome !== undefined && (outcome !== 'mismatch' || misfit !== undefined)
  if (isDone && at >= 0) outbox.splice(at, 1)
}

/** The stream brings moves in any order, and perhaps twice. */
async function deliverMove(world: World, { pick, times }: Scenario['letters'][number]): Promise<void> {
  const { moves } = world.post
  await wait(world, patience, () => moves.length > 0)
  const move = moves[pick % Math.max(1, moves.length)]
  if (move) await Promise.all(Array.from({ length: times }, () => tell(world, move)))
}

/** What follows from a sale, as the stream brings it; a move that is followed up is done with, one that is not comes again. */
export async function tell(world: World, move: Move): Promise<void> {
  const { moves } = world.post
  const isTold = await world.visit('tell', async (ports) => {
    await tellBuyer(ports.tell, move.orderId)
    return true
  })
  const isShown = await world.visit('refresh', async (ports) => {
    await refreshSaleState(ports.saleState, eventId)
    return true
  })
  const at = moves.indexOf(move)
  if (isTold && isShown && at >= 0) moves.splice(at, 1)
}

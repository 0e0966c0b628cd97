import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { createChance } from '#tests/simulation/chance.ts'
import { type BackOffice, openBackOffice } from '#tests/support/back-office.ts'
import { type Books, readBooks, readOrders, readOrdersTold, whatIsWrong } from '#tests/support/books.ts'
import { type Buyer, type Cut, goOn, type Step } from '#tests/support/buyers.ts'
import { countPdfPages } from '#tests/support/pdf.ts'
import { familyOf, kill, untilGone } from '#tests/support/processes.ts'
import { removeFolder, type StackProcess, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import { tamperWith } from '#tests/support/tampered-books.ts'
import { demoEvent, someAddress } from '#tests/support/walks.ts'

/** Further rounds, killed at any moment, for a long soak. */
const moreRounds = Number(process.env.CRASH_MORE_ROUNDS ?? 0)
const seed = Number(process.env.CRASH_SEED ?? randomBytes(4).readUInt32BE())
const chance = createChance(seed)

test.describe.configure({ mode: 'serial', timeout: 240_000 + moreRounds * 30_000 })

/**
 * Who comes in each round. Those who are not patient are never seen again after a cut. Of those who can hold a place only three are
 * patient: once four hold one, a hold is left to end by itself.
 */
const visitors = [
  { state: 'on_sale', isPatient: true },
  { state: 'nearly_sold_out', isPatient: false },
  { state: 'on_sale', isPatient: true },
  { state: 'free', isPatient: true },
  { state: 'on_sale', isPatient: false },
  { state: 'nearly_sold_out', isPatient: true },
  { state: 'on_sale', isPatient: false },
] as const
/** Of those whom earlier rounds cut off; the others come later. */
const RESUMING_A_ROUND = 3
/** So many buyers have come so far when the kill is due. */
const AT_THE_STEP = 4
const HOLDS_ARE_OVER_MINUTES = 30
const SETTLED_WITHIN_MS = 90_000

interface Round {
  /** Killed so long after some buyers took this step, up to the longest delay. */
  readonly after: Step | 'holding' | 'session made'
  readonly longestDelayMs: number
  /** What the payment provider does meanwhile. */
  readonly outage?: object
}

const rounds: readonly Round[] = [
  { after: 'holding', longestDelayMs: 200, outage: { mode: 'slow', milliseconds: 3000 } },
  { after: 'served', longestDelayMs: 200 },
  { after: 'paid', longestDelayMs: 80 },
  { after: 'paying', longestDelayMs: 25 },
  { after: 'session made', longestDelayMs: 200, outage: { mode: 'lost_answers', rate: 1 } },
  ...Array.from({ length: moreRounds }, (): Round => ({ after: 'ordering', longestDelayMs: 1500 })),
]

const buyers: Buyer[] = []
const cuts: Cut[] = []
let folder: string
let stack: StackProcess
let office: BackOffice
let books: Books

test.beforeAll(async () => {
  test.setTimeout(240_000)
  console.info(`  CRASH_SEED=${seed}`)
  folder = await temporaryFolder()
  stack = await startStackProcess({ folder })
  office = openBackOffice(await infoOf(stack))
  // The demo's own mails first, so that each kill meets those of the round.
  await until(isEverybodyTold, 500)
})
test.afterAll(async () => {
  office.close()
  await stack.end('SIGKILL')
  await removeFolder(folder)
})

test('the whole stack is killed at every stage of a purchase, and starts again', async () => {
  for (const [number, round] of rounds.entries()) {
    const resuming = buyers.filter(isWaiting).slice(0, RESUMING_A_ROUND)
    const arriving = await Promise.all(visitors.map(newBuyer))
    buyers.push(...arriving)
    const cut = await killDuring(round, arriving, resuming)
    cuts.push(...cut)
    console.info(`  ${number + 1}. after “${round.after}”: ${cut.length} cut off while ${stepsOf(cut)}`)
    stack = await startStackProcess({ folder })
  }
  expect(stepsOf(cuts)).toContain('ordering')
  expect(cuts.length).toBeGreaterThanOrEqual(rounds.length)
})

test('who comes back after the last crash gets tickets, or learns that there are none', async () => {
  const patient = buyers.filter(({ isPatient }) => isPatient)
  expect(await Promise.all(patient.map((buyer) => goOn(stack.url, buyer)))).toEqual(patient.map(() => null))
  for (const { ticketIds, isRefused } of patient) expect(ticketIds.length > 0).toBe(!isRefused)
})

test('then no payment is without its tickets, no ticket without its payment, and no place is lost', async () => {
  await untilSettled()
  books = await readBooks(office)
  expect(whatIsWrong(books)).toEqual([])
  expect(await deadLetters()).toBe('')
})

test('every buyer finds what he was told: his one order, his payment, his tickets, his PDF', async () => {
  for (const { request, order, hasPaid, ticketIds, isRefused } of buyers) {
    const own = books.orders.filter(({ buyer }) => buyer.email === request.buyer.email)
    expect(own.length).toBeLessThanOrEqual(isRefused ? 0 : 1)
    if (!order) continue
    expect(own.map(({ id }) => id)).toEqual([order.id])
    const isBought = hasPaid || order.payAt === null
    if (isBought) expect(own[0]?.status).toBe('paid')
    if (ticketIds.length > 0) expect(own[0]?.ticketIds).toEqual(ticketIds)
    if (!isBought) continue
    const pdf = await fetch(`${stack.url}/api/orders/${order.id}/tickets.pdf?key=${order.key}`)
    expect(await countPdfPages(new Uint8Array(await pdf.arrayBuffer()))).toBe(request.lines[0]?.quantity)
  }
  expect(buyers.filter(({ ticketIds }) => ticketIds.length > 0).length).toBeGreaterThan(0)
})

test('negative control: books in which one thing is not right are found out', () => {
  expect(whatIsWrong(books)).toEqual([])
  for (const [what, tamperedBooks] of Object.entries(tamperWith(books)))
    expect(whatIsWrong(tamperedBooks), what).not.toEqual([])
})

async function killDuring(
  { after, longestDelayMs, outage }: Round,
  arriving: readonly Buyer[],
  resuming: readonly Buyer[],
): Promise<Cut[]> {
  const family = familyOf(stack.pid)
  expect(family.length).toBeGreaterThanOrEqual(4)
  const { sessions } = await office.paymentState()
  if (outage) await office.control('outage', outage)

  const reached = Promise.withResolvers<void>()
  let atTheStep = 0
  const walks = [...arriving, ...resuming].map(async (buyer) => {
    await wait(chance(200))
    return goOn(stack.url, buyer, (step) => {
      if (step === after && ++atTheStep === AT_THE_STEP) reached.resolve()
    })
  })
  const ended = Promise.all(walks)
  if (after === 'holding') await until(async () => (await countHeld(arriving)) >= AT_THE_STEP)
  else if (after === 'session made')
    await until(async () => (await office.paymentState()).sessions >= sessions + AT_THE_STEP)
  else await Promise.race([reached.promise, ended])
  await wait(chance(longestDelayMs))
  kill(family)
  expect(await untilGone(family)).toEqual([])
  return (await ended).filter((cut) => cut !== null)
}

async function newBuyer({ state, isPatient }: (typeof visitors)[number]): Promise<Buyer> {
  const event = await office.getEvent(demoEvent(await infoOf(stack), state).id)
  const type = event?.ticketTypes[chance(event.ticketTypes.length)]
  if (!event || !type) throw new Error(`no event is ${state}`)
  return {
    request: {
      eventId: event.id,
      lines: [{ ticketTypeId: type.id, quantity: state === 'nearly_sold_out' ? 1 : 1 + chance(2) }],
      buyer: { name: 'Ada Crash', email: someAddress('crash') },
    },
    idempotencyKey: crypto.randomUUID(),
    isPatient,
    hasPaid: false,
    ticketIds: [],
    isRefused: false,
  }
}

/** No webhook is queued, no order waits for anything, and every sale's mail has left. */
async function untilSettled(): Promise<void> {
  await office.control('advance-clock', { seconds: 60 })
  await until(async () => (await office.paymentState()).queued === 0)
  const first = await office.sweepIn(HOLDS_ARE_OVER_MINUTES)
  console.info(`  the sweeper: ${JSON.stringify(first)}`)
  expect(first).toMatchObject({ unanswered: 0, failed: 0 })
  expect(first.expired).toBeGreaterThan(0)
  await until(async () => (await office.paymentState()).queued === 0)
  await until(isEverybodyTold, 500)
}

async function isEverybodyTold(): Promise<boolean> {
  const [orders, told] = await Promise.all([readOrders(office), readOrdersTold(office)])
  return orders.every(({ id, status }) => status !== 'paid' || told.has(id))
}

/** Waits until it is so, or leaves it to the checks to say what is not. */
async function until(isSo: () => Promise<boolean>, pauseMs = 25): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS
  while (Date.now() < deadline && !(await isSo())) await wait(pauseMs)
}

async function countHeld(some: readonly Buyer[]): Promise<number> {
  const found = some.map(({ request }) => office.orders.listBuyerOrders(request.buyer.email, 1))
  return (await Promise.all(found)).flat().filter(({ status, payment }) => status === 'held' && !payment).length
}

const isWaiting = ({ isPatient, ticketIds, isRefused }: Buyer): boolean =>
  isPatient && ticketIds.length === 0 && !isRefused

const deadLetters = () => readFile(join(folder, 'streams', 'fulfilment.dead.jsonl'), 'utf8').catch(() => '')
const stepsOf = (some: readonly Cut[]): string => [...new Set(some.map(({ during }) => during))].join(', ')

async function infoOf({ url }: StackProcess): Promise<LocalInfo> {
  return (await fetch(`${url}/_local/info.json`)).json()
}

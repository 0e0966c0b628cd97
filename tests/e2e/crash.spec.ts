import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { createChance } from '#tests/simulation/chance.ts'
import { type BackOffice, openBackOffice } from '#tests/support/back-office.ts'
import { type Books, readBooks, whatIsWrong } from '#tests/support/books.ts'
import { type Buyer, type Cut, goOn, type Step } from '#tests/support/buyers.ts'
import { countPdfPages } from '#tests/support/pdf.ts'
import { familyOf, untilGone } from '#tests/support/processes.ts'
import { removeFolder, type StackProcess, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import { demoEvent, someAddress } from '#tests/support/walks.ts'

test.describe.configure({ mode: 'serial', timeout: 240_000 })

const BUYERS_A_ROUND = 7
const HOLDS_ARE_OVER_MINUTES = 30
const SETTLED_WITHIN_MS = 40_000

interface Round {
  /** Killed so long after the first buyer of the round took this step, up to the longest delay. */
  readonly after: Step | 'holding' | 'session made'
  readonly longestDelayMs: number
  /** What the payment provider does meanwhile. */
  readonly outage?: object
}

const rounds: readonly Round[] = [
  { after: 'ordering', longestDelayMs: 400 },
  { after: 'holding', longestDelayMs: 200, outage: { mode: 'slow', milliseconds: 3000 } },
  { after: 'session made', longestDelayMs: 200, outage: { mode: 'lost_answers', rate: 1 } },
  { after: 'paying', longestDelayMs: 25 },
  { after: 'paid', longestDelayMs: 80 },
  { after: 'served', longestDelayMs: 400 },
]

const seed = Number(process.env.CRASH_SEED ?? randomBytes(4).readUInt32BE())
const chance = createChance(seed)
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
})
test.afterAll(async () => {
  office.close()
  await stack.end('SIGKILL')
  await removeFolder(folder)
})

test('the whole stack is killed at every stage of a purchase, and starts again', async () => {
  for (const [number, round] of rounds.entries()) {
    const resuming = buyers.filter(
      ({ isPatient, ticketIds, isRefused }) => isPatient && ticketIds.length === 0 && !isRefused,
    )
    const arriving = await Promise.all(Array.from({ length: BUYERS_A_ROUND }, newBuyer))
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
  const paid = books.orders.find(({ status, total }) => status === 'paid' && total.amountMinor > 0)
  const over = books.orders.find(({ status }) => status === 'expired')
  const ticket = books.tickets.find(({ orderId }) => orderId === paid?.id)
  const shard = books.shards.find(({ poolId }) => poolId === paid?.stock[0]?.poolId)
  if (!paid || !over || !ticket || !shard) throw new Error('nothing was sold, or no hold ended')
  const except = <T>(all: readonly T[], one: T, ...instead: T[]) => [
    ...all.filter((other) => other !== one),
    ...instead,
  ]
  const stocked = (changes: object) => ({ ...books, shards: except(books.shards, shard, { ...shard, ...changes }) })
  const payments = books.payments.filter(({ orderId }) => orderId !== paid.id)
  const late = { id: 'pi_late', orderId: over.id, amountMinor: 1600, refundedMinor: 0 }
  const totals = books.statistics.find(({ eventId }) => eventId === paid.eventId)
  if (!totals) throw new Error('nothing was counted')
  const tampered: Record<string, Books> = {
    'a ticket is missing': { ...books, tickets: except(books.tickets, ticket) },
    'a ticket too many': { ...books, tickets: [...books.tickets, { ...ticket, id: 'tkt_more' }] },
    'a ticket of an order that is over': {
      ...books,
      tickets: except(books.tickets, ticket, { ...ticket, orderId: over.id }),
    },
    'a payment is missing': { ...books, payments },
    'a payment bought nothing': { ...books, payments: [...books.payments, late] },
    'a payment came twice': { ...books, payments: [...books.payments, { ...late, orderId: paid.id }] },
    'an order is still held': { ...books, orders: except(books.orders, over, { ...over, status: 'held' }) },
    'a place is lost': stocked({ left: shard.left - 1 }),
    'a place is still held': stocked({ left: shard.left - 1, held: shard.held + 1 }),
    'a place is sold to nobody': stocked({ left: shard.left - 1, sold: shard.sold + 1 }),
    'the statistics are behind': {
      ...books,
      statistics: except(books.statistics, totals, { ...totals, sold: totals.sold - 1 }),
    },
    'a mail is missing': { ...books, confirmations: books.confirmations.filter(({ orderId }) => orderId !== paid.id) },
    'a mail for nothing': { ...books, confirmations: [...books.confirmations, { orderId: over.id, pages: 1 }] },
  }
  expect(whatIsWrong(books)).toEqual([])
  for (const [what, tamperedBooks] of Object.entries(tampered)) expect(whatIsWrong(tamperedBooks), what).not.toEqual([])
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
  const walks = [...arriving, ...resuming].map(async (buyer) => {
    await wait(chance(200))
    return goOn(stack.url, buyer, (step) => step === after && reached.resolve())
  })
  const ended = Promise.all(walks)
  if (after === 'holding') await until(() => isAnyHeld(arriving))
  else if (after === 'session made') await until(async () => (await office.paymentState()).sessions > sessions)
  else await Promise.race([reached.promise, ended])
  await wait(chance(longestDelayMs))
  for (const pid of family) process.kill(pid, 'SIGKILL')
  expect(await untilGone(family)).toEqual([])
  return (await ended).filter((cut) => cut !== null)
}

async function newBuyer(): Promise<Buyer> {
  const state = ['on_sale', 'on_sale', 'nearly_sold_out', 'free'][chance(4)] ?? 'on_sale'
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
    isPatient: chance(3) > 0,
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
  await until(async () => {
    const { orders, confirmations } = await readBooks(office)
    const told = new Set(confirmations.map(({ orderId }) => orderId))
    return orders.every(({ id, status }) => status !== 'paid' || told.has(id))
  })
}

/** Waits until it is so, or leaves it to the checks to say what is not. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS
  while (Date.now() < deadline && !(await isSo())) await wait(25)
}

async function isAnyHeld(some: readonly Buyer[]): Promise<boolean> {
  const found = some.map(({ request }) => office.orders.listBuyerOrders(request.buyer.email, 1))
  return (await Promise.all(found)).flat().some(({ status, payment }) => status === 'held' && !payment)
}

const deadLetters = () => readFile(join(folder, 'streams', 'fulfilment.dead.jsonl'), 'utf8').catch(() => '')
const stepsOf = (some: readonly Cut[]): string => [...new Set(some.map(({ during }) => during))].join(', ')

async function infoOf({ url }: StackProcess): Promise<LocalInfo> {
  return (await fetch(`${url}/_local/info.json`)).json()
}

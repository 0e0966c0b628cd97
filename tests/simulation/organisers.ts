import type { RefundRequest } from '#contracts/organiser.ts'
import {
  cancelEvent,
  editEvent,
  publishEvent,
  putPool,
  putTicketType,
  type TicketTypeInput,
  withdrawEvent,
} from '#domain/event-rules.ts'
import { ok } from '#domain/result.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { putDiscountCode } from '#functions/usecases/manage-codes.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { patience, wait } from './actors.ts'
import type { OrganiserAct } from './acts.ts'
import { orderOf, ticketOf } from './buyers.ts'
import { beginning, codeName, codeOf, earlyId, eventId, floorId, standingId } from './event.ts'
import type { Told } from './told.ts'
import type { World } from './world.ts'

type Act<K extends OrganiserAct['kind']> = Extract<OrganiserAct, { kind: K }>

/** @param words which no other edit has */
export async function organise(world: World, act: OrganiserAct, words: string, told: Told): Promise<void> {
  switch (act.kind) {
    case 'wait':
      return wait(world, 12)
    case 'refund':
      await untilSold(world, act.buyer)
      await Promise.all(Array.from({ length: act.times }, () => refund(world, act, told)))
      return
    case 'editCode':
    case 'removeCode':
      return editCode(world, act)
    case 'cancelEvent':
      if (act.onceSold) await untilSold(world, 0)
      return edit(world, (before, now) => cancelEvent(before, before.version, now))
    case 'resize':
      return resize(world, act, words, told)
    case 'reprice':
      return editStanding(world, () => ({ priceMinor: act.priceMinor }))
    case 'setWindow':
      return editStanding(world, windows[act.sales])
    case 'setLimit':
      return edit(world, (before, now) => editEvent(before, { maxPerBuyer: act.maxPerBuyer }, before.version, now))
    case 'withdraw':
      await edit(world, (before, now) => withdrawEvent(before, before.version, now))
      await wait(world, 12)
      if (act.returns) await edit(world, (before, now) => publishEvent(before, before.version, now))
  }
}

function untilSold(world: World, buyer: number): Promise<void> {
  const first = salesKeys.ticket(ticketOf(orderOf(buyer), 0))
  return wait(world, patience, () => world.database.has('sales', first))
}

type Decide = Parameters<typeof changeEvent>[2]

/** Decides on the event as it is read. */
async function edit(world: World, decide: Decide, onRefused = () => {}): Promise<void> {
  await world.visit('edit', async (ports) => {
    const event = await ports.getEvent(eventId)
    if (event && !(await changeEvent(ports.change, event, decide)).ok) onRefused()
  })
}

function resize(world: World, { pool, capacity }: Act<'resize'>, words: string, told: Told): Promise<void> {
  const poolId = pool === 'early' ? earlyId : floorId
  const decide: Decide = (before, now) =>
    before.pools.some(({ id }) => id === poolId)
      ? putPool(before, poolId, { name: words, capacity }, before.version, now)
      : ok(before)
  return edit(world, decide, () => told.refusedEdits.add(words))
}

type StandingChange = Partial<Pick<TicketTypeInput, 'priceMinor' | 'salesStartAt' | 'salesEndAt'>>

const windows: Readonly<Record<Act<'setWindow'>['sales'], (now: string) => StandingChange>> = {
  open: () => ({ salesStartAt: null, salesEndAt: null }),
  over: (now) => ({ salesStartAt: null, salesEndAt: now }),
  later: () => ({ salesStartAt: new Date(beginning + 3_600_000).toISOString(), salesEndAt: null }),
}

function editStanding(world: World, changesAt: (now: string) => StandingChange): Promise<void> {
  return edit(world, (before, now) => {
    const standing = before.ticketTypes.find(({ id }) => id === standingId)
    if (!standing) return ok(before)
    const { id: _, salesStartAt = null, salesEndAt = null, phases = [], ...rest } = standing
    const kept = phases.map(({ endsAt = null, poolId = null, ...phase }) => ({ ...phase, endsAt, poolId }))
    const input = { ...rest, salesStartAt, salesEndAt, phases: kept, ...changesAt(now) }
    return putTicketType(before, standingId, input, before.version, now)
  })
}

async function editCode(world: World, act: OrganiserAct): Promise<void> {
  await world.visit('code', async (ports) => {
    const event = await ports.getEvent(eventId)
    if (!event) return
    if (act.kind !== 'editCode') {
      await ports.codes.removeCode(eventId, codeName)
      return
    }
    const current = await ports.codes.getCode(eventId, codeName)
    if (current) await putDiscountCode(ports.codes, event, codeName, codeOf(act.code), current.version)
  })
}

async function refund(world: World, { buyer, wish, key }: Act<'refund'>, told: Told): Promise<void> {
  const orderId = orderOf(buyer)
  const by = { userId: 'usr', key: requestKey(key) }
  await world.visit('refund', async (ports) => {
    const made = await refundOrder(ports, orderId, { ...wishOf(orderId, wish), reason: 'Rain.' }, by)
    if (made.ok) told.refund(`${orderId} ${key}`, made.value.refund.id)
    else if (made.refusal.code === 'ticket_revoked' && typeof wish === 'number')
      told.endedBefore.push({ orderId, key, ticketId: ticketOf(orderId, wish) })
  })
}

export const requestKey = (key: number): string => `key-${key}`

function wishOf(orderId: string, wish: Act<'refund'>['wish']): Omit<RefundRequest, 'reason'> {
  if (wish === 'order') return {}
  return wish === 'amount' ? { amountMinor: 1300 } : { ticketIds: [ticketOf(orderId, wish)] }
}

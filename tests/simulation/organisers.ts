import type { RefundRequest } from '#contracts/organiser.ts'
import { cancelEvent, putPool } from '#domain/event-rules.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { putDiscountCode } from '#functions/usecases/manage-codes.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { patience, wait } from './actors.ts'
import type { OrganiserAct } from './acts.ts'
import { orderOf, ticketOf } from './buyers.ts'
import { codeName, codeOf, earlyId, eventId, floorId } from './event.ts'
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
      return editEvent(world, act, words, told)
    case 'resize':
      return editEvent(world, act, words, told)
  }
}

function untilSold(world: World, buyer: number): Promise<void> {
  const first = salesKeys.ticket(ticketOf(orderOf(buyer), 0))
  return wait(world, patience, () => world.database.has('sales', first))
}

async function editEvent(
  world: World,
  act: Exclude<OrganiserAct, { kind: 'wait' | 'refund' | 'editCode' }>,
  words: string,
  told: Told,
): Promise<void> {
  await world.visit(act.kind, async (ports) => {
    const event = await ports.getEvent(eventId)
    if (!event) return
    const { version } = event
    const poolId = act.kind === 'resize' && act.pool === 'early' ? earlyId : floorId
    if (!event.pools.some(({ id }) => id === poolId)) return
    const changed = await changeEvent(ports.change, event, (before, now) =>
      act.kind === 'resize'
        ? putPool(before, poolId, { name: words, capacity: act.capacity }, version, now)
        : cancelEvent(before, version, now),
    )
    if (!changed.ok) told.refusedEdits.add(words)
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
  const by = { userId: 'usr', key: `key-${key}` }
  await world.visit('refund', async (ports) => {
    const made = await refundOrder(ports, orderId, { ...wishOf(orderId, wish), reason: 'Rain.' }, by)
    if (made.ok) told.refund(`${orderId} ${key}`, made.value.refund.id)
  })
}

function wishOf(orderId: string, wish: Act<'refund'>['wish']): Omit<RefundRequest, 'reason'> {
  if (wish === 'order') return {}
  return wish === 'amount' ? { amountMinor: 1300 } : { ticketIds: [ticketOf(orderId, wish)] }
}

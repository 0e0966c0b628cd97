import type { EventRecord, Instant } from '#domain/catalog.ts'
import { isPublic } from '#domain/listings.ts'
import { type PublicSales, publicSalesOf, saysTheSame } from '#domain/sale-state.ts'
import { type ShardStock, sumShards } from '#domain/stock.ts'

export interface SaleStatePorts {
  getEvent(eventId: string): Promise<EventRecord | null>
  readShards(pools: EventRecord['pools']): Promise<ShardStock[]>
  /** False when the event was edited or moved in the meantime. */
  updateSaleState(event: EventRecord, sales: PublicSales, now: Instant): Promise<boolean>
  now(): Instant
}

export interface DuePorts extends SaleStatePorts {
  dueEventIds(now: Instant): AsyncIterable<string>
  report(problem: string, eventId: string, error: unknown): void
}

/**
 * Brings what the public page says of sales in line with the stock; the page is published again only when its words change.
 *
 * Who has written looks again: the stock may have moved since it was read, while another one who knew found nothing to change.
 */
export async function refreshSaleState(ports: SaleStatePorts, eventId: string): Promise<void> {
  for (let count = 0; count < 8; count++) {
    const event = await ports.getEvent(eventId)
    if (event?.status !== 'published') return
    const sales = await currentSales(ports, event)
    if (saysTheSame(event, sales)) return
    await ports.updateSaleState(event, sales, ports.now())
  }
  throw new Error(`the sale state of ${eventId} kept changing`)
}

/**
 * Events whose sale begins or ends by now, or that enter or leave a list, as the one of this weekend. Each is written even if its state
 * stays: the write sets its next moment, and tells the publisher. One that fails stays due and holds up no other.
 *
 * @param deadlineMs Unix time after which nothing new is begun; the rest is due in the next minute.
 */
export async function moveDueEvents(ports: DuePorts, deadlineMs: number): Promise<number> {
  let moved = 0
  for await (const eventId of ports.dueEventIds(ports.now())) {
    if (Date.now() > deadlineMs) break
    try {
      if (await moveEvent(ports, eventId)) moved++
    } catch (error) {
      ports.report('an event could not be moved', eventId, error)
    }
  }
  return moved
}

async function moveEvent(ports: SaleStatePorts, eventId: string): Promise<boolean> {
  const event = await ports.getEvent(eventId)
  if (!event || !isPublic(event)) return false
  if (!(await ports.updateSaleState(event, await currentSales(ports, event), ports.now()))) return false
  await refreshSaleState(ports, eventId)
  return true
}

async function currentSales(ports: SaleStatePorts, event: EventRecord): Promise<PublicSales> {
  return publicSalesOf(event, sumShards(await ports.readShards(event.pools)), ports.now())
}

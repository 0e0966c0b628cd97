import { setTimeout as wait } from 'node:timers/promises'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Refund } from '#domain/orders.ts'
import type { OrderPorts } from './order-ports.ts'
import { type DocumentPorts, readTicketsPdf } from './ticket-documents.ts'

export interface BuyerMail {
  sendConfirmation(order: Order, event: EventRecord, ticketsPdf: Uint8Array): Promise<void>
  sendRefundNotice(order: Order, event: EventRecord, refund: Refund): Promise<void>
  /** `refund` is null when nothing had been paid. */
  sendEventCancelled(order: Order, event: EventRecord, refund: Refund | null): Promise<void>
}

/** Which messages have left: each is claimed by one sender for a while, and marked when it is gone. */
export interface MessageStore {
  claim(
    orderId: string,
    kind: string,
    now: Instant,
    seconds: number,
  ): Promise<'claimed' | 'sent' | 'claimed_by_another'>
  markSent(orderId: string, kind: string, now: Instant): Promise<void>
  release(orderId: string, kind: string): Promise<void>
}

export interface TellPorts extends DocumentPorts, Pick<OrderPorts, 'now'> {
  readonly orders: Pick<OrderPorts['orders'], 'getOrder'>
  readonly messages: MessageStore
  readonly mail: BuyerMail
}

/** Longer than a mail takes to be handed over. */
const claimSeconds = 15

/**
 * Sends the buyer what his order owes him: his tickets, and word of each refund, or of the end of the event with what it gives back. Every message leaves once; only a crash between handing
 * it over and marking it can repeat it, because a lost ticket is worse than a second mail.
 */
export async function tellBuyer(ports: TellPorts, orderId: string): Promise<void> {
  const order = await ports.orders.getOrder(orderId)
  const event = order && (await ports.getEvent(order.eventId))
  if (!order || !event) return
  if (isPaid(order)) await sendOnce(ports, orderId, 'confirmation', () => sendTickets(ports, order, event))
  const isOver = order.cancelledBy === 'event'
  const made = order.refunds.filter(({ status }) => status !== 'failed')
  if (isOver) {
    const refund = made.find(({ cause }) => cause === 'event_cancelled') ?? null
    await sendOnce(ports, orderId, 'event-cancelled', () => ports.mail.sendEventCancelled(order, event, refund))
  }
  for (const refund of made.filter(({ cause }) => !isOver || cause !== 'event_cancelled'))
    await sendOnce(ports, orderId, refund.id, () => ports.mail.sendRefundNotice(order, event, refund))
}

async function sendTickets(ports: TellPorts, order: Order, event: EventRecord): Promise<void> {
  const pdf = await readTicketsPdf(ports, order)
  if (pdf) await ports.mail.sendConfirmation(order, event, pdf)
}

async function sendOnce(ports: TellPorts, orderId: string, kind: string, send: () => Promise<void>): Promise<void> {
  for (let count = 0; count <= claimSeconds; count++) {
    const claim = await ports.messages.claim(orderId, kind, ports.now(), claimSeconds)
    if (claim === 'sent') return
    if (claim === 'claimed') return sendAndMark()
    await wait(1000)
  }
  throw new Error(`message ${kind} of ${orderId} is claimed by somebody who does not finish`)

  async function sendAndMark(): Promise<void> {
    try {
      await send()
    } catch (error) {
      await ports.messages.release(orderId, kind)
      throw error
    }
    await ports.messages.markSent(orderId, kind, ports.now())
  }
}

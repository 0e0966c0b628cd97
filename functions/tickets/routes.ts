import { id } from '#contracts/common.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order } from '#domain/orders.ts'
import { type AppContext, createApp, Refused } from '../http/app.ts'
import { requireReadableOrder } from '../http/order-access.ts'
import { linkToTicketsPdf } from '../usecases/ticket-documents.ts'
import { documentPorts, ticketStore } from '../wiring.ts'

export const app = createApp()

app.get('/api/orders/:id/tickets.pdf', async (c) => redirectToPdf(c, await requireReadableOrder(c)))

app.get('/api/tickets/:file{tkt_[0-9a-z]+\\.pdf}', async (c) => {
  const ticketId = id('tkt').safeParse(c.req.param('file').slice(0, -'.pdf'.length))
  const ticket = ticketId.success ? await ticketStore().getTicket(ticketId.data) : null
  if (!ticket) throw new Refused('not_found')
  const order = await requireReadableOrder(c, ticket.orderId)
  return redirectToPdf(c, order, ticket.id)
})

async function redirectToPdf(c: AppContext, order: Order, ticketId?: string): Promise<Response> {
  if (!isPaid(order)) throw new Refused('order_not_paid')
  const link = await linkToTicketsPdf(documentPorts(), order, ticketId)
  if (link === null) throw new Refused('not_found')
  return c.redirect(link, 302)
}

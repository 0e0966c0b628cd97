import { id } from '#contracts/common.ts'
import type { Role } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { catalogAccess, orderStore, ticketSigner } from '../wiring.ts'
import { type AppContext, Refused, readId } from './app.ts'
import { currentUser } from './session.ts'

const organisers: readonly Role[] = ['owner', 'manager', 'finance']

/** Who may act on an order: whoever holds its key, and the buyer by his verified address. */
export async function requireBuyersOrder(c: AppContext): Promise<Order> {
  const order = await orderStore().getOrder(readId(c, 'id', id('ord')))
  if (order && (await askerOf(c, order)) === 'buyer') return order
  throw new Refused('not_found')
}

/** Who may see an order: its buyer, and members of the organisation that keep its books. To all others it does not exist. */
export async function requireReadableOrder(c: AppContext, orderId?: string): Promise<Order> {
  const order = await orderStore().getOrder(orderId ?? readId(c, 'id', id('ord')))
  if (!order) throw new Refused('not_found')
  const asker = await askerOf(c, order)
  if (asker === 'buyer') return order
  const role = asker && (await catalogAccess().roleOf(order.organisationId, asker.email))
  if (role && organisers.includes(role)) return order
  throw new Refused('not_found')
}

async function askerOf(c: AppContext, order: Order): Promise<'buyer' | { readonly email: string } | null> {
  const key = c.req.header('x-order-key') ?? c.req.query('key')
  if (key !== undefined && ticketSigner().isOrderKey(order.id, key)) return 'buyer'
  const user = await currentUser(c)
  return user?.email === order.buyer.email ? 'buyer' : user
}

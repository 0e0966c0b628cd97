import type { OrderView } from '#contracts/orders.ts'
import type { Order } from '#domain/orders.ts'
import { type ViewPorts, viewOrder } from './view-order.ts'

export interface MyOrdersPorts extends ViewPorts {
  /** Newest first. `before` is the place of the last one seen. */
  listBuyerOrders(email: string, limit: number, before?: string): Promise<Order[]>
  orderKey(orderId: string): string
}

export interface MyOrders {
  readonly orders: (OrderView & { key: string })[]
  /** Where the next page goes on; null at the end. */
  readonly next: string | null
}

/** Every order of an address that its owner has proved to be his, those placed as a guest included. */
export async function listMyOrders(
  ports: MyOrdersPorts,
  email: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<MyOrders> {
  const found = await ports.listBuyerOrders(email, page.limit + 1, page.after)
  const shown = found.slice(0, page.limit)
  const orders = await Promise.all(
    shown.map(async (order) => ({ ...(await viewOrder(ports, order)), key: ports.orderKey(order.id) })),
  )
  const last = shown.at(-1)
  return { orders, next: found.length > page.limit && last ? `${last.createdAt}#${last.id}` : null }
}

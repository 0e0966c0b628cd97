import { sumCharges } from '#domain/charges.ts'
import type { Order } from '#domain/orders.ts'
import type { CheckoutRequest } from './payment-provider.ts'

type PricedOrder = Pick<Order, 'eventName' | 'lines' | 'fee' | 'tax' | 'total'>

/** What the payment page lists: tickets at their price, then what is added to it. The lines sum to the order's total. */
export function checkoutLines(order: PricedOrder): CheckoutRequest['lines'] {
  const { feeMinor, taxMinor } = sumCharges(order.lines)
  const lines = [
    ...order.lines.map(({ ticketTypeName, shownAs, phase, quantity, unitPriceMinor }) => ({
      name: nameOf(`${order.eventName} – ${shownAs ?? ticketTypeName}${phase === undefined ? '' : `, ${phase}`}`),
      quantity,
      unitPriceMinor,
    })),
    ...(order.fee?.mode === 'added' && feeMinor > 0
      ? [{ name: 'Service fee', quantity: 1, unitPriceMinor: feeMinor }]
      : []),
    ...(order.tax?.mode === 'added' && taxMinor > 0
      ? [{ name: nameOf(order.tax.name), quantity: 1, unitPriceMinor: taxMinor }]
      : []),
  ]
  const sum = lines.reduce((total, line) => total + line.quantity * line.unitPriceMinor, 0)
  if (sum !== order.total.amountMinor) throw new RangeError(`lines of ${sum} for a total of ${order.total.amountMinor}`)
  return lines
}

/** Stripe takes 250 characters. */
const nameOf = (name: string): string => name.slice(0, 250)

import type { DemoState } from './programme/demo-event.ts'

/** How many tickets of each event are to be sold before anyone comes, and how many stay over. */
export const demoSales: Readonly<Partial<Record<DemoState, { readonly sold: number } | { readonly left: number }>>> = {
  free: { sold: 21 },
  on_sale: { sold: 14 },
  nearly_sold_out: { left: 3 },
  sold_out: { left: 0 },
}

export const demoBuyers: readonly string[] = [
  'Ada Kowalczyk',
  'Carmen Jiménez Ruiz',
  'Oluwaseun Adebayo',
  'Maja Lindqvist',
  'Tomás Ferreira',
  '山田 花子',
  'Hélène Dubois',
  'Youssef Haddad',
  'Siobhán Ní Bhriain',
  'Dmitri Sokolov',
  'Priya Raghunathan',
  'Jürgen Weiß',
  'Ana Luísa Pereira',
  'Zeynep Yıldız',
  'Michael O’Connor',
  'ليلى منصور',
  'Katarzyna Wójcik',
  'Rafael Ortega',
  'Emma van den Berg',
  'Nguyễn Thị Lan',
]

/** The demo's attendee buys first, so that the account has orders to show. */
export const emailOfBuyer = (at: number): string =>
  at === 0 ? 'attendee@demo.marquee.test' : `guest-${at}@example.org`

/** Splits a number of tickets into orders of the size that people buy. */
export function orderSizes(tickets: number, mostPerOrder: number): readonly number[] {
  const usual = [2, 4, 3, 5, 2, 6, 4, 1]
  const sizes: number[] = []
  for (let rest = tickets, at = 0; rest > 0; at++) {
    const size = Math.min(rest, mostPerOrder, usual[at % usual.length] ?? 1)
    sizes.push(size)
    rest -= size
  }
  return sizes
}

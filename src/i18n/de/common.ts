import type { common as english } from '../en/common.ts'
import type { Shape } from '../shape.ts'

export const common = {
  free: 'Kostenlos',
  from: 'Ab {price}',
  doors: 'Einlass {time}',
  until: 'Bis {date}',
  comma: ', ',
  noFees: 'Keine weiteren Gebühren.',
  charges: '{list}.',
  feeIncluded: 'inkl. {amount} Gebühr je Ticket',
  withFee: 'inkl. {amount} Gebühr',
  taxIncluded: 'inkl. {percent} {name}',
  amountAndShare: '{amount} und {share}',
  noteCode: 'Code {code}: {amount} Rabatt',
  noteFee: 'Inkl. {amount} Servicegebühr',
  noteTax: 'Inkl. {percent} {name} {amount}',
} as const satisfies Shape<typeof english>

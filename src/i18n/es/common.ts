import type { common as english } from '../en/common.ts'
import type { Shape } from '../shape.ts'

export const common = {
  free: 'Gratis',
  from: 'Desde {price}',
  doors: 'Apertura de puertas: {time}',
  until: 'Hasta {date}',
  comma: ', ',
  noFees: 'Sin gastos añadidos.',
  charges: '{list}.',
  feeIncluded: '{amount} de gastos por entrada incluidos',
  withFee: 'incl. {amount} de gastos',
  taxIncluded: '{percent} de {name} incluido',
  amountAndShare: '{amount} y {share}',
  noteCode: 'Código {code}: {amount} de descuento',
  noteFee: 'Incluye {amount} de gastos de gestión',
  noteTax: 'Incluye {percent} de {name}: {amount}',
} as const satisfies Shape<typeof english>

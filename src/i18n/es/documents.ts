import type { documents as english } from '../en/documents.ts'
import type { Shape } from '../shape.ts'

export const documents = {
  confirmSubject: { one: 'Tu entrada: {event}', other: 'Tus entradas: {event}' },
  confirmText: {
    one: 'Adjuntamos tu entrada. Enseña el código QR en la puerta, en el móvil o en papel: vale para una persona y una sola vez.',
    other:
      'Adjuntamos tus entradas. Enseña los códigos QR en la puerta, en el móvil o en papel: cada uno vale para una persona y una sola vez.',
  },
  share: 'Quien tenga este enlace o un código puede usar tu pedido: compártelos solo con quienes te acompañen.',
  seeTickets: { one: 'Ver tu entrada', other: 'Ver tus entradas' },
  seeOrder: 'Ver tu pedido',
  when: 'Cuándo',
  where: 'Dónde',
  doors: 'Apertura de puertas: {time}',
  total: 'Total',
  free: 'Gratis',
  noteCode: 'Descuento con el código {code}',
  noteFee: 'Incluye gastos de gestión',
  noteTax: 'Incluye {percent} de {name}',
  order: 'Pedido {id}',
  cancelled: 'Cancelado',
  cancelledSubject: 'Cancelado: {event}',
  cancelledText:
    'Lo sentimos: la organización ha cancelado este evento. Tus entradas ya no son válidas; por favor, no viajes.',
  returning:
    'Te devolvemos {amount} a la tarjeta o cuenta con la que pagaste. El banco puede tardar hasta 10 días en mostrarlo.',
  refundSubject: 'Devolución de {amount}: {event}',
  endedSubject: 'Entradas canceladas: {event}',
  ended: 'La organización ha cancelado entradas de tu pedido. Ya no sirven para entrar.',
  noTicketsSubject: 'Sin entradas, dinero devuelto: {event}',
  no_tickets:
    'Lo sentimos: tu pago llegó cuando ya había pasado el tiempo para pagar y las entradas eran de otras personas. No tienes entradas para este evento.',
  duplicate: 'Has pagado dos veces un mismo pedido. El segundo pago va de vuelta; tus entradas siguen siendo válidas.',
  requested: 'Tu devolución está en camino, como pediste. Las entradas devueltas ya no sirven para entrar.',
  by_organiser: 'La organización te ha devuelto dinero. Las entradas devueltas ya no sirven para entrar.',
  at_provider:
    'La organización te ha devuelto dinero. Si es el precio completo, tus entradas ya no sirven para entrar.',
  event_cancelled:
    'La organización había cancelado el evento antes de que llegara tu pago. No tienes entradas; por favor, no viajes.',
  ticketWhen: 'CUÁNDO',
  ticketWhere: 'DÓNDE',
  ticketName: 'NOMBRE',
  ticketType: 'ENTRADA',
  admits: 'Vale para una persona y una vez. Entra quien enseña antes el código: no lo compartas.',
} as const satisfies Shape<typeof english>

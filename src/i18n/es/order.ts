import type { order as english } from '../en/order.ts'
import type { Shape } from '../shape.ts'

export const order = {
  title: 'Tu pedido',
  description: 'Tu pedido y sus entradas.',
  noScript: 'Tus entradas están en tu correo en PDF. Para verlas aquí, permite JavaScript en este sitio.',
  oneMoment: 'Un momento.',
  pay: 'Pagar',
  keptFor: 'Reservadas para ti durante',
  continue: 'Continuar con el pago',
  extend: 'Ampliar {minutes} minutos',
  tickets: 'Entradas',
  download: 'Descargar PDF',
  calendar: 'Añadir al calendario',
  sentTo: 'Enviadas a',
  total: 'Total',
  again: 'Elegir entradas de nuevo',
  cancelGroup: 'Cancelar este pedido',
  sure: '¿Seguro? Las entradas vuelven a la venta al momento.',
  keep: 'Conservarlas',
  cancelHeld: 'Cancelar y devolver las entradas',
  cancelPaid: 'Cancelar y recuperar el dinero',
  ticketNumber: 'Entrada {number}',
  revoked: 'Ya no es válida',
  admitted: 'Ya utilizada',
  refunded: '{amount} devueltos: {reason}',
  refundFailed: 'No se pudieron devolver {amount}: {reason}',
  ticketsEnded: 'Entradas canceladas: {reason}',
  minutesLeft5: 'Quedan 5 minutos para pagar.',
  minutesLeft2: 'Quedan 2 minutos para pagar.',
  minuteLeft: 'Queda un minuto para pagar.',
  timeToPay: 'Tienes {time} minutos para pagar.',
  screens: {
    loading: { title: 'Un momento', text: 'Estamos buscando tu pedido.' },
    no_link: {
      title: '¿Qué pedido?',
      text: 'Esta dirección no está completa. Abre el enlace de tu correo de confirmación o inicia sesión para ver tus entradas.',
    },
    unknown: {
      title: 'No encontramos este pedido',
      text: 'Puede que el enlace se haya cortado. Ábrelo de nuevo desde tu correo de confirmación.',
    },
    unreachable: {
      title: 'Sin conexión',
      text: 'Tu pedido está a salvo. Volveremos a preguntar en cuanto tengas conexión.',
    },
    held: { title: 'Tus entradas te esperan', text: 'Están reservadas para ti. Paga para que sean tuyas.' },
    unpaid: {
      title: 'Aún sin pagar',
      text: 'Volviste antes de pagar o tu tarjeta fue rechazada. No se ha cobrado nada y tus entradas siguen reservadas.',
    },
    confirming: {
      title: 'Comprobando tu pago',
      text: 'Tarda unos segundos. Puedes salir de esta página: tus entradas también llegan por correo.',
    },
    paid: { title: '¡Nos vemos allí!', text: 'Enseña un código en la puerta, en esta pantalla o en papel.' },
    partly_refunded: { title: 'Devuelto en parte', text: 'Las entradas que siguen aquí son válidas.' },
    refunded: {
      title: 'Devuelto',
      text: 'Tu dinero está de vuelta hacia tu tarjeta. Puede tardar hasta diez días. Estas entradas ya no sirven para entrar.',
    },
    cancelled: { title: 'Cancelado', text: 'Este pedido está cancelado. No se cobrará nada más.' },
    expired: {
      title: 'Tu reserva ha terminado',
      text: 'Se acabó el tiempo para pagar y las entradas volvieron a la venta. No se ha cobrado nada.',
    },
  },
} as const satisfies Shape<typeof english>

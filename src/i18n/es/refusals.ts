import type { refusals as english } from '../en/refusals.ts'
import type { Shape } from '../shape.ts'

export const refusals = {
  sold_out: {
    title: 'Esas entradas se acaban de agotar',
    text: 'Alguien fue un instante más rápido. Elige entre lo que queda abajo. Lo que escribiste se conserva.',
  },
  too_few_left: {
    title: 'Quedan menos entradas de las que elegiste',
    text: 'Baja el número y vuelve a intentarlo. Lo que escribiste se conserva.',
  },
  too_many_per_order: {
    title: 'Son demasiadas entradas para un pedido',
    text: 'Baja el número y vuelve a intentarlo. Lo que escribiste se conserva.',
  },
  sales_ended: { title: 'La venta ha terminado', text: 'Estas entradas ya no se pueden comprar aquí.' },
  sales_not_started: { title: 'La venta aún no ha empezado', text: 'Vuelve cuando empiece.' },
  event_not_on_sale: { title: 'Este evento no está a la venta', text: 'No se ha cobrado nada.' },
  too_many_per_buyer: {
    title: 'Este correo ha llegado a su límite',
    text: 'La organización limita cuántas entradas puede comprar una persona, contando pedidos anteriores. Elige menos.',
  },
  payment_unavailable: {
    title: 'La página de pago no responde',
    text: 'Tus entradas siguen reservadas. Inténtalo de nuevo en un momento; no comprarás dos veces.',
  },
  offline: {
    title: 'Parece que no tienes conexión',
    text: 'No se ha cobrado nada. Inténtalo de nuevo cuando tengas conexión; no comprarás dos veces. Lo que escribiste se conserva.',
  },
  too_busy: {
    title: 'Mucha gente está comprando ahora mismo',
    text: 'Quédate en esta página: seguimos preguntando por ti. Nadie que llegue después pasa antes.',
  },
  price_changed: {
    title: 'El precio ha cambiado',
    text: 'No se ha cobrado nada. El total de abajo es el nuevo: págalo o cambia tus entradas. Lo que escribiste se conserva.',
  },
  unknown_code: { title: 'No conocemos este código', text: 'Revisa cómo está escrito o compra sin él.' },
  code_used_up: {
    title: 'Este código ya se ha agotado',
    text: 'No alcanza para tantas entradas. Elige menos o compra sin él.',
  },
  code_not_valid_now: { title: 'Este código no es válido hoy', text: 'Pruébalo más tarde o compra sin él.' },
  code_not_for_these: {
    title: 'Este código es para otras entradas',
    text: 'Elige entradas a las que se aplique o compra sin él.',
  },
  total_too_small: {
    title: 'El importe es demasiado pequeño para pagarlo con tarjeta',
    text: 'Añade una entrada o compra sin el código.',
  },
  invalid_request: { title: 'Revisa estos campos', text: '' },
  hold_expired: { title: 'Se acabó el tiempo para pagar', text: 'No se ha cobrado nada. Elige tus entradas de nuevo.' },
  order_not_payable: { title: 'Este pedido ya no se puede pagar', text: 'No se ha cobrado nada más.' },
  not_cancellable: { title: 'Este pedido ya no se puede cancelar', text: '' },
  hold_already_extended: { title: 'El tiempo ya se había ampliado', text: 'Paga antes de que se acabe.' },
  unknown: { title: 'No ha funcionado', text: 'No se ha cobrado nada. Inténtalo de nuevo; no comprarás dos veces.' },
  unknownNumber: 'Si sigue igual, indica este número: {id}',
} as const satisfies Shape<typeof english>

import type { account as english } from '../en/account.ts'
import type { Shape } from '../shape.ts'

export const account = {
  title: 'Mis entradas',
  description: 'Tus pedidos y entradas.',
  desk: 'Panel',
  signOut: 'Cerrar sesión',
  loading: 'Buscando tus entradas…',
  signedOut: 'Inicia sesión para ver tus entradas',
  signedOutText:
    'Inicia sesión con la dirección con la que compraste. ¿Compraste sin cuenta? El enlace de tu correo abre tus entradas, y una cuenta con la misma dirección las muestra aquí.',
  signIn: 'Iniciar sesión',
  failed: 'No se pudieron cargar tus entradas',
  offline: 'Sin conexión. Inténtalo de nuevo cuando estés en línea.',
  fault: 'No ha funcionado. Inténtalo de nuevo en un momento.',
  again: 'Intentarlo de nuevo',
  empty: 'Aún no hay pedidos con esta dirección. {link}',
  whatsOn: 'Ver la agenda',
  more: 'Mostrar más',
  noScript: 'Esta página necesita JavaScript. El enlace de tu correo también abre tus entradas.',
  line: '{quantity} × {name}',
  status: {
    held: 'Pendiente de pago',
    paid: 'Pagado',
    partly_refunded: 'Reembolsado en parte',
    refunded: 'Reembolsado',
    cancelled: 'Cancelado',
    expired: 'Caducado',
  },
} as const satisfies Shape<typeof english>

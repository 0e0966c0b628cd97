import type { home as english } from '../en/home.ts'
import type { Shape } from '../shape.ts'

export const home = {
  title: 'Marquee: sal más',
  description:
    'Conciertos, teatro, charlas y gastronomía de organizadores independientes. El precio que ves es el precio que pagas.',
  heading: 'Sal más',
  lede: 'Conciertos, teatro, charlas y gastronomía, directamente de quienes los organizan. El precio que ves es el precio que pagas, y no hace falta cuenta.',
  seeWhatsOn: 'Ver la agenda',
  sellTickets: 'Vender entradas',
  nowBooking: 'A la venta',
  comingUp: 'Próximamente',
  allOf: 'Todo en {month}',
  nothing: 'Ahora mismo no hay nada anunciado. Vuelve pronto.',
  mood: '¿Qué te apetece?',
  whereTo: '¿Adónde?',
  howItWorks: 'Cómo funciona',
  goingOut: 'Si vas',
  goingOutFirst: 'Elige tus entradas. Quedan reservadas mientras pagas: nadie te las quita de las manos.',
  goingOutSecond: 'Paga con tarjeta en una página segura. Sin cuenta, sin contraseña y sin gastos al final.',
  goingOutThird:
    'Tus entradas aparecen al momento en pantalla y te llegan en PDF por correo. En la puerta, enseña el código.',
  findSomething: 'Encontrar un plan',
  puttingOn: 'Si organizas',
  puttingOnFirst:
    'Describe tu evento, define tipos de entrada y aforo, y publícalo. Su página está en línea en un segundo.',
  puttingOnSecond: 'Vende exactamente lo que tienes: ni doscientas personas a la vez compran la misma última plaza.',
  puttingOnThird: 'Escanea en la puerta con cualquier móvil y quédate con tu lista, tu dinero y tus datos.',
  openDesk: 'Abrir tu panel',
} as const satisfies Shape<typeof english>

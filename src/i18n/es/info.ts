import type { info as english } from '../en/info.ts'
import type { Shape } from '../shape.ts'

export const info = {
  about: {
    title: 'Qué es Marquee',
    description: 'Entradas directamente de quienes organizan.',
    lede: 'Marquee vende entradas para conciertos, teatro, charlas y gastronomía, directamente de quienes los organizan.',
    sections: {
      goingOut: {
        title: 'Si vas',
        text: 'El precio de la página es el precio que pagas, con impuestos y gastos incluidos. Compras sin cuenta, con un nombre y un correo electrónico. Tus entradas aparecen en pantalla en cuanto están pagadas, llegan en PDF por correo y valen tanto en papel como en el móvil.',
      },
      keeping: {
        title: 'Sin prisas',
        text: 'Mientras pagas, tus entradas quedan reservadas {minutes} minutos, y puedes pedir {more} más. Si se acaba el tiempo, no se cobra nada.',
      },
      puttingOn: {
        title: 'Si organizas',
        text: 'Tú pones los precios, el aforo y las reglas. Quienes compran son tu público: sus nombres y direcciones son tuyos y no se venden a nadie. En la puerta, cualquier móvil lee las entradas.',
      },
    },
  },
  terms: {
    title: 'Condiciones',
    description: 'Lo que tú y quien organiza acordáis al comprar una entrada.',
    sections: {
      seller: {
        title: 'Quién vende',
        text: 'Cada evento indica quién lo organiza. Tu contrato es con esa organización; Marquee toma el pedido y emite las entradas.',
      },
      contract: {
        title: 'Cuándo se cierra el contrato',
        text: 'Al elegir entradas quedan reservadas {minutes} minutos. El contrato se cierra cuando se confirma tu pago o, si son gratuitas, cuando se muestran las entradas. Si no podemos darte una entrada que has pagado, te devolvemos el dinero.',
      },
      prices: {
        title: 'Precios',
        text: 'Cada precio que se muestra incluye los impuestos y gastos que cobra quien organiza; la página del evento los indica. No se añade nada de camino al pago. Los impuestos se redondean una vez para todas las entradas de un mismo tipo, así que la suma puede diferir en unos céntimos de los precios sueltos.',
      },
      cancelling: {
        title: 'Cancelaciones',
        text: 'La página de cada evento dice hasta cuándo puedes cancelar y recuperar el dinero. Donde dice que no se admiten cancelaciones es porque el evento tiene una fecha fija. Si se cancela el evento, recuperas el precio.',
      },
      tickets: {
        title: 'Entradas',
        text: 'Cada entrada abre la puerta una vez. No publiques su código: entra la primera persona que lo enseña. Una entrada cancelada o reembolsada deja de ser válida.',
      },
    },
  },
  privacy: {
    title: 'Privacidad',
    description: 'Qué datos hacen falta para comprar, quién los ve y durante cuánto tiempo.',
    lede: 'Pedimos lo que necesita una entrada y nada más. En este sitio no hay rastreadores ni publicidad.',
    sections: {
      kept: {
        title: 'Qué guardamos',
        text: 'De un pedido: tu nombre, tu correo, los nombres de las entradas, lo que compraste y lo que se pagó o devolvió. De una cuenta: tu correo y tu nombre. En la puerta: cuándo y dónde se escaneó una entrada.',
      },
      seen: {
        title: 'Quién lo ve',
        text: 'Quien organiza tu evento ve tu pedido y tus entradas. El proveedor de pagos ve lo necesario para cobrar; el número de tu tarjeta nunca nos llega. El personal de la puerta ve el nombre de la entrada.',
      },
      cookies: {
        title: 'Cookies y almacenamiento',
        text: 'Navegar no instala ninguna cookie. Iniciar sesión instala una que la mantiene abierta. Mientras compras, esta pestaña recuerda lo que has escrito, y lo olvida cuando la cierras.',
      },
      rights: {
        title: 'Tus derechos',
        text: 'Puedes preguntar a la organización que figura en tu entrada qué datos tuyos guarda, y pedir que los corrija o los borre en la medida en que lo permita la ley contable.',
      },
    },
  },
  accessibility: {
    title: 'Accesibilidad',
    description: 'Cómo hacemos que este sitio y sus eventos sean para todo el mundo.',
    sections: {
      site: {
        title: 'Este sitio',
        text: 'Está hecho para cumplir las pautas WCAG 2.2 en el nivel AA. Puedes comprar una entrada solo con el teclado, con un lector de pantalla, ampliando al 400 %, en claro u oscuro y con movimiento reducido.',
      },
      time: {
        title: 'Tiempo para pagar',
        text: 'Mientras pagas, las entradas quedan reservadas {minutes} minutos. Si necesitas más, la página del pedido te da {more} minutos más con pulsar un botón.',
      },
      ticket: {
        title: 'Tu entrada',
        text: 'El código vale en pantalla y en papel. En la puerta también se puede teclear a mano.',
      },
      events: {
        title: 'Los eventos',
        text: 'La página de cada evento tiene un apartado de accesibilidad: escalones, plazas para sillas de ruedas, acompañantes, bucles de inducción. Si no resuelve tu duda, pregunta a la organización que figura allí.',
      },
    },
  },
} as const satisfies Shape<typeof english>

import type { event as english } from '../en/event.ts'
import type { Shape } from '../shape.ts'

export const event = {
  by: 'Organiza {link}',
  tickets: 'Entradas',
  ticketsFrom: 'Entradas desde {price}',
  ticketsFree: 'Entradas gratis',
  cancelledText:
    'La organización ha cancelado este evento. Quienes compraron entrada recuperan su dinero; no hay que hacer nada.',
  thisWasIt: 'Eso fue todo',
  overText: 'Este evento ya ha terminado. Ya no se venden entradas.',
  whatElse: 'Qué más hay en {city}',
  about: 'El evento',
  accessibility: 'Accesibilidad',
  ifPlansChange: 'Si cambian tus planes',
  policyNone:
    'Las entradas compradas no se pueden cancelar. Si la organización cancela el evento, se te devuelve el dinero.',
  policyStart:
    'Puedes cancelar y recuperar tu dinero hasta que empiece el evento. Si la organización lo cancela, lo recuperas en cualquier caso.',
  policyDays: {
    one: 'Puedes cancelar y recuperar tu dinero hasta {count} día antes de que empiece el evento. Si la organización lo cancela, lo recuperas en cualquier caso.',
    other:
      'Puedes cancelar y recuperar tu dinero hasta {count} días antes de que empiece el evento. Si la organización lo cancela, lo recuperas en cualquier caso.',
  },
  policyHours: {
    one: 'Puedes cancelar y recuperar tu dinero hasta {count} hora antes de que empiece el evento. Si la organización lo cancela, lo recuperas en cualquier caso.',
    other:
      'Puedes cancelar y recuperar tu dinero hasta {count} horas antes de que empiece el evento. Si la organización lo cancela, lo recuperas en cualquier caso.',
  },
  keepLooking: 'Sigue mirando',
  cityInMonth: '{city} en {month}',
  moreOf: 'Más de {category}',
  allFrom: 'Todo de {name}',
  when: 'Cuándo',
  where: 'Dónde',
  timeIn: 'Hora de {zone}',
  movedFrom: 'Cambio de fecha; antes: {link}',
  addToCalendar: 'Añadir al calendario',
  showOnMap: 'Ver en el mapa',
  haveCode: '¿Tienes un código?',
  code: 'Código',
  apply: 'Aplicar',
  noScript: 'Estos son los precios. Para comprar, permite JavaScript en este sitio.',
  checkOut: 'Continuar',
  keptFor: 'Las entradas quedan reservadas {minutes} minutos mientras pagas.',
  stopWaiting: 'Dejar de esperar',
  yourDetails: 'Tus datos',
  changeTickets: 'Cambiar entradas',
  yourName: 'Tu nombre',
  email: 'Correo electrónico',
  emailHint: 'Aquí enviamos tus entradas, y nada más.',
  otherNames: 'Poner otros nombres en las entradas (opcional)',
  pay: 'Pagar',
  accept: 'Pagas en una página segura y vuelves enseguida. Al comprar aceptas las {link}.',
  acceptTerms: 'condiciones',
  share: 'Ven con alguien',
  shareNative: 'Compartir…',
  shareCopy: 'Copiar enlace',
  shareCopied: 'Enlace copiado',
} as const satisfies Shape<typeof english>

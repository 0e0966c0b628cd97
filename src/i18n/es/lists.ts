import type { lists as english } from '../en/lists.ts'
import type { Shape } from '../shape.ts'

export const lists = {
  whatsOn: 'Agenda',
  title: '{about}: agenda',
  monthTitle: '{about} en {month}',
  monthTitleOfAll: 'Agenda de {month}',
  monthDescription: '{title}: eventos con fechas, lugares y precios.',
  categoryDescription: '{category} en todas las ciudades, con fechas, lugares y precios.',
  cityDescription: 'Conciertos, teatro, charlas y más en {city}, con fechas, lugares y precios.',
  byMonth: 'Por mes',
  otherMonths: 'Otros meses',
  nothingHere: 'Ahora mismo no hay nada anunciado aquí. {link} o vuelve pronto.',
  lookElsewhere: 'Mira en otros sitios',
  nextOnly: 'Estos son los próximos eventos. En los meses de arriba está todo lo anunciado.',
  organiser: 'Organiza',
  eventsBy: 'Eventos de {name}',
  nothingFromOrganiser: 'Ahora mismo no hay nada anunciado. Vuelve pronto.',
  earlier: 'Anteriores',
} as const satisfies Shape<typeof english>

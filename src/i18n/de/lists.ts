import type { lists as english } from '../en/lists.ts'
import type { Shape } from '../shape.ts'

export const lists = {
  whatsOn: 'Programm',
  title: '{about}: das Programm',
  monthTitle: '{about} im {month}',
  monthTitleOfAll: 'Programm im {month}',
  monthDescription: '{title}: Veranstaltungen mit Terminen, Orten und Preisen.',
  categoryDescription: '{category} in allen Städten, mit Terminen, Orten und Preisen.',
  cityDescription: 'Konzerte, Theater, Vorträge und mehr in {city}, mit Terminen, Orten und Preisen.',
  byMonth: 'Nach Monat',
  otherMonths: 'Andere Monate',
  nothingHere: 'Hier ist zurzeit nichts angekündigt. {link} oder schauen Sie bald wieder vorbei.',
  lookElsewhere: 'Sehen Sie sich anderswo um',
  nextOnly: 'Das sind die nächsten Veranstaltungen. Alles, was angekündigt ist, steht in den Monaten oben.',
  organiser: 'Veranstalter',
  eventsBy: 'Veranstaltungen von {name}',
  nothingFromOrganiser: 'Zurzeit ist nichts angekündigt. Schauen Sie bald wieder vorbei.',
  earlier: 'Früher',
} as const satisfies Shape<typeof english>

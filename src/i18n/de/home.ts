import type { home as english } from '../en/home.ts'
import type { Shape } from '../shape.ts'

export const home = {
  title: 'Marquee: mehr erleben',
  description:
    'Konzerte, Theater, Vorträge und Feste von unabhängigen Veranstaltern. Der Preis, den Sie sehen, ist der Preis, den Sie zahlen.',
  heading: 'Mehr erleben',
  lede: 'Konzerte, Theater, Vorträge und Feste, direkt von denen, die sie veranstalten. Der Preis, den Sie sehen, ist der Preis, den Sie zahlen. Ein Konto brauchen Sie nicht.',
  seeWhatsOn: 'Zum Programm',
  sellTickets: 'Tickets verkaufen',
  nowBooking: 'Jetzt buchen',
  comingUp: 'Demnächst',
  allOf: 'Alles im {month}',
  nothing: 'Zurzeit ist nichts angekündigt. Schauen Sie bald wieder vorbei.',
  mood: 'Worauf haben Sie Lust?',
  whereTo: 'Wohin?',
  howItWorks: 'So funktioniert’s',
  goingOut: 'Für alle, die ausgehen',
  goingOutFirst:
    'Wählen Sie Ihre Tickets. Sie bleiben für Sie reserviert, während Sie bezahlen: Niemand schnappt sie Ihnen weg.',
  goingOutSecond: 'Bezahlen Sie mit Karte auf einer sicheren Seite. Ohne Konto, ohne Passwort, ohne Gebühr am Schluss.',
  goingOutThird:
    'Ihre Tickets stehen sofort auf dem Bildschirm und kommen als PDF per E-Mail. Am Einlass zeigen Sie den Code.',
  findSomething: 'Etwas finden',
  puttingOn: 'Für alle, die veranstalten',
  puttingOnFirst:
    'Veranstaltung beschreiben, Ticketarten und Plätze festlegen, veröffentlichen. Die Seite ist in einer Sekunde online.',
  puttingOnSecond:
    'Verkaufen Sie genau so viel, wie Sie haben: Auch zweihundert Leute auf einmal kaufen nie denselben letzten Platz.',
  puttingOnThird: 'Scannen Sie am Einlass mit jedem Handy. Gästeliste, Einnahmen und Daten gehören Ihnen.',
  openDesk: 'Zum Veranstalterbereich',
} as const satisfies Shape<typeof english>

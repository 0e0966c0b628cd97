import type { DemoTranslations } from './demo-words.ts'

export const german: DemoTranslations = {
  'letten-lichter': {
    name: 'Letten-Lichter',
    summary: 'Ein Kraftwerk, sechzig Projektoren und ein Gang durch eine lange Winternacht.',
    description: [
      'Ein Wochenende lang wird es in der Turbinenhalle am Letten dunkel, und dann wieder nicht. Das Studio Fähn hat jede Niete der Rotunde vermessen und spielt auf ihr wie auf einer Orgel. Einlass ist jede Viertelstunde; jeder geht in seinem eigenen Tempo und bleibt, so lange er möchte.',
      'Eine heiße Schokolade auf halbem Weg ist inbegriffen. Der Rundgang ist etwa 600 m lang und führt zum Teil im Freien an der Limmat entlang.',
    ],
    accessibility:
      'Die stufenlose Strecke ist weiß markiert. In der zweiten Halle gibt es Blitzlicht; ein Weg daran vorbei ist ausgeschildert.',
    ticketTypes: {
      Adult: { name: 'Erwachsene' },
      KulturLegi: { name: 'KulturLegi' },
      'Child to 16': { name: 'Kinder bis 16' },
    },
  },
  'kintsugi-for-beginners': {
    name: 'Kintsugi für Anfänger',
    summary: 'Bringen Sie eine zerbrochene Schale mit und nehmen Sie eine schönere nach Hause.',
    description: [
      'Drei Stunden mit der Lackmeisterin Hayashi Mariko in einem Stadthaus nahe Karasuma. Sie flicken eine Schale mit einem pflanzlichen Lack, der an einem Tag aushärtet, und lernen, warum es auf den Riss ankommt. Der Kurs ist auf Japanisch, mit englischen Notizen und einer geduldigen Assistentin.',
      'Matcha und eine Süßigkeit von Kameya gibt es aus Schalen, die mindestens zweimal geflickt wurden.',
    ],
    accessibility:
      'Eine Stufe von 12 cm mit Rampe. Schuhe bleiben am Eingang, Hausschuhe liegen bereit. Statt der Kissen gibt es auch niedrige Stühle.',
    ticketTypes: {
      '器を持参 With your own bowl': { name: 'Mit eigener Schale' },
      '器つき With a bowl of ours': { name: 'Mit einer Schale von uns' },
    },
  },
}

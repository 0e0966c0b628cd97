import type { info as english } from '../en/info.ts'
import type { Shape } from '../shape.ts'

export const info = {
  about: {
    title: 'Über Marquee',
    description: 'Tickets direkt von denen, die es veranstalten.',
    lede: 'Bei Marquee gibt es Tickets für Konzerte, Theater, Vorträge und Feste, direkt von denen, die sie veranstalten.',
    sections: {
      goingOut: {
        title: 'Für alle, die ausgehen',
        text: 'Der Preis auf der Seite ist der Preis, den Sie zahlen, mit allen Steuern und Gebühren. Sie kaufen als Gast, mit Name und E-Mail-Adresse. Ihre Tickets erscheinen auf dem Bildschirm, sobald sie bezahlt sind, kommen als PDF per E-Mail und gelten auf Papier wie auf dem Handy.',
      },
      keeping: {
        title: 'Ganz in Ruhe',
        text: 'Während Sie bezahlen, bleiben Ihre Tickets {minutes} Minuten für Sie reserviert, und Sie können um {more} Minuten verlängern. Läuft die Zeit ab, wird nichts abgebucht.',
      },
      puttingOn: {
        title: 'Für alle, die veranstalten',
        text: 'Preise, Plätze und Regeln legen Sie fest. Wer bei Ihnen kauft, ist Ihr Gast: Namen und Adressen gehören Ihnen und werden an niemanden verkauft. Am Einlass liest jedes Handy die Tickets.',
      },
    },
  },
  terms: {
    title: 'Bedingungen',
    description: 'Was Sie und der Veranstalter beim Ticketkauf vereinbaren.',
    sections: {
      seller: {
        title: 'Wer verkauft',
        text: 'Bei jeder Veranstaltung steht, wer sie veranstaltet. Ihren Vertrag schließen Sie mit diesem Veranstalter; Marquee nimmt die Bestellung entgegen und stellt die Tickets aus.',
      },
      contract: {
        title: 'Wann der Vertrag zustande kommt',
        text: 'Gewählte Tickets bleiben {minutes} Minuten für Sie reserviert. Der Vertrag kommt zustande, wenn Ihre Zahlung bestätigt ist, bei kostenlosen Tickets, wenn sie angezeigt werden. Können wir Ihnen ein bezahltes Ticket nicht geben, bekommen Sie Ihr Geld zurück.',
      },
      prices: {
        title: 'Preise',
        text: 'Jeder angezeigte Preis enthält die Steuern und Gebühren, die der Veranstalter erhebt; sie stehen auf der Seite der Veranstaltung. Auf dem Weg zur Bezahlseite kommt nichts dazu. Steuern werden für alle Tickets einer Art einmal gerundet, deshalb kann die Summe um wenige Cent von den Einzelpreisen abweichen.',
      },
      cancelling: {
        title: 'Stornieren',
        text: 'Auf der Seite jeder Veranstaltung steht, bis wann Sie stornieren können und Ihr Geld zurückbekommen. Wo keine Stornierung vorgesehen ist, liegt das am festen Termin. Sagt der Veranstalter ab, bekommen Sie den Preis zurück.',
      },
      tickets: {
        title: 'Tickets',
        text: 'Jedes Ticket gilt für einen Einlass. Veröffentlichen Sie den Code nicht: Wer ihn zuerst zeigt, wird eingelassen. Ein storniertes oder erstattetes Ticket ist nicht mehr gültig.',
      },
    },
  },
  privacy: {
    title: 'Datenschutz',
    description: 'Welche Daten ein Kauf braucht, wer sie sieht und wie lange.',
    lede: 'Wir fragen nach dem, was ein Ticket braucht, und nach sonst nichts. Auf dieser Seite gibt es kein Tracking und keine Werbung.',
    sections: {
      kept: {
        title: 'Was wir speichern',
        text: 'Zu einer Bestellung: Ihren Namen, Ihre E-Mail-Adresse, die Namen auf den Tickets, was Sie gekauft haben und was bezahlt oder erstattet wurde. Zu einem Konto: Ihre E-Mail-Adresse und Ihren Namen. Am Einlass: wann und wo ein Ticket gescannt wurde.',
      },
      seen: {
        title: 'Wer es sieht',
        text: 'Der Veranstalter sieht Ihre Bestellung und Ihre Tickets. Der Zahlungsdienst sieht, was er für die Zahlung braucht; Ihre Kartennummer erreicht uns nie. Am Einlass sieht man den Namen auf dem Ticket.',
      },
      cookies: {
        title: 'Cookies und Speicher',
        text: 'Wer nur stöbert, bekommt kein Cookie. Beim Anmelden wird eines gesetzt, damit Sie angemeldet bleiben. Während Sie kaufen, merkt sich dieser Tab Ihre Angaben und vergisst sie, sobald Sie ihn schließen.',
      },
      rights: {
        title: 'Ihre Rechte',
        text: 'Fragen Sie den Veranstalter, der auf Ihrem Ticket steht, welche Daten über Sie gespeichert sind. Sie können sie berichtigen oder löschen lassen, soweit es die Aufbewahrungspflichten erlauben.',
      },
    },
  },
  accessibility: {
    title: 'Barrierefreiheit',
    description: 'Wie diese Seite und ihre Veranstaltungen für alle nutzbar werden.',
    sections: {
      site: {
        title: 'Diese Website',
        text: 'Sie ist nach den Richtlinien WCAG 2.2, Stufe AA, gebaut. Sie können ein Ticket allein mit der Tastatur kaufen, mit Screenreader, auf 400 % vergrößert, hell oder dunkel und mit reduzierter Bewegung.',
      },
      time: {
        title: 'Zeit zum Bezahlen',
        text: 'Während Sie bezahlen, bleiben die Tickets {minutes} Minuten reserviert. Brauchen Sie länger, bekommen Sie auf der Bestellseite mit einem Klick {more} Minuten dazu.',
      },
      ticket: {
        title: 'Ihr Ticket',
        text: 'Der Code gilt auf dem Bildschirm und auf Papier. Am Einlass kann er auch von Hand eingegeben werden.',
      },
      events: {
        title: 'Die Veranstaltungen',
        text: 'Auf jeder Veranstaltungsseite steht etwas zur Zugänglichkeit: Stufen, Rollstuhlplätze, Begleitpersonen, Höranlagen. Bleibt eine Frage offen, wenden Sie sich an den dort genannten Veranstalter.',
      },
    },
  },
} as const satisfies Shape<typeof english>

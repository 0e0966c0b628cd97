/** The pages about the site; `{minutes}` that tickets are kept, `{more}` that a buyer may add. */
export const info = {
  about: {
    title: 'About Marquee',
    description: 'Tickets straight from the people who put on the show.',
    lede: 'Marquee sells tickets for concerts, plays, talks and feasts, straight from the people who put them on.',
    sections: {
      goingOut: {
        title: 'For people who go out',
        text: 'The price on the page is the price you pay, taxes and fees included. You buy as a guest, with a name and an e-mail address. Your tickets stand on the screen as soon as they are paid, come by e-mail as a PDF, and work on paper as well as on a phone.',
      },
      keeping: {
        title: 'No hurry',
        text: 'While you pay, your tickets are kept for you for {minutes} minutes, and you can ask for {more} more. If the time runs out, nothing is charged.',
      },
      puttingOn: {
        title: 'For people who put things on',
        text: 'You set your prices, your capacity and your rules. Your buyers are your guests: their names and addresses belong to you and are sold to nobody. At the door, any phone reads the tickets.',
      },
    },
  },
  terms: {
    title: 'Terms',
    description: 'What you and the organiser agree to when you buy a ticket.',
    sections: {
      seller: {
        title: 'Who sells',
        text: 'Each event names its organiser. Your contract is with that organiser; Marquee takes the order and issues the tickets.',
      },
      contract: {
        title: 'When the contract is made',
        text: 'Choosing tickets keeps them for you for {minutes} minutes. The contract is made when your payment is confirmed, or, for free tickets, when the tickets are shown. If we cannot give you a ticket that you paid for, you get your money back.',
      },
      prices: {
        title: 'Prices',
        text: 'Every price shown includes the taxes and fees that the organiser charges; the event’s page names them. Nothing is added on the way to the payment page. Taxes are rounded once for all tickets of one type, so the sum can differ from the single prices by a few cents.',
      },
      cancelling: {
        title: 'Cancelling',
        text: 'Each event’s page says until when you can cancel and be refunded. Where it says that tickets cannot be cancelled, that is so because the event has a fixed date. If the organiser cancels the event, you get the price back.',
      },
      tickets: {
        title: 'Tickets',
        text: 'Each ticket opens the door once. Do not publish its code: the first person to show it is let in. A ticket that was cancelled or refunded is no longer valid.',
      },
    },
  },
  privacy: {
    title: 'Privacy',
    description: 'Which data a purchase needs, who sees them, and for how long.',
    lede: 'We ask for what a ticket needs, and for nothing else. There are no trackers and no advertising on this site.',
    sections: {
      kept: {
        title: 'What we keep',
        text: 'For an order: your name, your e-mail address, the names on the tickets, what you bought and what was paid or refunded. For an account: your e-mail address and your name. At the door: when and where a ticket was scanned.',
      },
      seen: {
        title: 'Who sees it',
        text: 'The organiser of your event sees your order and your tickets. The payment provider sees what it needs to take the payment; your card’s number never reaches us. Door staff see the name on a ticket.',
      },
      cookies: {
        title: 'Cookies and storage',
        text: 'Browsing sets no cookie. Signing in sets one that keeps you signed in. While you buy, this tab remembers what you typed, and forgets it when you close it.',
      },
      rights: {
        title: 'Your rights',
        text: 'You can ask the organiser named on your ticket which data of yours are kept, and have them corrected or deleted as far as the law on accounts allows.',
      },
    },
  },
  accessibility: {
    title: 'Accessibility',
    description: 'How this site and its events are made to be usable by everyone.',
    sections: {
      site: {
        title: 'This site',
        text: 'It is built to meet the Web Content Accessibility Guidelines 2.2 at level AA. You can buy a ticket with a keyboard alone, with a screen reader, enlarged to 400 %, in light or dark, and with motion reduced.',
      },
      time: {
        title: 'Time to pay',
        text: 'Tickets are kept for {minutes} minutes while you pay. If you need longer, the order page gives you {more} minutes more with one press of a button.',
      },
      ticket: {
        title: 'Your ticket',
        text: 'The code works on a screen and on paper. At the door, staff can also type it by hand.',
      },
      events: {
        title: 'The events',
        text: 'Each event’s page has a section on access: steps, places for wheelchairs, companions, hearing loops. If it does not answer your question, ask the organiser named there.',
      },
    },
  },
} as const

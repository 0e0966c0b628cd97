/** Mails, tickets on paper and calendar files. */
export const documents = {
  confirmSubject: { one: 'Your ticket: {event}', other: 'Your tickets: {event}' },
  confirmText: {
    one: 'Your ticket is attached. Show the QR code at the door, on your phone or on paper: each admits one person, once.',
    other:
      'Your tickets are attached. Show the QR code at the door, on your phone or on paper: each admits one person, once.',
  },
  share: 'Whoever has this link or a code can use your order: share them only with the people who come with you.',
  seeTickets: { one: 'See your ticket', other: 'See your tickets' },
  seeOrder: 'See your order',
  when: 'When',
  where: 'Where',
  doors: 'Doors {time}',
  total: 'Total',
  free: 'Free',
  noteCode: 'Taken off by code {code}',
  noteFee: 'Including service fee',
  noteTax: 'Including {percent} {name}',
  order: 'Order {id}',
  cancelled: 'Cancelled',
  cancelledSubject: 'Cancelled: {event}',
  cancelledText:
    'We are sorry: the organiser has cancelled this event. Your tickets are no longer valid; please do not travel.',
  returning:
    'We are returning {amount} to the card or account that you paid with. Banks take up to 10 days to show it.',
  refundSubject: 'Refund of {amount}: {event}',
  endedSubject: 'Tickets cancelled: {event}',
  ended: 'The organiser has cancelled tickets of your order. They no longer open the door.',
  noTicketsSubject: 'No tickets, money back: {event}',
  no_tickets:
    'We are sorry: your payment arrived after the time to pay had ended, and the tickets had gone to others. You have no tickets for this event.',
  duplicate: 'You paid twice for one order. The second payment is on its way back; your tickets stay valid.',
  requested: 'Your refund is on its way, as you asked. The refunded tickets no longer open the door.',
  by_organiser: 'The organiser has refunded you. Tickets that were refunded no longer open the door.',
  at_provider: 'The organiser has refunded you. If that is the whole price, your tickets no longer open the door.',
  event_cancelled:
    'The organiser had cancelled the event before your payment arrived. You have no tickets; please do not travel.',
  ticketWhen: 'WHEN',
  ticketWhere: 'WHERE',
  ticketName: 'NAME',
  ticketType: 'TICKET',
  admits: 'Admits one person, once. Whoever shows the code first gets in: keep it to yourself.',
} as const

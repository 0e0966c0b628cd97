/** An event's page as it stands without JavaScript. */
export const event = {
  by: 'By {link}',
  tickets: 'Tickets',
  ticketsFrom: 'Tickets, from {price}',
  ticketsFree: 'Tickets, free',
  cancelledText:
    'The organiser has cancelled this event. Everyone who bought a ticket gets their money back; there is nothing to do.',
  thisWasIt: 'This was it',
  overText: 'This event is over. Tickets are no longer sold.',
  whatElse: 'What else is on in {city}',
  about: 'About',
  accessibility: 'Accessibility',
  ifPlansChange: 'If plans change',
  policyNone:
    'Tickets cannot be cancelled once they are bought. If the organiser cancels the event, you get your money back.',
  policyStart:
    'You can cancel and get your money back until the event starts. If the organiser cancels the event, you get it back in any case.',
  policyDays: {
    one: 'You can cancel and get your money back until {count} day before the event starts. If the organiser cancels the event, you get it back in any case.',
    other:
      'You can cancel and get your money back until {count} days before the event starts. If the organiser cancels the event, you get it back in any case.',
  },
  policyHours: {
    one: 'You can cancel and get your money back until {count} hour before the event starts. If the organiser cancels the event, you get it back in any case.',
    other:
      'You can cancel and get your money back until {count} hours before the event starts. If the organiser cancels the event, you get it back in any case.',
  },
  keepLooking: 'Keep looking',
  cityInMonth: '{city} in {month}',
  moreOf: 'More in {category}',
  allFrom: 'All from {name}',
  when: 'When',
  where: 'Where',
  timeIn: 'Time in {zone}',
  addToCalendar: 'Add to calendar',
  showOnMap: 'Show on the map',
  haveCode: 'Have a code?',
  code: 'Code',
  apply: 'Apply',
  noScript: 'These are the prices. To buy, please allow JavaScript for this site.',
  checkOut: 'Check out',
  keptFor: 'Tickets are kept for {minutes} minutes while you pay.',
  stopWaiting: 'Stop waiting',
  yourDetails: 'Your details',
  changeTickets: 'Change tickets',
  yourName: 'Your name',
  email: 'E-mail',
  emailHint: 'Your tickets go here. Nothing else does.',
  otherNames: 'Put other names on the tickets (optional)',
  pay: 'Pay',
  accept: 'You pay on a secure page and come straight back. By buying you accept the {link}.',
  acceptTerms: 'terms',
} as const

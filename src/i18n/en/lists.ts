/** Cities, categories, months and organisers. */
export const lists = {
  whatsOn: 'What’s on',
  title: '{about}: what’s on',
  monthTitle: '{about} in {month}',
  monthTitleOfAll: 'What’s on in {month}',
  monthDescription: '{title}: events with dates, venues and prices.',
  categoryDescription: '{category} events in every city, with dates, venues and prices.',
  cityDescription: 'Concerts, plays, talks and more in {city}, with dates, venues and prices.',
  byMonth: 'By month',
  otherMonths: 'Other months',
  nothingHere: 'Nothing is announced here right now. {link}, or come back soon.',
  lookElsewhere: 'Look elsewhere',
  nextOnly: 'These are the next events. The months above hold everything that is announced.',
  organiser: 'Organiser',
  eventsBy: 'Events by {name}',
  nothingFromOrganiser: 'Nothing is announced right now. Come back soon.',
  earlier: 'Earlier',
} as const

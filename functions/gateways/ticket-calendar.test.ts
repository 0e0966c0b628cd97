import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { type CalendarEvent, calendarContentType, renderCalendar } from './ticket-calendar.ts'

const event: CalendarEvent = {
  id: 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy',
  version: 3,
  isCancelled: false,
  name: 'Flamenco; at, the "Water" Mill',
  startsAt: '2027-03-28T00:30:00.000Z',
  endsAt: '2027-03-28T03:30:00.000Z',
  timeZone: 'Europe/Madrid',
  updatedAt: '2027-01-02T03:04:05.000Z',
  venueName: 'Teatro del Molino',
  address: 'Calle del Agua 12, 41001 Seville, Spain',
  url: 'https://tickets.example/orders/ord_1/?key=a-b_c&x=1',
  organiser: { name: 'Molino Nights', email: 'hello@molino.example' },
  language: 'en',
}

function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const component = calendar.getFirstSubcomponent('vevent')
  if (!component) throw new Error('no VEVENT')
  return { calendar, component, entry: new ICAL.Event(component) }
}

test('a calendar reads the exact instants, in the night when clocks go forward too', () => {
  const { entry, component } = parse(renderCalendar(event))
  expect(entry.startDate.toJSDate().toISOString()).toBe(event.startsAt)
  expect(entry.endDate.toJSDate().toISOString()).toBe(event.endsAt)
  expect(component.getFirstProperty('dtstart')?.toICALString()).toBe('DTSTART:20270328T003000Z')
})

test('it says what, where and when by the clock of the venue', () => {
  const { entry } = parse(renderCalendar({ ...event, doorsAt: '2027-03-27T23:45:00.000Z' }))
  expect(entry.summary).toBe(event.name)
  expect(entry.location).toBe('Teatro del Molino, Calle del Agua 12, 41001 Seville, Spain')
  expect(entry.description).toMatch(/Sunday,? 28 March 2027, 1:30 – 5:30 \(Central European/)
  expect(entry.description).toContain('Doors 0:45')
  expect(entry.description).toContain(event.url)
})

test('a later version replaces the entry, a cancellation takes it out', () => {
  const first = parse(renderCalendar(event))
  const cancelled = parse(renderCalendar({ ...event, version: 4, isCancelled: true }))
  expect(cancelled.entry.uid).toBe(first.entry.uid)
  expect([first.entry.sequence, cancelled.entry.sequence]).toEqual([3, 4])
  expect(first.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  expect(first.calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
  expect(cancelled.component.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(cancelled.calendar.getFirstPropertyValue('method')).toBe('CANCEL')
})

test('the organiser is named when he has an address', () => {
  const organiser = (changed: CalendarEvent) =>
    parse(renderCalendar(changed)).component.getFirstPropertyValue('organizer')
  expect(organiser(event)).toBe('mailto:hello@molino.example')
  expect(organiser({ ...event, organiser: { name: 'Molino Nights' } })).toBeNull()
})

test('the content type carries the method of the file', () => {
  expect(calendarContentType(event)).toBe('text/calendar; charset=utf-8; method=PUBLISH')
  expect(calendarContentType({ isCancelled: true })).toContain('method=CANCEL')
})

test('the same event is the same file', () => {
  expect(renderCalendar(event)).toBe(renderCalendar(event))
})

test('a name with line breaks adds no property', () => {
  const hostile = 'Gig\r\nATTENDEE:mailto:x@evil.example\nEND:VEVENT'
  const { entry, component, calendar } = parse(
    renderCalendar({
      ...event,
      name: hostile,
      venueName: hostile,
      organiser: { name: `${hostile}"`, email: 'a@b.example\r\nX-EVIL:1' },
    }),
  )
  expect(entry.summary).toBe('Gig ATTENDEE:mailto:x@evil.example END:VEVENT')
  expect(component.getAllProperties('attendee')).toEqual([])
  expect(component.getAllProperties('x-evil')).toEqual([])
  expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1)
})

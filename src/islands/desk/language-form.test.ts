import { expect, test } from 'vitest'
import { keptForms, languageFormOf, languageFormsOf, translationsOf } from './language-form.ts'

const seat = { id: 'tty_seat', name: 'Seat', description: '' }
const german = {
  ...{ name: 'Quartett', summary: '', description: '', accessibility: '' },
  ticketTypes: { tty_seat: { name: 'Platz', description: '' } },
}
const event = { translations: { de: german }, ticketTypes: [seat] }

test('translations survive their forms, and one without a form goes', () => {
  const forms = languageFormsOf(event)
  expect(translationsOf(forms)).toEqual({ de: german })
  expect(translationsOf([])).toEqual({})
})

test('a new language is empty, and Arabic is written from the right', () => {
  const form = languageFormOf(event, 'ar')
  expect([form.direction, form.name, form.ticketTypes[0]?.written.name]).toEqual(['rtl', '', 'Seat'])
  expect(translationsOf([form]).ar?.ticketTypes).toEqual({})
})

test('what is typed stays when a ticket type comes, which has no words yet', () => {
  const ticketTypes = [seat, { ...seat, id: 'tty_box', name: 'Box' }]
  const typed = languageFormsOf(event).map((form) => ({ ...form, summary: 'Vier Saiten' }))
  const [form] = keptForms(typed, { ...event, ticketTypes })
  expect(form?.summary).toBe('Vier Saiten')
  expect(form?.ticketTypes.map(({ name }) => name)).toEqual(['Platz', ''])
})

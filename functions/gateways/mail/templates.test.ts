import { expect, test } from 'vitest'
import { languages } from '#domain/languages.ts'
import { documents } from '#src/i18n/documents.ts'
import { renderConfirmation } from './confirmation.ts'
import { renderEventCancelled } from './event-cancelled.ts'
import type { MailEvent, MailOrder } from './mail-content.ts'
import { renderRefundNotice } from './refund-notice.ts'

const event: MailEvent = {
  name: 'Flamenco at the Water Mill',
  startsAt: '2027-03-14T19:30:00.000Z',
  endsAt: '2027-03-14T22:00:00.000Z',
  timeZone: 'Europe/Madrid',
  venueName: 'Teatro del Molino',
  address: 'Calle del Agua 12, 41001 Seville, Spain',
  organiserName: 'Molino Nights',
  accent: '#b3261e',
}
const order: MailOrder = {
  id: 'ord_01jd0zr1a2b3c4d5e6f7g8h9jm',
  lines: [
    { ticketTypeName: 'General admission', quantity: 2, totalMinor: 4900 },
    { ticketTypeName: 'Child', quantity: 1, totalMinor: 0 },
  ],
  total: { amountMinor: 4900, currency: 'EUR' },
  url: 'https://tickets.example/orders/ord_01jd/?key=a-b&x="1"',
}
const language = 'en'
const refunded = { amountMinor: 4900, currency: 'JPY' }
const breakOut = '<img src=x onerror=alert(1)></script>"\'\r\n\u202EBcc: x'

const confirmation = renderConfirmation({ event, order, language })

test('a confirmation says what was bought, for how much, when, where and how to get in', () => {
  expect(confirmation.subject).toBe('Your tickets: Flamenco at the Water Mill')
  for (const reading of [confirmation.text, confirmation.html]) {
    expect(reading).toMatch(/Sunday,? 14 March 2027/)
    expect(reading).toContain('20:30 – 23:00 (Central European Standard Time)')
    expect(reading).toContain('Teatro del Molino')
    expect(reading).toContain('2 × General admission')
    expect(reading).toContain('€49.00')
    expect(reading).toContain('Free')
    expect(reading).toContain(order.id)
  }
  expect(confirmation.text).toContain(order.url)
  expect(confirmation.html).toContain('href="https://tickets.example/orders/ord_01jd/?key=a-b&amp;x=&quot;1&quot;"')
})

test('a confirmation says what of the total is fee and tax, and what a code took off', () => {
  const charges = { discountMinor: 500, feeMinor: 300, taxMinor: 445 }
  const lines = [{ ticketTypeName: 'Standing', phase: 'Early bird', quantity: 2, totalMinor: 4900, charges }]
  const discountCode = { code: 'HALF', uses: 2, discountMinor: 500 }
  const tax = { name: 'VAT', basisPoints: 1000, mode: 'inclusive' } as const
  const { text, html } = renderConfirmation({ event, order: { ...order, lines, discountCode, tax }, language })
  for (const reading of [text, html])
    for (const words of [
      'Standing, Early bird',
      'Taken off by code HALF',
      '€5.00',
      'service fee',
      '€3.00',
      '10% VAT',
      '€4.45',
    ])
      expect(reading).toContain(words)
  expect(confirmation.text).not.toContain('Including')
})

test('one ticket is spoken of as one', () => {
  const single = { ...order, lines: order.lines.slice(1) }
  expect(renderConfirmation({ event, order: single, language }).subject).toBe('Your ticket: Flamenco at the Water Mill')
})

test('every name that people type stays text, on one line', () => {
  const hostile = {
    ...event,
    name: breakOut,
    venueName: breakOut,
    address: breakOut,
    organiserName: breakOut,
    accent: 'red;background:url(//evil)',
  }
  const lines = [{ ticketTypeName: breakOut, quantity: 1, totalMinor: 100 }]
  const mails = [
    renderConfirmation({ event: hostile, order: { ...order, lines }, language }),
    renderEventCancelled({ event: hostile, order, refunded, language }),
    renderRefundNotice({ event: hostile, order, refunded, cause: 'no_tickets', language }),
  ]
  for (const { subject, html, text } of mails) {
    expect(subject).not.toMatch(/[\r\n\u202E]/)
    expect(html).not.toMatch(/<img|<\/script|<script|url\(|\u202E/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;&quot;&#39; Bcc: x')
    expect(text).toContain('<img src=x onerror=alert(1)></script>"\' Bcc: x')
    expect(text).not.toMatch(/^Bcc:/m)
  }
})

test('a payment that came too late is told plainly: no tickets, and the money back', () => {
  const { subject, text } = renderRefundNotice({ event, order, refunded, cause: 'no_tickets', language })
  expect(subject).toBe('No tickets, money back: Flamenco at the Water Mill')
  expect(text).toContain('You have no tickets for this event.')
  expect(text).toContain('We are returning JP¥4,900')
})

test('a refund names its amount and who asked for it', () => {
  const asked = renderRefundNotice({
    event,
    order,
    refunded: { amountMinor: 2450, currency: 'EUR' },
    cause: 'requested',
    language,
  })
  expect(asked.subject).toBe('Refund of €24.50: Flamenco at the Water Mill')
  expect(asked.text).toContain('as you asked')
  expect(renderRefundNotice({ event, order, refunded, cause: 'by_organiser', language }).text).toContain(
    'The organiser has refunded you',
  )
})

test('tickets that ended without money promise none, in any language', () => {
  const nothing = { amountMinor: 0, currency: 'EUR' }
  for (const one of languages) {
    const { subject, text } = renderRefundNotice({
      ...{ event, order, refunded: nothing, cause: 'by_organiser', language: one },
    })
    expect(subject).toBe(documents[one].endedSubject.replace('{event}', event.name))
    expect(text).toContain(documents[one].ended)
    expect(text).not.toContain(documents[one].by_organiser)
  }
})

test('a cancelled event promises money only when money goes back', () => {
  expect(renderEventCancelled({ event, order, refunded, language }).text).toContain('JP¥4,900')
  for (const nothing of [null, { amountMinor: 0, currency: 'EUR' }]) {
    const { subject, text } = renderEventCancelled({ event, order, refunded: nothing, language })
    expect(subject).toBe('Cancelled: Flamenco at the Water Mill')
    expect(text).not.toMatch(/returning|Free/)
  }
})

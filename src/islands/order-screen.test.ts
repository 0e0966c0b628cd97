import { describe, expect, test } from 'vitest'
import { texts } from '../i18n/texts.ts'
import { countdown, pollDelayMs, readOrderLink, screenOf, spokenCountdown } from './order-screen.ts'

const words = texts('en').order
const until = '2027-03-01T12:00:00.000Z'
const before = Date.parse('2027-03-01T11:50:00.000Z')
const after = Date.parse('2027-03-01T12:00:01.000Z')

describe('the link', () => {
  test('is read from behind the hash, with where the buyer comes from in the query', () => {
    expect(readOrderLink('?from=payment', '#id=ord_01abc&key=k-1')).toEqual({
      id: 'ord_01abc',
      key: 'k-1',
      from: 'payment',
    })
  })
  test('is read from a query too', () => {
    expect(readOrderLink('?id=ord_01abc&key=k-1', '')).toEqual({ id: 'ord_01abc', key: 'k-1', from: '' })
  })
  test('without a key, or with an id that is a path, is no link', () => {
    expect(readOrderLink('', '#id=ord_01abc')).toBeNull()
    expect(readOrderLink('', '#id=../me&key=k')).toBeNull()
    expect(readOrderLink('', '')).toBeNull()
  })
})

describe('the screen', () => {
  const held = { status: 'held', holdExpiresAt: until } as const

  test('a held order waits for payment', () => expect(screenOf(held, '', before)).toBe('held'))
  test('coming back without paying says so', () => expect(screenOf(held, 'payment', before)).toBe('unpaid'))
  test('coming back after paying waits for the confirmation', () =>
    expect(screenOf(held, 'success', before)).toBe('confirming'))
  test('a hold that is over is not called expired until the server says so', () =>
    expect(screenOf(held, '', after)).toBe('confirming'))
  test.each(['paid', 'partly_refunded', 'refunded', 'cancelled', 'expired'] as const)(
    'once the server says %s, nothing in the address changes that',
    (status) => expect(screenOf({ status, holdExpiresAt: until }, 'payment', before)).toBe(status),
  )
  test('an ended order says that nothing was charged', () =>
    expect(words.screens.expired.text).toContain('Nothing was charged'))
})

test('a countdown shows minutes and seconds and stops at zero', () => {
  expect(countdown(15 * 60_000)).toBe('15:00')
  expect(countdown(9 * 60_000 + 4_200)).toBe('9:05')
  expect(countdown(-5)).toBe('0:00')
})

test('a screen reader hears of the countdown three times, not every second', () => {
  const heard = Array.from({ length: 900 }, (_, second) => spokenCountdown(second * 1000, words)).filter(Boolean)
  expect(heard).toEqual(['One minute left to pay.', '2 minutes left to pay.', '5 minutes left to pay.'])
})

test('polling starts at a second and never waits longer than fifteen', () => {
  expect(pollDelayMs(0)).toBe(1000)
  expect(pollDelayMs(1)).toBe(1400)
  expect(pollDelayMs(50)).toBe(15_000)
})

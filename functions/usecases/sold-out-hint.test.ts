import { expect, test } from 'vitest'
import { createSoldOutHint } from './sold-out-hint.ts'

const asked = (...types: string[]) => ({
  eventId: 'evt_1',
  lines: types.map((ticketTypeId) => ({ ticketTypeId, quantity: 1 })),
})

test('what was sold out is known for two seconds, for these types and no others', () => {
  const clock = { ms: 0 }
  const hint = createSoldOutHint(() => clock.ms)
  hint.remember(asked('tty_a', 'tty_b'))
  expect(hint.isSoldOut(asked('tty_b', 'tty_a', 'tty_a'))).toBe(true)
  expect(hint.isSoldOut(asked('tty_a'))).toBe(false)
  expect(hint.isSoldOut({ ...asked('tty_a', 'tty_b'), eventId: 'evt_2' })).toBe(false)
  clock.ms = 2000
  expect(hint.isSoldOut(asked('tty_a', 'tty_b'))).toBe(false)
})

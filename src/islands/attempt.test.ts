import { expect, test } from 'vitest'
import { attemptKey, endAttempt, type Memory } from './attempt.ts'

const newMemory = (): Memory => {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}
const counter = () => {
  let made = 0
  return () => `key-${++made}`
}

test('a repeat with the same content repeats the key', () => {
  const memory = newMemory()
  const next = counter()
  expect(attemptKey(memory, 'evt_1', '{"a": 1}', next)).toBe('key-1')
  expect(attemptKey(memory, 'evt_1', '{"a": 1}', next)).toBe('key-1')
})

test('other content is another attempt', () => {
  const memory = newMemory()
  const next = counter()
  attemptKey(memory, 'evt_1', '{"a": 1}', next)
  expect(attemptKey(memory, 'evt_1', '{"a": 2}', next)).toBe('key-2')
})

test('two events do not share an attempt', () => {
  const memory = newMemory()
  const next = counter()
  attemptKey(memory, 'evt_1', 'same', next)
  expect(attemptKey(memory, 'evt_2', 'same', next)).toBe('key-2')
  expect(attemptKey(memory, 'evt_1', 'same', next)).toBe('key-1')
})

test('after its end the same content is bought anew', () => {
  const memory = newMemory()
  const next = counter()
  attemptKey(memory, 'evt_1', 'same', next)
  endAttempt(memory, 'evt_1')
  expect(attemptKey(memory, 'evt_1', 'same', next)).toBe('key-2')
})

import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

function counted() {
  const asked: string[] = []
  const spell = remembered((word: string, times: number) => {
    asked.push(`${word} ${times}`)
    return word.repeat(times)
  })
  return { asked, spell }
}

test('the same question is answered once, another one by itself', () => {
  const { asked, spell } = counted()
  expect([spell('a', 2), spell('a', 2), spell('a', 3), spell('b', 2)]).toEqual(['aa', 'aa', 'aaa', 'bb'])
  expect(asked).toEqual(['a 2', 'a 3', 'b 2'])
})

test('it holds a thousand answers and no more', () => {
  const { asked, spell } = counted()
  for (let times = 0; times < 1000; times++) spell('', times)
  spell('', 0)
  expect(asked).toHaveLength(1000)
  spell('', 1000)
  expect(spell('', 0)).toBe('')
  expect(asked).toHaveLength(1002)
})

test('what throws is asked again', () => {
  let calls = 0
  const failing = remembered((text: string) => {
    calls += 1
    throw new RangeError(text)
  })
  expect(() => failing('no')).toThrow(RangeError)
  expect(() => failing('no')).toThrow(RangeError)
  expect(calls).toBe(2)
})

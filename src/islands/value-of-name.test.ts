import { expect, test } from 'vitest'
import { valueOfName } from './value-of-name.ts'

const scope = {
  count: 2,
  isEmpty: false,
  rows: { tty_1: { price: '€12', left: undefined } },
  add(by: number) {
    return this.count + by
  },
}

test('a name stands for the member, through as many points as it has', () => {
  expect(valueOfName('count', scope, [])).toBe(2)
  expect(valueOfName('rows.tty_1.price', scope, [])).toBe('€12')
  expect(valueOfName('rows.tty_1.left', scope, [])).toBeUndefined()
  expect(valueOfName('rows.tty_1.price.length', scope, [])).toBe(3)
})

test('an exclamation mark makes it the opposite', () => {
  expect(valueOfName('!isEmpty', scope, [])).toBe(true)
  expect(valueOfName('!rows.tty_1.price', scope, [])).toBe(false)
})

test('a function is called among the names, with what came with the event', () => {
  expect(valueOfName('add', scope, [3])).toBe(5)
  expect(valueOfName(scope.add, scope, [4])).toBe(6)
})

test.each(['gone', 'rows.tty_2.price', 'count + 1', 'add(1)', "rows['tty_1']", ''])('%s is no name', (name) => {
  expect(() => valueOfName(name, scope, [])).toThrow(ReferenceError)
})

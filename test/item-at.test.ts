import { expect, test } from 'vitest'
import { itemAt } from '../src/text/item-at.ts'

test('returns the item at an index', () => {
  expect(itemAt(['a', 'b'], 1)).toBe('b')
  expect(itemAt(new Int32Array([7]), 0)).toBe(7)
})

test('throws if there is no such item', () => {
  expect(() => itemAt([], 0)).toThrow(new RangeError('there is no item 0 among 0'))
})

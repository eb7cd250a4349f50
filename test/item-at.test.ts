import { expect, test } from 'vitest'
import { itemAt } from '../src/text/item-at.ts'

test('gives the item at an index', () => {
  expect(itemAt(['a', 'b'], 1)).toBe('b')
  expect(itemAt(new Int32Array([7]), 0)).toBe(7)
})

test('throws where there is none', () => {
  expect(() => itemAt([], 0)).toThrow(new RangeError('there is no item 0 among 0'))
})

import { expect, test } from 'vitest'
import { pathParameter } from '../src/hubspot/open-exchange.ts'
import { itemAt } from '../src/text/item-at.ts'

test('returns the item at an index', () => {
  expect(itemAt(['a', 'b'], 1)).toBe('b')
  expect(itemAt(new Int32Array([7]), 0)).toBe(7)
})

test('throws if there is no such item', () => {
  expect(() => itemAt([], 0)).toThrow(new RangeError('there is no item 0 among 0'))
})

test('a parameter that the path does not have throws, too', () => {
  expect(pathParameter({ parameters: { assetId: '7' } }, 'assetId')).toBe('7')
  expect(() => pathParameter({ parameters: {} }, 'assetId')).toThrow(
    new RangeError('there is no parameter assetId in the path'),
  )
})

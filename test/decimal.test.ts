import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decimalOf,
  equalDecimals,
  numberOf,
  parseDecimal,
  subtractDecimals,
  sumDecimals,
  writeDecimal,
} from '../src/text/decimal.ts'

const sum = (...values: number[]) => writeDecimal(sumDecimals(values.map(decimalOf)))

test('a sum of decimals is exact, and has at least one decimal', () => {
  expect(sum(0.1, 0.2)).toBe('0.3')
  expect(sum(12.34)).toBe('12.34')
  expect(sum(1, 1)).toBe('2.0')
  expect(sum(0.05, 0.05)).toBe('0.1')
  expect(sum(-0.5, 0.25)).toBe('-0.25')
  expect(sum(1e21, 1e-7)).toBe('1000000000000000000000.0000001')
  expect(sum()).toBe('0.0')
  expect(sum(-0)).toBe('0.0')
  expect(numberOf(subtractDecimals(decimalOf(0.3), decimalOf(0.1)))).toBe(0.2)
})

test('every finite number survives writing and reading', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(numberOf(decimalOf(value))).toBe(value === 0 ? 0 : value)
    }),
  )
})

test('a sum of whole cents equals the sum of integers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 })), (cents) => {
      const total = cents.reduce((a, b) => a + b, 0)
      expect(numberOf(sumDecimals(cents.map((cent) => decimalOf(cent / 100))))).toBe(total / 100 + 0)
    }),
  )
})

test('a decimal may end with zeros', () => {
  const [a, b] = [parseDecimal('2.50'), parseDecimal('2.5')]
  expect(a !== undefined && b !== undefined && equalDecimals(a, b)).toBe(true)
  expect(['', '1e9', '1e999999999', '.5', '5.', '1,000', 'two', '9'.repeat(101)].map(parseDecimal)).toEqual(
    Array(8).fill(undefined),
  )
})

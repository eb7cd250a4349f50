import { expect, test } from 'vitest'
import { fill } from '../src/text/template.ts'

test('fills words into every text, however deep', () => {
  expect(fill({ a: '{id}', b: [{ c: 'x {id} y' }], d: 7, e: null }, { id: '1' })).toEqual({
    a: '1',
    b: [{ c: 'x 1 y' }],
    d: 7,
    e: null,
  })
})

test('keeps an unknown word, and does not expand a filled-in value', () => {
  expect(fill('{id} {other} {toString}', { id: '{other}' })).toBe('{other} {other} {toString}')
})

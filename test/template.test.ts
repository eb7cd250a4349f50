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

test('leaves a word that nobody gave, and does not read what it fills in', () => {
  expect(fill('{id} {other} {toString}', { id: '{other}' })).toBe('{other} {other} {toString}')
})

import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from '../src/text/cursor.ts'

// The base64 of most of these offsets ends in =, which is where encoding twice shows.
test.each([0, 1, 2, 4, 5, 50, 100, 1000, 9_999_999])('a cursor of %d is read encoded once and twice', (offset) => {
  const after = encodeCursor(offset)
  expect(decodeCursor(decodeURIComponent(after))).toBe(offset)
  expect(decodeCursor(after)).toBe(offset)
})

test('writes a cursor as HubSpot does', () => {
  expect(encodeCursor(2)).toBe('Mg%3D%3D')
})

test.each(['', 'x', 'Mg', 'LTE=', '2', 'MS41', '%', 'Mg%3D%3D%3D'])('%s is not a cursor', (text) => {
  expect(decodeCursor(text)).toBeUndefined()
})

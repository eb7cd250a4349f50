import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { findJsonProblem, offsetOf, offsetsOf, positionAt } from '../src/text/json-text.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A JSON text that was broken, or not, by a character put in or taken out. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', '.', 'e', 't', ' ', '\n', '\u0001'),
    fc.nat(2),
  )
  .map(([text, at, char, gone]) => {
    const cut = at % (text.length + 1)
    return text.slice(0, cut) + char + text.slice(cut + gone)
  })

test('a text has a problem exactly when JSON.parse refuses it', () => {
  fc.assert(
    fc.property(nearlyJson, (text) => {
      expect(findJsonProblem(text) === undefined).toBe(isJson(text))
    }),
    { numRuns: 20_000 },
  )
})

test('up to its problem a text can be completed to JSON, and not with the character at it', () => {
  const completions = [
    '',
    '"',
    '0',
    '":0}',
    '}',
    ']',
    '0]',
    ':0}',
    '"a":0}',
    'null',
    '"}',
    '"]',
    'rue',
    'alse',
    'ull',
    '0000"',
  ]
  fc.assert(
    fc.property(fc.json({ maxDepth: 1 }), fc.nat(), (text, at) => {
      const cut = at % (text.length + 1)
      const broken = `${text.slice(0, cut)}\u0000${text.slice(cut)}`
      const offset = findJsonProblem(broken)?.offset ?? -1
      expect(offset).toBeLessThanOrEqual(cut)
      expect(offset).toBeGreaterThanOrEqual(0)
      if (completions.some((end) => isJson(text.slice(0, cut) + end))) expect(offset).toBe(cut)
    }),
    { numRuns: 2_000 },
  )
})

test('every value of a JSON text is found under its path', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      for (const [path, leaf] of leaves(JSON.parse(text))) {
        const offset = offsetOf(text, path)
        expect(text.slice(offset).startsWith(JSON.stringify(leaf))).toBe(true)
      }
    }),
  )
})

function* leaves(value: unknown, path: (string | number)[] = []): Generator<[(string | number)[], unknown]> {
  if (typeof value !== 'object' || value === null) return yield [path, value]
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value)
  for (const [key, inner] of entries) yield* leaves(inner, [...path, key])
}

test('of a member named twice the last counts, as for JSON.parse', () => {
  expect(offsetOf('{"a":1,"a":2}', ['a'])).toBe(11)
})

test('a path that leads nowhere has the offset of what lacks it', () => {
  expect(offsetOf('{"a":[1]}', ['a', 1])).toBe(5)
  expect(offsetOf('{"a":[1]}', ['b', 'c'])).toBe(0)
})

test('lines and columns count from 1', () => {
  expect([0, 2, 3, 5].map((offset) => positionAt('ab\n\nc', offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 2 },
  ])
})

test('the offsets of any number of paths are found in one scan', () => {
  const text = '{"a":[1,{"b":2}],"c":3,"a.b":4}'
  const paths = [['a', 1, 'b'], ['c'], [], ['a', 7], ['a.b'], ['none', 'b'], ['a', 1, 'b']]
  expect(offsetsOf(text, paths)).toEqual(paths.map((path) => offsetOf(text, path)))
  const match = vi.spyOn(RegExp.prototype, 'test')
  offsetsOf(text, [['c']])
  const scanned = match.mock.calls.length
  offsetsOf(text, paths)
  expect(match.mock.calls.length).toBe(2 * scanned)
  match.mockRestore()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchNames, nameAt, nameCount, nameYears, numberedName } from '../src/world/campaigns/generated-names.ts'

const names = Array.from({ length: nameCount }, (_, number) => nameAt(number))

test('names are in alphabetical order, and so are their numbered uses', () => {
  expect(names.toSorted()).toEqual(names)
  expect(new Set(names).size).toBe(nameCount)
  // No name begins with another one: all end with the only year in them.
  for (const name of names) expect(name).toMatch(/^\D+ \d{4}$/)
  expect(new Set(names.map((name) => Number(name.slice(-4))))).toEqual(new Set(nameYears))
})

test('the second use of a name and all later ones are numbered', () => {
  expect([1, 2, 17].map((use) => numberedName('Spring Launch 2026', use))).toEqual([
    'Spring Launch 2026',
    'Spring Launch 2026 #2',
    'Spring Launch 2026 #17',
  ])
})

test('a text is found in those names and numbers that contain it, and in no others', () => {
  const number = fc.nat(nameCount - 1)
  const use = fc.integer({ min: 1, max: 1200 })
  const part = fc
    .tuple(number, use, fc.nat(45), fc.integer({ min: 1, max: 20 }), fc.boolean())
    .map(([number, use, start, length, isCapital]) => {
      const text = numberedName(nameAt(number), use).slice(start, start + length)
      return isCapital ? text.toUpperCase() : text
    })
  const anyPart = fc.oneof(part, fc.string({ unit: fc.constantFrom(...' #0126'), maxLength: 5 }))
  fc.assert(
    fc.property(anyPart, fc.array(number, { minLength: 20, maxLength: 20 }), (part, numbers) => {
      const { uses, isMatch } = matchNames(part)
      for (const number of numbers) {
        for (let use = 1; use <= 1200; use++) {
          const isFound = uses[number] === 'all' || (uses[number] === 'some' && isMatch(use))
          const name = numberedName(nameAt(number), use).toLowerCase()
          if (isFound !== name.includes(part.toLowerCase())) throw new Error(`${JSON.stringify(part)} in ${name}`)
        }
      }
    }),
    { numRuns: 50 },
  )
})

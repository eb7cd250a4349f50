import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Problem } from '../src/text/schema-problems.ts'
import { checkFixture } from '../src/world/fixtures/check-fixture.ts'
import { fixtureJsonSchema } from '../src/world/fixtures/fixture-json-schema.ts'
import { ArbitraryValue, type SchemaPart } from './arbitrary-value.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const shipped: SchemaPart = JSON.parse(read('fixtures.schema.json'))
const validate = new Ajv({ strict: true, allErrors: true }).compile(shipped)

test('the shipped schema is made from the schema that checks fixtures', () => {
  const types = [read('src/public/fixture.ts'), read('src/public/step.ts')].join('\n')
  expect(shipped).toEqual(fixtureJsonSchema(types))
})

test('every member and every definition has a description', () => {
  const parts = [...partsOf(shipped, '')]
  expect(parts.length).toBeGreaterThan(100)
  expect(parts.filter(({ part }) => !part.description?.endsWith('.')).map(({ path }) => path)).toEqual([])
})

function* partsOf(schema: SchemaPart, path: string): Generator<{ path: string; part: SchemaPart }> {
  for (const kind of ['properties', 'definitions'] as const) {
    for (const [name, part] of Object.entries(schema[kind] ?? {})) {
      yield { path: `${path}/${name}`, part }
      yield* partsOf(part, `${path}/${name}`)
    }
  }
  for (const part of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]) {
    if (part) yield* partsOf(part, path)
  }
}

test('the default fixture is valid', () => {
  expect(validate(parse(read('fixtures/default.yaml')))).toBe(true)
})

test('a fixture can name its schema and have a place for anchors', () => {
  expect(validate({ $schema: './fixtures.schema.json', 'x-any': 1 })).toBe(true)
  expect(validate({ $schema: 1 })).toBe(false)
  expect(validate({ y: 1 })).toBe(false)
})

/** The rules that JSON Schema cannot state, as docs/fixtures.md lists them. */
const rulesOfCheckAlone = [
  /duplicate (id|property)|is used twice/,
  /the sum of (budget|spend)Items/,
  /min \d+ is greater than max/,
  /is set by the mock/,
  /"\d{4}-\d\d-\d\d\S*" is no (moment|day|period)/,
]

const isOfCheckAlone = ({ message }: Problem) => rulesOfCheckAlone.some((rule) => rule.test(message))

const wanted = 1000
const fixtures = new ArbitraryValue(shipped).of(shipped)

/** What a fixture can be changed into: another value, a key more or a key less somewhere in it. */
const changes = fc.record({
  at: fc.array(fc.nat(), { maxLength: 8 }),
  value: fc.jsonValue({ maxDepth: 1 }),
  key: fc.string(),
})

test('the schema and the check agree on 1000 valid and 1000 broken fixtures', () => {
  const counts = { valid: 0, broken: 0 }
  fc.assert(
    fc.property(fixtures, changes, (fixture, change) => {
      for (const value of [fixture, changed(structuredClone(fixture), change)]) {
        const checked = checkFixture(value)
        const problems = 'problems' in checked ? checked.problems : []
        if (problems.length > 0 && problems.every(isOfCheckAlone)) continue
        const isValid = problems.length === 0
        counts[isValid ? 'valid' : 'broken'] += 1
        expect({ value, isValid: validate(value), problems }).toEqual({ value, isValid, problems })
      }
    }),
    { numRuns: 2 * wanted, seed: 1 },
  )
  expect(counts.valid).toBeGreaterThanOrEqual(wanted)
  expect(counts.broken).toBeGreaterThanOrEqual(wanted)
})

type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never

function changed(value: unknown, { at, value: given, key }: Change): unknown {
  const [step, ...rest] = at
  if (typeof value !== 'object' || value === null || step === undefined) return given
  const keys = Object.keys(value)
  const name = keys[step % (keys.length + 1)]
  if (name === undefined) return Array.isArray(value) ? [...value, given] : { ...value, [key]: given }
  if (Array.isArray(value))
    return value.with(Number(name), changed(value[Number(name)], { at: rest, value: given, key }))
  const { [name]: member, ...others }: Record<string, unknown> = { ...value }
  return rest.length === 0 ? others : { ...others, [name]: changed(member, { at: rest, value: given, key }) }
}

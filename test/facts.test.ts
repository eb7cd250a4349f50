import { expect, test } from 'vitest'
import { knownDifferences } from '../src/contract/evidence/known-differences.ts'
import type { Json } from '../src/drift/json.ts'
import { placeOf, valueText } from '../src/drift/spec/fact.ts'
import { operationFacts } from '../src/drift/spec/operation-facts.ts'
import { type ReportedDifference, writeReport } from '../src/drift/spec/report.ts'

test('a document becomes facts, each of a subject, a keyword and a value', () => {
  const document = {
    paths: {
      '/x': {
        post: {
          parameters: [
            { name: 'trace', in: 'header', schema: { type: 'string' } },
            { name: 'sort', in: 'query', schema: { const: 'asc' } },
          ],
          responses: {
            200: {
              headers: { 'X-Left': { $ref: '#/components/headers/Left' } },
              content: { 'application/json': { schema: { $ref: 'other.json#/A' } } },
            },
          },
        },
      },
    },
    components: { headers: { Left: { schema: { type: 'integer', minimum: 0 } } } },
  }
  const facts = [...operationFacts(document, '/x', 'post')]
  expect(facts.map((fact) => `${placeOf(fact)} = ${valueText(fact)}`)).toEqual([
    'method post = served',
    'operationId = null',
    'header.trace = optional',
    'header.trace style = simple',
    'header.trace explode = false',
    'header.trace type = string',
    'query.sort = optional',
    'query.sort style = form',
    'query.sort explode = true',
    'query.sort is asc = allowed',
    '200 = present',
    '200 content application/json = used',
    '200 leads nowhere = other.json#/A',
    '200@x-left = present',
    '200@x-left type = integer',
    '200@x-left minimum = 0',
  ])
  expect(facts.at(-1)).toMatchObject({ keyword: 'minimum', values: [0], subject: { part: 'header' } })
})

test('members whose names have dots and spaces are not mistaken for others', () => {
  const schema = (properties: Json) => ({
    paths: { '/x': { get: { responses: { 200: { content: { 'application/json': { schema: { properties } } } } } } } },
  })
  const nested = operationFacts(schema({ a: { properties: { b: { type: 'string' } } } }), '/x', 'get')
  const dotted = operationFacts(schema({ 'a.b': { type: 'string' }, 'a type': {} }), '/x', 'get')
  expect([...dotted].filter((fact) => nested.has(fact)).map(placeOf)).toEqual([
    'method get',
    'operationId',
    '200',
    '200 content application/json',
  ])
})

test('a report lists the differences that are not known, counts the others, and shortens long values', () => {
  const difference: ReportedDifference = {
    operation: 'batch.read',
    place: 'a',
    kind: 'differs',
    theirs: 'x'.repeat(80),
    ours: null,
    breaks: true,
    known: 'own-server',
  }
  const report = {
    versions: ['v3'],
    operations: 2,
    same: 1,
    differences: [difference, { ...difference, place: 'b', known: null }],
  }
  const lines = (isVerbose: boolean) =>
    writeReport('spec.json', report, isVerbose)
      .split('\n')
      .map((line) => line.replace(/x{59}…/, 'x…').replace(/ +/g, ' '))
  const brief = [
    'spec.json: 2 operations of v3',
    '1 facts are the same · 1 differ for a known reason · 1 differ, 1 of them break clients',
    ' operation place HubSpot mock',
    'BREAKS batch.read b x… - differs',
  ]
  expect(lines(false)).toEqual([...brief, ''])
  expect(lines(true)).toEqual([
    ...brief,
    `known batch.read a x… - own-server: ${knownDifferences['own-server'].mock}`,
    '',
  ])
})

import { expect, test } from 'vitest'
import { factsOf } from '../src/drift/facts.ts'
import { report } from '../src/drift/report.ts'

test('a document becomes facts, each by its place', () => {
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
  expect([...factsOf(document, '/x', 'post')].map((fact) => fact.join(' = '))).toEqual([
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
    '200 = answered',
    '200 content application/json = taken',
    '200 leads nowhere = other.json#/A',
    '200@x-left = sent',
    '200@x-left type = integer',
    '200@x-left minimum = 0',
  ])
})

test('a report tells what is not known first, and shortens what is long', () => {
  const difference = { kind: 'differs', theirs: 'x'.repeat(80), ours: null, breaks: true } as const
  const text = report('spec.json', {
    same: 1,
    differences: [
      { ...difference, place: 'a', known: 'since ever' },
      { ...difference, place: 'b', known: null },
    ],
  })
  expect(text.split('\n').map((line) => line.replace(/x{59}…/, 'x…').replace(/ +/g, ' '))).toEqual([
    'spec.json',
    '1 same · 1 differ as known · 1 differ, 1 of them break clients',
    ' place theirs ours',
    'BREAKS b x… - differs',
    'known a x… - since ever',
    '',
  ])
})

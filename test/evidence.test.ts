import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Guess, KnownDifference, RecordedFact } from '../src/contract/evidence/evidence.ts'
import { guesses } from '../src/contract/evidence/guesses.ts'
import { type KnownDifferenceId, knownDifferences } from '../src/contract/evidence/known-differences.ts'
import { recordedFacts } from '../src/contract/evidence/recorded-facts.ts'
import { operationRoutes } from '../src/contract/operation-routes.ts'
import { checkExchanges } from '../src/drift/recording/check-exchange.ts'
import { readRecordings } from '../src/drift/recording/read-recordings.ts'
import { compareFacts } from '../src/drift/spec/compare-facts.ts'
import { Facts } from '../src/drift/spec/fact.ts'
import { type KnownDifference as KnownPlace, knownDifferencesOf } from '../src/drift/spec/known-differences.ts'
import { operationFacts } from '../src/drift/spec/operation-facts.ts'
import { build, spring } from './build.ts'
import type { SpecDocument } from './made-specs.ts'
import { hubspotDocuments, hubspotSpecs, madeSpecs, served } from './specs.ts'

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const guessTable = tableOf(
  ['id', 'case', 'this mock', 'inferred from'],
  Object.entries<Guess>(guesses).map(([id, { about, mock, source }]) => [`\`${id}\``, about, mock, source]),
)
const knownTable = tableOf(
  ['id', 'HubSpot', 'this mock', 'known from'],
  Object.entries<KnownDifference>(knownDifferences).map(([id, { hubspot, mock, grade, source }]) => {
    return [`\`${id}\``, hubspot, mock, `${grade}: ${source}`]
  }),
)
const factTable = tableOf(
  ['id', 'fact', 'operations', 'source'],
  Object.entries<RecordedFact>(recordedFacts).map(([id, { about, operations, source }]) => {
    return [
      `\`${id}\``,
      about,
      operations.length === 0 ? 'all' : operations.map((name) => `\`${name}\``).join(', '),
      source,
    ]
  }),
)

test.each([
  ['guesses', guessTable],
  ['known differences', knownTable],
  ['recorded facts', factTable],
])('the guide has the table of %s', async (_, table) => {
  const guide = await readFile(new URL('../docs/fidelity-and-drift.md', import.meta.url), 'utf8')
  expect(guide).toContain(`\n${table}\n`)
})

/** The facts of an operation with another value at one place. */
function moved(facts: Facts, { subject, keyword, item }: KnownPlace): Facts {
  const copy = new Facts()
  for (const fact of facts) {
    for (const value of fact.values) copy.add(fact.subject, fact.keyword, value, fact.item)
  }
  copy.delete(subject, keyword, item)
  copy.add(subject, keyword, 'moved', item)
  return copy
}

/** Each known difference of a document, once for each id. */
function knownPlacesIn(document: SpecDocument) {
  const places = new Map<KnownDifferenceId, { theirs: Facts; ours: Facts; row: KnownPlace; rows: KnownPlace[] }>()
  for (const route of operationRoutes) {
    const method = route.operation.method.toLowerCase()
    if (document.paths?.[route.path]?.[method] === undefined) continue
    const theirs = operationFacts(document, route.path, method)
    const ours = operationFacts(served, route.path, method)
    const rows = knownDifferencesOf(route)
    for (const { known, ...place } of compareFacts(theirs, ours, rows).differences) {
      const row = rows.find((one) => one.matches(place))
      if (known !== null && row !== undefined) places.set(known, { theirs, ours, row, rows })
    }
  }
  return places
}

const documents = [...madeSpecs.map(({ document }) => document), ...hubspotDocuments]
  .filter(({ paths }) => paths !== undefined)
  .map((document) => ({ title: document.info.title, version: document.info.version, document }))

test.each(documents)('each known difference from $title of $version fails when one side moves', ({ document }) => {
  for (const [id, { theirs, ours, row, rows }] of knownPlacesIn(document)) {
    const unknown = (their: Facts, our: Facts) =>
      compareFacts(their, our, rows).differences.filter(({ known }) => known === null)
    expect([id, unknown(theirs, ours)]).toEqual([id, []])
    expect([id, unknown(moved(theirs, row), ours)]).not.toEqual([id, []])
    expect([id, unknown(theirs, moved(ours, row))]).not.toEqual([id, []])
  }
})

const inResponses: KnownDifferenceId[] = Object.entries<KnownDifference>(knownDifferences)
  .filter(([, { grade }]) => grade === 'observed')
  .map(([id]) => id as KnownDifferenceId)

if (hubspotSpecs.length > 0) {
  test('every known difference is one of a file or of responses', () => {
    const ids = documents.flatMap(({ document }) => [...knownPlacesIn(document).keys()])
    const all = [...new Set<string>([...ids, ...inResponses, 'not-served'])]
    expect(all.sort()).toEqual(Object.keys(knownDifferences).sort())
  })
}

/** The known differences of a response, by a recording of it. */
function knownIn(recorded: unknown): string[] {
  const { responses } = checkExchanges(readRecordings('f', Buffer.from(JSON.stringify(recorded))))
  expect(responses.flatMap(({ findings }) => findings)).toEqual([])
  return responses.flatMap(({ known }) => known.map((one) => one.known))
}

function recordedList(headers: Record<string, string>) {
  const all = {
    'content-type': 'application/json;charset=utf-8',
    'x-hubspot-correlation-id': '0b1c7a52-3a6e-4c55-9a0e-6f6f0f1f2a3b',
    ...headers,
  }
  return {
    request: { method: 'GET', url: 'https://api.hubapi.com/marketing/v3/campaigns' },
    response: {
      status: 200,
      headers: Object.entries(all).map(([name, value]) => ({ name, value })),
      content: { text: '{"total":0,"results":[]}' },
    },
  }
}

/** Both sides of each known difference in responses: what was recorded, and what the mock sends. */
const sides: Record<string, () => Promise<void>> = {
  'partial-failure-status': async () => {
    const path = '/marketing/campaigns/2025-09/batch/read'
    const [documented, observed] = [await build(), await build(undefined, { fidelity: 'observed' })]
    expect(await documented.read(['no-guid'], { path })).toMatchObject({
      statusCode: 200,
      body: { errors: [{ links: {} }] },
    })
    const answer = await observed.read(['no-guid'], { path })
    expect(answer.statusCode).toBe(207)
    expect(answer.body.errors[0]).not.toHaveProperty('links')
    expect(knownIn(answer.body)).toEqual([])
  },
  'unknown-properties': async () => {
    const query = 'properties=nonsense'
    const [documented, observed] = [await build(), await build(undefined, { fidelity: 'observed' })]
    expect((await documented.read([spring.id], { query })).statusCode).toBe(200)
    expect((await observed.read([spring.id], { query })).statusCode).toBe(400)
  },
  'html-errors': async () => {
    const [documented, observed] = [await build(), await build(undefined, { fidelity: 'observed' })]
    expect((await documented.get('/nowhere')).headers['content-type']).toBe('application/json;charset=utf-8')
    expect((await observed.get('/nowhere')).headers['content-type']).toBe('text/html;charset=utf-8')
  },
  'short-asset-page': async () => {
    const assets = (count: number) => ({ FORM: Array.from({ length: count }, (_, i) => ({ id: String(i) })) })
    const { read } = await build({
      campaigns: [
        { id: 'a', assets: assets(50) },
        { id: 'b', assets: assets(51) },
      ],
    })
    const { body } = await read(['a', 'b'])
    expect(body.results.map((campaign: SpecDocument) => campaign.assets.FORM.paging !== undefined)).toEqual([
      false,
      true,
    ])
    body.results[1].assets.FORM.results.pop()
    body.results[1].assets.FORM.results.pop()
    expect(knownIn(body)).toEqual(['short-asset-page'])
  },
  'secondly-headers': async () => {
    const { get } = await build()
    expect((await get('/marketing/v3/campaigns')).headers).not.toHaveProperty('x-hubspot-ratelimit-secondly')
    expect(knownIn(recordedList({ 'x-hubspot-ratelimit-secondly': '19' }))).toEqual(['secondly-headers'])
  },
  'vary-encoding': async () => {
    const { get } = await build()
    expect((await get('/marketing/v3/campaigns')).headers['vary']).toBe('origin')
    expect(knownIn(recordedList({ vary: 'origin, Accept-Encoding' }))).toEqual(['vary-encoding'])
  },
}

describe('both sides of the known difference', () => {
  test.each(inResponses)('%s', async (id) => {
    await sides[id]?.()
    expect(sides).toHaveProperty(id)
  })
})

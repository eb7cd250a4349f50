import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { type CallErrorName, callErrors } from '../src/contract/errors.ts'
import { batchReadPaths } from './batch-read-paths.ts'
import { type Answer, build, spring, unknownId } from './build.ts'
import { specs as documents, hubspotSpecs } from './specs.ts'

interface Spec {
  paths: Record<string, { post: { responses: Record<string, unknown> } }>
}

const specs = documents.map(({ source, version, document }) => {
  const spec: Spec = document
  return { source, version, spec }
})

/** The errors of a response by the spec of its path; null if it is valid. */
function checkerOf(spec: Spec, url: string) {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(spec, 'spec')
  const validators = new Map<string, ValidateFunction>()
  const { responses } = spec.paths[url]?.post ?? { responses: {} }
  const pointer = `spec#/paths/${url.replaceAll('/', '~1')}/post/responses`
  return ({ statusCode, body }: Answer) => {
    const $ref =
      statusCode in responses
        ? `${pointer}/${statusCode}/content/application~1json/schema`
        : 'spec#/components/responses/Error/content/*~1*/schema'
    // Compiled once for each status.
    const validate = validators.get($ref) ?? ajv.compile({ $ref })
    validators.set($ref, validate)
    return validate(body) ? null : validate.errors
  }
}

const assets = {
  MARKETING_EMAIL: Array.from({ length: 51 }, (_, i) => ({ id: String(i), name: 'Mail', metrics: { SENT: i } })),
  FORM: [{ id: 'f', daily: { '2026-05-06': { VIEWS: 4, SUBMISSIONS: 1, CONVERSION_RATE: 0.25 } } }],
}
const fixture = {
  campaigns: [spring, { id: 'full', properties: { hs_name: 'Full' }, assets }],
  errors: [{ id: 'failing', category: 'PERMISSION_DENIED', subCategory: 'S', message: 'No' }],
  tokens: { good: {}, old: { expiresAt: '2026-01-01' }, writer: { scopes: ['marketing.campaigns.write'] } },
  generate: { campaigns: 1000, seed: 3 },
}

if (hubspotSpecs.length > 0) {
  test('HubSpot has a file for each path', () => {
    const versions = hubspotSpecs.map(({ version }) => version)
    expect(versions.sort()).toEqual(batchReadPaths.map(({ version }) => version).sort())
  })
}

describe.each(specs)('every response is valid by $source of version $version', ({ version, spec }) => {
  const path = batchReadPaths.find((one) => one.version === version)
  const url = path?.url ?? ''
  const problemIn = checkerOf(spec, url)

  test('whose path the mock serves, with its status for a partial failure', () => {
    expect(spec.paths).toHaveProperty([url])
    expect('207' in (spec.paths[url]?.post.responses ?? {}) ? 207 : 200).toBe(path?.partialFailure)
  })

  test.each([
    ['a campaign', [spring.id], ''],
    ['none', [], ''],
    ['properties, metrics and paging', ['full'], 'properties=hs_name&startDate=2026-05-01&endDate=2026-05-31'],
    ['a partial failure', [spring.id, unknownId, 'no-guid', 'failing'], ''],
    ['nothing but failures', [unknownId], ''],
  ])('with %s', async (_what, ids, query) => {
    const { read } = await build(fixture)
    expect(problemIn(await read(ids, { path: url, query, token: 'good' }))).toBeNull()
  })

  test('with generated campaigns', async () => {
    const { app, read } = await build(fixture)
    const query = 'properties=hs_name,hs_notes&startDate=2025-01-01&endDate=2026-12-31'
    const ids = [...app.world.campaigns.list('full')].slice(0, 50).map(({ id }) => id)
    const answer = await read(ids, { path: url, query, token: 'good' })
    expect(answer.body.results).toHaveLength(50)
    expect(problemIn(answer)).toBeNull()
  })

  test.each(['pending', 'processing', 'canceled', 'backlog'])('with the scenario %s', async (scenario) => {
    const { read } = await build(fixture)
    const answer = await read([spring.id, unknownId], {
      path: url,
      token: 'good',
      headers: { 'x-mock-scenario': scenario },
    })
    expect(problemIn(answer)).toBeNull()
  })

  test.each([
    [401, '{}', { token: 'nobody' }],
    [401, '{}', { token: 'old' }],
    [403, '{}', { token: 'writer' }],
    [400, '{', {}],
    [400, '{}', {}],
    [400, '{"inputs":7}', {}],
    [400, JSON.stringify({ inputs: Array(51).fill({ id: 'a' }) }), {}],
    [400, '{"inputs":[]}', { query: 'startDate=never' }],
    [400, '{"inputs":[]}', { headers: { 'x-mock-scenario': 'zebra' } }],
    [413, ' '.repeat(1024 * 1024 + 1), {}],
    [415, '{}', { headers: { 'content-type': 'text/plain' } }],
  ])('with the call error %d (%.12j, %j)', async (statusCode, body, options) => {
    const { post } = await build(fixture)
    const answer = await post(body, { path: url, token: 'good', ...options })
    expect(answer.statusCode).toBe(statusCode)
    expect(problemIn(answer)).toBeNull()
  })

  test.each(Object.entries(callErrors))(
    'with the call error %s, called up by a scenario',
    async (error, { statusCode }) => {
      const { read } = await build({ scenario: 'mine', scenarios: { mine: [{ error: error as CallErrorName }] } })
      const answer = await read([], { path: url })
      expect(answer.statusCode).toBe(statusCode)
      expect(answer.text).not.toMatch(/\{\w+\}/)
      expect(problemIn(answer)).toBeNull()
    },
  )

  test('with 404, 405 and 500', async () => {
    const { app, send } = await build(fixture)
    app.get('/broken', () => {
      throw new Error('a bug of our own')
    })
    const answers = [
      await send({ method: 'POST', url: `${url}/nowhere` }),
      await send({ method: 'GET', url }),
      await send({ method: 'GET', url: '/broken' }),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 405, 500])
    expect(answers.map(problemIn)).toEqual([null, null, null])
  })

  test('but an observed response does not validate, which shows that the test can fail', async () => {
    const { read } = await build({}, { fidelity: 'observed' })
    expect(problemIn(await read(['no-guid'], { path: url }))).not.toBeNull()
  })
})

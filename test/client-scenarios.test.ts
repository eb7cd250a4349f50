import { Client } from '@hubspot/api-client'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CallErrorName } from '../src/contract/errors.ts'
import { type Fixture, type Mock, type MockOptions, startMock } from '../src/index.ts'
import { v3 } from './build.ts'

const id = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

async function running(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options)
  onTestFinished(() => mock.close())
  return mock
}

/** Reads one campaign with HubSpot's own client: the status and body, or how the connection broke. */
async function seen(url: string, accessToken: string, headers: Record<string, string> = {}) {
  const hubspot = new Client({ basePath: url, accessToken })
  try {
    const answer = await hubspot.apiRequest({ method: 'POST', path: v3, headers, body: { inputs: [{ id }] } })
    const text = await answer.text()
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: JSON.parse(text) }
  } catch (error) {
    return { broke: error instanceof Error ? error.message : String(error) }
  }
}

const complete = { status: 200, body: { status: 'COMPLETE', results: [{ id }] } }
const inBatch = (status: string) => ({ status: 200, body: { status, results: [] } })
const failed = (status: number, body: object) => ({ status, body: { status: 'error', ...body } })
const broke = (words: string) => ({ broke: expect.stringContaining(words) })

/** The results of several calls in a row. */
const shipped: Record<string, object[]> = {
  pending: [inBatch('PENDING')],
  processing: [inBatch('PROCESSING')],
  canceled: [inBatch('CANCELED')],
  backlog: [inBatch('PENDING'), inBatch('PENDING'), inBatch('PROCESSING'), complete],
  unauthorized: [failed(401, { category: 'INVALID_AUTHENTICATION' })],
  'expired-token': [
    failed(401, { category: 'EXPIRED_AUTHENTICATION', message: expect.stringContaining('expired 5 hour(s) ago') }),
  ],
  'missing-scopes': [failed(403, { category: 'MISSING_SCOPES' })],
  'rate-limited': [
    failed(429, { policyName: 'TEN_SECONDLY_ROLLING', message: 'You have reached your ten_secondly_rolling limit.' }),
  ],
  'daily-limit': [failed(429, { policyName: 'DAILY', message: 'You have reached your daily limit.' })],
  locked: [failed(423, {})],
  migrating: [{ ...failed(477, {}), headers: expect.objectContaining({ 'retry-after': '1' }) }],
  'server-error': [failed(500, { message: 'internal error' })],
  'bad-gateway': [failed(502, {})],
  unavailable: [failed(503, {})],
  'gateway-timeout': [failed(504, {})],
  slow: [complete],
  reset: [broke('ECONNRESET')],
  empty: [broke('socket hang up')],
  truncated: [{ status: 200, broke: 'terminated' }],
  drip: [complete],
  flaky: [broke('ECONNRESET'), broke('ECONNRESET'), complete],
  recovering: [failed(503, {}), failed(503, {}), complete],
}

/** HubSpot's client waits forever for the rest of a truncated body, so this uses Node's fetch. */
async function seenByFetch(url: string, token: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url + v3, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ inputs: [{ id }] }),
  })
  return answer.text().catch((error: Error) => ({ status: answer.status, broke: error.message }))
}

describe.each(Object.entries(shipped))('%s', (scenario, calls) => {
  const play = async (url: string, token: string, headers?: Record<string, string>) => {
    const see = scenario === 'truncated' ? seenByFetch : seen
    for (const call of calls) expect(await see(url, token, headers)).toMatchObject(call)
  }

  test('by the header', async () => play((await running()).url, 'any', { 'X-Mock-Scenario': scenario }))

  test('by the token', async () => play((await running()).url, `any~${scenario}`))

  // These two take two seconds a call, so only two ways are tried.
  if (['slow', 'drip'].includes(scenario)) return

  test('by the portal, over the control API', async () => {
    const { url } = await running()
    const authorization = 'Bearer mine'
    await fetch(`${url}/_mock/scenario`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name: scenario }),
    })
    await play(url, 'mine')
    expect(await seen(url, 'other')).toMatchObject(complete)
  })

  test('by the mock, from the fixture', async () => {
    const { url } = await running({ fixtures: { campaigns: [{ id }], scenario } })
    await play(url, 'any')
  })
})

test('these are all built-in scenarios', async () => {
  const { scenarios } = await running()
  expect(Object.keys(shipped)).toEqual(Object.keys(scenarios.list()))
})

describe('the typed methods of the client, which retry', () => {
  /** Calls a typed method that sends this request. Waiting times are recorded instead of waited. */
  async function typedCall(mock: Mock, scenario: string) {
    const waits: number[] = []
    vi.stubGlobal('setTimeout', (go: () => void, ms: number) => {
      waits.push(ms)
      return setImmediate(go)
    })
    vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => void vi.unstubAllGlobals())
    // The client has no typed method for campaigns: another batch read's path is put where it is a query.
    const hubspot = new Client({
      basePath: `${mock.url}${v3}?ignored=`,
      accessToken: `retrying~${scenario}`,
      numberOfApiCallRetries: 3,
    })
    const read = hubspot.crm.contacts.batchApi.read({ inputs: [{ id }], properties: [], propertiesWithHistory: [] })
    const outcome = await read.then(
      ({ results }) => ({ results: results.length }),
      (error: { code: number }) => ({ code: error.code }),
    )
    return { outcome, waits, asked: mock.journal.count() }
  }

  const twice = (error: CallErrorName): Fixture => ({
    campaigns: [{ id }],
    scenarios: { twice: [{ error, times: 2 }] },
  })

  test.each([
    ['TEN_SECONDLY_ROLLING', 'rate-limited', [10_000, 20_000]],
    ['SECONDLY', 'secondly-limit', [1000, 2000]],
    ['500', 'server-error', [200, 400]],
    ['503', 'unavailable', [200, 400]],
  ] as const)('live through two %s and wait longer each time', async (_what, error, waits) => {
    const mock = await running({ fixtures: twice(error) })
    expect(await typedCall(mock, 'twice')).toEqual({ outcome: { results: 1 }, waits, asked: 3 })
  })

  test('give up on a daily limit at once', async () => {
    const mock = await running({ fixtures: twice('daily-limit') })
    expect(await typedCall(mock, 'twice')).toEqual({ outcome: { code: 429 }, waits: [], asked: 1 })
  })

  test('give up after repeated errors', async () => {
    expect(await typedCall(await running(), 'rate-limited')).toMatchObject({ outcome: { code: 429 }, asked: 3 })
  })
})

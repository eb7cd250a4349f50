import { describe, expect, test } from 'vitest'
import { Controls } from '../src/world/controls/controls.ts'
import type { Fixture } from '../src/world/fixtures/fixture.ts'
import { build, type Step, shippedScenarios, spring, summer, unknownId } from './build.ts'

const campaigns = [spring, summer]
const both = ['11111111-1111-4111-8111-111111111111', summer.id]

/** The statuses of a number of calls in a row. */
async function statuses(calls: number, fixture: Fixture, headers: Record<string, string> = {}): Promise<string[]> {
  const { read } = await build({ campaigns, ...fixture })
  const seen: string[] = []
  for (let i = 0; i < calls; i++) seen.push((await read([], { headers })).body.status)
  return seen
}

describe('a shipped scenario', () => {
  test.each([
    ['pending', ['PENDING', 'PENDING', 'PENDING', 'PENDING', 'PENDING']],
    ['processing', ['PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING']],
    ['canceled', ['CANCELED', 'CANCELED', 'CANCELED', 'CANCELED', 'CANCELED']],
    ['backlog', ['PENDING', 'PENDING', 'PROCESSING', 'COMPLETE', 'COMPLETE']],
  ])('%s plays from the fixture, and by the header', async (scenario, seen) => {
    expect(await statuses(5, { scenario })).toEqual(seen)
    expect(await statuses(5, {}, { 'x-mock-scenario': scenario })).toEqual(seen)
  })

  test.each(['pending', 'processing', 'canceled'])('%s is a 200 without results and errors', async (scenario) => {
    const { read } = await build({ campaigns, scenario })
    const answer = await read([spring.id, unknownId])
    expect(answer).toMatchObject({ statusCode: 200, body: { results: [] } })
    expect(Object.keys(answer.body)).toEqual(['completedAt', 'status', 'startedAt', 'results'])
  })
})

describe('the header', () => {
  test('takes precedence over the fixture, for its request only', async () => {
    const { read } = await build({ campaigns, scenario: 'pending' })
    const answer = await read([], { headers: { 'x-mock-scenario': 'canceled' } })
    expect(answer).toMatchObject({ headers: { 'x-mock-scenario': 'canceled' }, body: { status: 'CANCELED' } })
    expect(await read([])).toMatchObject({ headers: { 'x-mock-scenario': 'pending' }, body: { status: 'PENDING' } })
  })

  test('is a 400 that lists the scenarios if the name is unknown', async () => {
    const { read } = await build({ scenarios: { mine: [{}] } })
    expect(await read([], { headers: { 'x-mock-scenario': 'pendign' } })).toMatchObject({
      statusCode: 400,
      body: {
        message: `Invalid request: 'X-Mock-Scenario: unknown scenario "pendign": did you mean "pending"? expected one of: ${shippedScenarios}, mine'`,
      },
    })
  })

  test.each(['__proto__', 'constructor', ''])('knows no scenario %j', async (name) => {
    const { read } = await build()
    expect((await read([], { headers: { 'x-mock-scenario': name } })).statusCode).toBe(400)
  })
})

describe('of the four doors', () => {
  const statusOf = async (open: ('header' | 'token' | 'portal' | 'mock')[]) => {
    const { app, read } = await build({})
    if (open.includes('mock')) new Controls(app.world).scenarios.play('pending')
    if (open.includes('portal')) new Controls(app.world, 'any').scenarios.play('processing')
    const token = open.includes('token') ? 'any~canceled' : 'any'
    const headers = open.includes('header') ? { 'x-mock-scenario': 'locked' } : {}
    const { statusCode, body } = await read([], { token, headers })
    return statusCode === 423 ? 'LOCKED' : body.status
  }

  test('the nearer one wins: header, token, portal, mock', async () => {
    expect(await statusOf(['header', 'token', 'portal', 'mock'])).toBe('LOCKED')
    expect(await statusOf(['token', 'portal', 'mock'])).toBe('CANCELED')
    expect(await statusOf(['portal', 'mock'])).toBe('PROCESSING')
    expect(await statusOf(['mock'])).toBe('PENDING')
    expect(await statusOf([])).toBe('COMPLETE')
  })

  test('the part of the token before ~ is the portal', async () => {
    const { read } = await build({ campaigns: [spring], tokens: { good: {} } })
    expect((await read([], { token: 'bad~pending' })).statusCode).toBe(401)
    for (const status of ['PENDING', 'PENDING', 'PROCESSING']) {
      expect((await read([], { token: 'good~backlog' })).body.status).toBe(status)
    }
    expect((await read([], { token: 'good', headers: { 'x-mock-scenario': 'backlog' } })).body.status).toBe('COMPLETE')
    expect((await read([], { token: 'good~' })).statusCode).toBe(400)
  })
})

test('backlog by time: PENDING, PENDING, PROCESSING, COMPLETE', async () => {
  let now = 0
  const backlog = [
    { status: 'PENDING', for: 1000 },
    { status: 'PROCESSING', for: 500 },
    { status: 'COMPLETE' },
  ] as const
  const { read } = await build(
    { scenario: 'backlog', scenarios: { backlog: [...backlog] } },
    { clock: { now: () => now } },
  )
  const seen: string[] = []
  for (now of [0, 999, 1000, 1500]) seen.push((await read([])).body.status)
  expect(seen).toEqual(['PENDING', 'PENDING', 'PROCESSING', 'COMPLETE'])
})

describe('a step', () => {
  const resultsOf = async (step: Step, ids: string[] = both) => {
    const { read } = await build({ campaigns, scenario: 'mine', scenarios: { mine: [step] } })
    return (await read(ids)).body
  }

  test('that is not COMPLETE shows all results and errors if results asks for them', async () => {
    const body = await resultsOf({ status: 'PROCESSING', results: 'all' }, [...both, unknownId])
    expect(body).toMatchObject({ status: 'PROCESSING', results: [{ id: spring.id }, { id: summer.id }], numErrors: 1 })
  })

  test('shows the given number of results, in the order of the request', async () => {
    expect((await resultsOf({ status: 'PROCESSING', results: 1 })).results).toMatchObject([{ id: spring.id }])
    expect((await resultsOf({ results: 7 })).results).toHaveLength(2)
    expect((await resultsOf({ results: 0 })).results).toHaveLength(0)
    expect(await resultsOf({ status: 'PENDING', results: 0 }, [unknownId])).not.toHaveProperty('errors')
  })

  test('without a status is COMPLETE, and its errors stay even without results', async () => {
    expect(await resultsOf({ results: 'none' }, [...both, unknownId])).toMatchObject({
      status: 'COMPLETE',
      results: [],
      numErrors: 1,
    })
  })

  test('applies to a number of calls, then responses are normal again', async () => {
    const { read } = await build({
      campaigns,
      scenario: 'mine',
      scenarios: { mine: [{ status: 'PENDING', times: 1 }] },
    })
    expect((await read(both)).body.status).toBe('PENDING')
    const normal = await read(both)
    expect(normal).toMatchObject({ body: { status: 'COMPLETE', results: [{}, {}] } })
    expect(normal.headers).not.toHaveProperty('x-mock-scenario')
  })

  test('applies for a number of milliseconds, from the first call or the end of the previous step', async () => {
    let now = 1_000_000
    const steps = [
      { status: 'PENDING', times: 2 },
      { status: 'PROCESSING', for: 500 },
      { status: 'CANCELED', for: 100 },
    ] as const
    const scenarios = { mine: [...steps, { status: 'COMPLETE' as const }] }
    const { read } = await build({ scenario: 'mine', scenarios }, { clock: { now: () => now } })
    const at = async (moment: number) => {
      now = 1_000_000 + moment
      return (await read([])).body.status
    }
    expect([await at(0), await at(9_000)]).toEqual(['PENDING', 'PENDING'])
    expect([await at(20_000), await at(20_499)]).toEqual(['PROCESSING', 'PROCESSING'])
    expect([await at(20_500), await at(20_599), await at(20_600)]).toEqual(['CANCELED', 'CANCELED', 'COMPLETE'])
  })

  test('whose time passes unasked is skipped', async () => {
    let now = 0
    const scenarios = {
      mine: [
        { status: 'PENDING' as const, for: 10 },
        { status: 'PROCESSING' as const, for: 10 },
        { status: 'CANCELED' as const },
      ],
    }
    const { read } = await build({ scenario: 'mine', scenarios }, { clock: { now: () => now } })
    expect((await read([])).body.status).toBe('PENDING')
    now = 25
    expect((await read([])).body.status).toBe('CANCELED')
  })

  test('is taken before the body is read, so that a bad one uses it up', async () => {
    const { post, read } = await build({ scenario: 'backlog' })
    expect(await post('{')).toMatchObject({ statusCode: 400, headers: { 'x-mock-scenario': 'backlog' } })
    await read([])
    expect((await read([])).body.status).toBe('PROCESSING')
  })

  test('is not taken by a request that is not authenticated', async () => {
    const { read } = await build({ scenario: 'backlog', tokens: { good: {} } })
    for (let i = 0; i < 5; i++) expect((await read([], { token: 'bad' })).statusCode).toBe(401)
    expect((await read([], { token: 'good' })).body.status).toBe('PENDING')
  })
})

test('each portal is at its own step of a scenario', async () => {
  const { read } = await build({ scenario: 'backlog' })
  for (let i = 0; i < 4; i++) await read([], { token: 'one' })
  expect((await read([], { token: 'one' })).body.status).toBe('COMPLETE')
  expect((await read([], { token: 'two' })).body.status).toBe('PENDING')
})

test('a fixture can redefine a built-in scenario', async () => {
  expect(await statuses(1, { scenario: 'pending', scenarios: { pending: [{ status: 'CANCELED' }] } })).toEqual([
    'CANCELED',
  ])
})

test('a step applies only to the operation that it names', async () => {
  const steps: Step[] = [
    { error: 'unavailable', on: 'campaigns.list', times: 1 },
    { error: 'locked', on: ['batch.read'] },
  ]
  const { read, get } = await build({ campaigns: [spring], scenario: 'mine', scenarios: { mine: steps } })
  expect((await read([spring.id])).statusCode).toBe(200)
  expect((await get('/marketing/v3/campaigns')).statusCode).toBe(503)
  expect((await get('/marketing/v3/campaigns')).statusCode).toBe(200)
  expect((await read([spring.id])).statusCode).toBe(423)
})

test('a step with a batch status applies to batch reads only', async () => {
  const { read, get } = await build({ campaigns: [spring], scenario: 'backlog' })
  expect((await get('/marketing/v3/campaigns')).headers).not.toHaveProperty('x-mock-scenario')
  const statuses = [await read([spring.id]), await read([spring.id]), await read([spring.id])].map(
    ({ body }) => body.status,
  )
  expect(statuses).toEqual(['PENDING', 'PENDING', 'PROCESSING'])
})

test('a step for an unknown operation is refused', async () => {
  const { app } = await build()
  const play = app.inject({ method: 'PUT', url: '/_mock/scenario', payload: { steps: [{ on: 'batch.raed' }] } })
  expect((await play).json()).toMatchObject({ message: expect.stringContaining('batch.read') })
})

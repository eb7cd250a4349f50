import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { AdjustableClock } from '../src/world/adjustable-clock.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { build, spring } from './build.ts'

const id = String(spring.id)
const start = Date.parse('2026-05-20T18:40:27Z')
const hourMs = 3_600_000
const never = () => () => {}

/** A mock on a port, with campaigns that take an hour to answer under `slow`. */
async function startSlowMock(options: Parameters<typeof startMock>[0] = {}) {
  const scenarios = { slow: [{ delay: hourMs, times: 1 }] }
  const mock = await startMock({ fixtures: { campaigns: [spring], scenarios }, ...options })
  onTestFinished(() => mock.close())
  const read = async (token: string) => {
    const response = await fetch(`${mock.url}/marketing/v3/campaigns/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return response.status
  }
  /** Waits until the journal of a portal has so many requests. */
  const arrived = async (token: string, count: number) => {
    while (mock.portal(token).journal.count() < count) await new Promise(setImmediate)
  }
  return { mock, read, arrived }
}

test('a delay of an hour ends when the clock of its portal is moved, and not before', async () => {
  const { mock, read, arrived } = await startSlowMock()
  const portal = mock.portal('one')
  const ended: string[] = []
  const reads = [read('one~slow').then(() => ended.push('one')), read('two~slow').then(() => ended.push('two'))]
  await Promise.all([arrived('one', 1), arrived('two', 1)])
  portal.clock.advance('59m')
  portal.clock.advance('1m')
  await reads[0]
  expect(ended).toEqual(['one'])
  mock.clock.advance(hourMs)
  await Promise.all(reads)
})

test('with a stopped clock, a delay waits until the clock is moved or started', async () => {
  const { mock, read, arrived } = await startSlowMock({
    fixtures: { campaigns: [spring], scenarios: { slow: [{ delay: 1 }] } },
  })
  expect(mock.clock.stop().running).toBe(false)
  const first = read('one~slow')
  await arrived('one', 1)
  expect(mock.portal('one').journal.last()?.status).toBeNull()
  mock.clock.start()
  expect(await first).toBe(200)
  mock.portal('one').clock.stop()
  const second = read('one~slow')
  await arrived('one', 2)
  mock.portal('one').clock.advance(1)
  expect(await second).toBe(200)
})

test('a delay of a frozen mock takes its full time', async () => {
  const { mock, read } = await startSlowMock({
    frozen: true,
    fixtures: { campaigns: [spring], scenarios: { slow: [{ delay: 1 }] } },
  })
  expect(await read('one~slow')).toBe(200)
  expect(mock.clock.state).toEqual({ now: '2026-01-01T00:00:00.000Z', running: true })
  expect(mock.clock.advance('1d').now).toBe('2026-01-02T00:00:00.000Z')
})

test('closing the mock ends a delay by a stopped clock', async () => {
  const { mock, read, arrived } = await startSlowMock()
  mock.clock.stop()
  const reading = read('one~slow').catch(() => 'broken')
  await arrived('one', 1)
  await mock.close()
  expect([200, 'broken']).toContain(await reading)
})

test('rate limits, timed steps and timestamps follow the clock', async () => {
  const fixtures = { campaigns: [spring], scenarios: { backlog: [{ status: 'PENDING' as const, for: 60_000 }] } }
  const { app, read } = await build(fixtures, { rateLimit: 'free' })
  const portal = app.world.portal('any')
  portal.clock.set(start)
  for (let i = 0; i < 100; i++) await read([id])
  expect((await read([id])).statusCode).toBe(429)
  portal.clock.advance(10_000)
  expect((await read([id])).statusCode).toBe(200)
  portal.play({ name: 'backlog' })
  portal.clock.stop()
  expect((await read([id])).body).toMatchObject({ status: 'PENDING', startedAt: timestampAt(portal.clock.now()) })
  portal.clock.advance(60_000)
  expect((await read([id])).body.status).toBe('COMPLETE')
})

const timestampAt = (milliseconds: number) => new Date(milliseconds).toISOString()

test('a token expires by the clock of its portal', async () => {
  const { app, send, read } = await build({ campaigns: [spring] })
  const form = 'grant_type=refresh_token&refresh_token=spring&client_id=a&client_secret=b'
  const { access_token: token } = (await send({ method: 'POST', url: '/oauth/v1/token', payload: form })).body
  app.world.portal('other').clock.advance(hourMs)
  expect((await read([id], { token })).statusCode).toBe(200)
  app.world.portal('spring').clock.advance(1_800_000)
  expect((await read([id], { token })).body.category).toBe('EXPIRED_AUTHENTICATION')
  const renewed = (await send({ method: 'POST', url: '/oauth/v1/token', payload: form })).body.access_token
  expect((await read([id], { token: renewed })).statusCode).toBe(200)
})

test('a reset takes the clock back', async () => {
  const { app } = await build()
  app.world.clock.set(start)
  app.world.portal('one').clock.advance(hourMs)
  app.world.resetPortal('one')
  expect(Math.abs(app.world.portal('one').clock.now() - start)).toBeLessThan(hourMs)
  app.world.reset()
  expect(app.world.clock.now()).toBeGreaterThan(start + hourMs)
})

describe('PUT /_mock/clock', () => {
  const change = async (payload: object, token?: string) => {
    const { send } = await build({}, { frozen: true })
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    return send({ method: 'PUT', url: '/_mock/clock', payload, headers })
  }

  test.each([
    [{ advance: '61s' }, { now: '2026-01-01T00:01:01.000Z', running: true }],
    [{ advance: '1.5ms' }, { now: '2026-01-01T00:00:00.002Z', running: true }],
    [{ now: '2026-05-01T00:00:00Z' }, { now: '2026-05-01T00:00:00.000Z', running: true }],
    [
      { now: '2025-05-01', running: false },
      { now: '2025-05-01T00:00:00.000Z', running: false },
    ],
    [{ running: true }, { now: '2026-01-01T00:00:00.000Z', running: true }],
  ])('%o moves it', async (payload, body) => {
    expect(await change(payload)).toMatchObject({ statusCode: 200, body })
    expect(await change(payload, 'one')).toMatchObject({ statusCode: 200, body })
  })

  test.each([
    [{ advance: 'soon' }, '"soon" is not a duration'],
    [{ advance: '-1s' }, '"-1s" is not a duration'],
    [{ advance: '999999999999d' }, 'outside of the years 1970 to 2285'],
    [{ now: '2026-02-30' }, '"2026-02-30" is not a moment'],
    [{ now: '2026-05-01', advance: '1s' }, 'both advance and now'],
    [{}, 'expected at least one of: advance, now, running'],
    [{ later: 1 }, ''],
  ])('%o is refused', async (payload, problem) => {
    const { statusCode, body } = await change(payload)
    expect(statusCode).toBe(400)
    expect(body.message).toContain(problem)
  })

  test('moves only the clock of the portal of the caller', async () => {
    const { send } = await build({}, { frozen: true })
    const headers = { authorization: 'Bearer one' }
    await send({ method: 'PUT', url: '/_mock/clock', payload: { advance: '1h' }, headers })
    const shown = async (more: object) => (await send({ method: 'GET', url: '/_mock/clock', ...more })).body.now
    expect(await shown({ headers })).toBe('2026-01-01T01:00:00.000Z')
    expect(await shown({})).toBe('2026-01-01T00:00:00.000Z')
    await send({ method: 'PUT', url: '/_mock/clock', payload: { advance: '1d' } })
    expect(await shown({ headers })).toBe('2026-01-02T01:00:00.000Z')
  })

  test('is refused where the mock was given a clock', async () => {
    const { send } = await build({}, { clock: { now: () => start } })
    expect((await send({ method: 'GET', url: '/_mock/clock' })).body.now).toBe('2026-05-20T18:40:27.000Z')
    const { statusCode, body } = await send({ method: 'PUT', url: '/_mock/clock', payload: { advance: '1s' } })
    expect(statusCode).toBe(400)
    expect(body.message).toBe('the mock was started with a clock of yours')
  })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1])('the library refuses a clock at %d', async (value) => {
  const { mock } = await startSlowMock()
  expect(() => mock.clock.set(value)).toThrow()
  expect(() => mock.portal('one').clock.advance(value)).toThrow()
})

describe('an adjustable clock', () => {
  test('that is stopped and started twice continues from its time', () => {
    const base = { ms: 1000, now: () => base.ms }
    const clock = new AdjustableClock(base)
    clock.start()
    clock.stop()
    base.ms += 500
    clock.stop()
    clock.advance(7)
    expect(clock.now()).toBe(1007)
    clock.start()
    base.ms += 1
    expect(clock.now()).toBe(1008)
    clock.set(5)
    expect(clock.now()).toBe(5)
  })

  test('ends a wait that is given up at once, one of no length, and one over which it was moved', async () => {
    const clock = new AdjustableClock({ now: () => 0 })
    await clock.wait(hourMs, (end) => {
      end()
      return () => {}
    })
    await clock.wait(0, never)
    const waiting = clock.wait(hourMs, never)
    clock.set(hourMs + 1)
    await waiting
  })
})

test('the clock of a mock cannot take that of a portal out of its years', async () => {
  const { app } = await build()
  const [mock, portal] = [new Controls(app.world), new Controls(app.world, 'one')]
  portal.clock.set('2285-12-01')
  expect(() => mock.clock.advance('365d')).toThrow('outside of the years 1970 to 2285')
  expect(portal.clock.state.now).toMatch(/^2285-12-01/)
})

test('an access token that is issued at the last moment of the clock is valid', async () => {
  const { app, send, get } = await build({ campaigns: [] })
  new Controls(app.world).clock.set('2285-12-31')
  const payload = 'grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=spring'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { body } = await send({ method: 'POST', url: '/oauth/v1/token', headers, payload })
  expect((await get('/marketing/v3/campaigns', body.access_token)).statusCode).toBe(200)
})

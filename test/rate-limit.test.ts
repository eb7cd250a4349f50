import { describe, expect, test } from 'vitest'
import type { AppOptions } from '../src/index.ts'
import { build } from './build.ts'

/** An app whose clock a test can set, starting at noon. */
async function timed(options: AppOptions) {
  const noon = Date.UTC(2026, 4, 20, 12)
  let now = noon
  const { read, ...rest } = await build({}, { clock: { now: () => now }, ...options })
  const at = (afterMs: number, token = 'any') => {
    now = noon + afterMs
    return read([], { token })
  }
  return { at, read, ...rest }
}

const left = ({ headers }: { headers: Record<string, unknown> }) => Number(headers['x-hubspot-ratelimit-remaining'])

describe('the headers', () => {
  test.each([
    ['off', 190, 625_000],
    ['free', 100, 250_000],
    ['professional', 190, 625_000],
    [25, 25, 625_000],
  ] as const)('under %s tell the limits and what is left', async (rateLimit, max, daily) => {
    const { at } = await timed({ rateLimit })
    await at(0)
    expect((await at(0)).headers).toMatchObject({
      'x-hubspot-ratelimit-max': String(max),
      'x-hubspot-ratelimit-remaining': String(max - 2),
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': String(daily),
      'x-hubspot-ratelimit-daily-remaining': String(daily - 2),
    })
  })

  test('under oauth have no daily limit', async () => {
    const { at } = await timed({ rateLimit: 'oauth' })
    const { headers } = await at(0)
    expect(headers).toMatchObject({ 'x-hubspot-ratelimit-max': '110' })
    expect(headers).not.toHaveProperty('x-hubspot-ratelimit-daily')
    expect(headers).not.toHaveProperty('x-hubspot-ratelimit-daily-remaining')
  })

  test('are on errors and partial failures too', async () => {
    const { post, read } = await timed({})
    expect(left(await post('{'))).toBe(189)
    expect(left(await read(['no-guid']))).toBe(188)
  })
})

describe('a call over the limit', () => {
  test('is refused as HubSpot does, until the ten seconds have slid past', async () => {
    const { at } = await timed({ rateLimit: 2 })
    expect([(await at(0)).statusCode, (await at(6000)).statusCode]).toEqual([200, 200])
    const refused = await at(9900)
    expect(refused).toMatchObject({
      statusCode: 429,
      body: { policyName: 'TEN_SECONDLY_ROLLING', errorType: 'RATE_LIMIT', category: 'RATE_LIMITS' },
    })
    expect(left(refused)).toBe(0)
    expect(refused.headers).not.toHaveProperty('retry-after')
    expect((await at(9999)).statusCode).toBe(429)
    expect((await at(10_000)).statusCode).toBe(200)
    expect((await at(15_999)).statusCode).toBe(429)
    expect((await at(16_000)).statusCode).toBe(200)
  })

  test('is no call from before the clock was set back', async () => {
    const { at } = await timed({ rateLimit: 1 })
    const years = -6 * 365 * 24 * 60 * 60 * 1000
    const statuses = []
    for (const afterMs of [0, years, years + 10_000, years + 10_001]) statuses.push((await at(afterMs)).statusCode)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  test('still counts the calls up to now when the clock is set back by less than ten seconds', async () => {
    const { at } = await timed({ rateLimit: 2 })
    const statuses = []
    for (const afterMs of [0, 5000, 4000, 4001]) statuses.push((await at(afterMs)).statusCode)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  test('does not count itself', async () => {
    const { at } = await timed({ rateLimit: 1 })
    await at(0)
    for (let i = 0; i < 5; i++) expect((await at(5000)).statusCode).toBe(429)
    expect((await at(10_000)).statusCode).toBe(200)
  })

  test('names app and portal by numbers that stay the same for a token', async () => {
    const { at } = await timed({ rateLimit: 1 })
    const groupOf = async (token: string) => {
      await at(0, token)
      return (await at(0, token)).body.groupName
    }
    const [one, again, other] = [await groupOf('one'), await groupOf('one'), await groupOf('other')]
    expect(one).toMatch(/^publicapi:private_app-api-calls-ten-secondly:\d+:\d+$/)
    expect([again, other === one]).toEqual([one, false])
  })

  test('is not refused when nothing is limited', async () => {
    const { at } = await timed({ rateLimit: 'off' })
    for (let i = 0; i < 190; i++) await at(0)
    const over = await at(0)
    expect(over.statusCode).toBe(200)
    expect(left(over)).toBe(0)
  })

  test('takes its scenario step before the limit', async () => {
    const { read } = await build({ scenario: 'backlog' }, { rateLimit: 1 })
    await read([])
    const refused = await read([])
    expect(refused).toMatchObject({ statusCode: 429, headers: { 'x-mock-scenario': 'backlog' } })
  })

  test('is another portal’s own business', async () => {
    const { at } = await timed({ rateLimit: 1 })
    expect([(await at(0, 'one')).statusCode, (await at(0, 'two')).statusCode]).toEqual([200, 200])
    expect([(await at(0, 'one')).statusCode, (await at(0, 'two')).statusCode]).toEqual([429, 429])
  })
})

test('in a scenario the headers have no remaining calls, and an OAuth app has no daily limit', async () => {
  const app = await timed({ rateLimit: 'free' })
  expect((await app.read([], { token: 'any~rate-limited' })).headers).toMatchObject({
    'x-hubspot-ratelimit-remaining': '0',
  })
  expect((await app.read([], { token: 'any~daily-limit' })).headers).toMatchObject({
    'x-hubspot-ratelimit-daily-remaining': '0',
  })
  const oauth = await timed({ rateLimit: 'oauth' })
  expect((await oauth.read([], { token: 'any~daily-limit' })).headers).not.toHaveProperty(
    'x-hubspot-ratelimit-daily-remaining',
  )
})

test('the daily limit applies until midnight UTC', async () => {
  const noon = Date.UTC(2026, 4, 20, 12)
  const { RateLimiter } = await import('../src/world/rate-limiter.ts')
  let now = noon
  const limiter = new RateLimiter('free', { now: () => now })
  for (let i = 0; i < 250_000; i++) {
    if (i % 100 === 0) now += 10_000
    limiter.take()
  }
  now += 10_000
  expect(limiter.take()).toMatchObject({ over: 'daily-limit', dailyRemaining: 0, remaining: 100 })
  now = Date.UTC(2026, 4, 22)
  expect(limiter.take()).toMatchObject({ over: undefined, dailyRemaining: 249_999 })
})

test('a huge limit counts the calls of a stopped clock, and forgets them when it moves on', async () => {
  const { RateLimiter } = await import('../src/world/rate-limiter.ts')
  const limit = 9e15
  let now = 1000.5
  const limiter = new RateLimiter(limit, { now: () => now })
  for (let i = 0; i < 100_000; i++) limiter.take()
  expect(limiter.state.remaining).toBe(limit - 100_000)
  now += 10_000
  expect(limiter.state.remaining).toBe(limit)
})

import { expect, test } from 'vitest'
import { openPortal } from '../src/world/controls/portals.ts'
import { build, spring, v3 } from './build.ts'

/** An app with the controls of a portal, and the statuses of several calls. */
async function controlled(options: Parameters<typeof build>[1] = {}, fixture = {}) {
  const built = await build({ campaigns: [spring], ...fixture }, { frozen: true, ...options })
  const statuses = async (count: number, token = 'one') => {
    const all: number[] = []
    for (let i = 0; i < count; i++) all.push((await built.read([], { token })).statusCode)
    return all
  }
  const control = (method: 'GET' | 'PUT' | 'DELETE', path: string, payload?: object, token?: string) =>
    built.send({
      method,
      url: `/_mock${path}`,
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      ...(payload && { payload }),
    })
  return { ...built, statuses, control, one: openPortal(built.app.world, 'one') }
}

test('the rate limit of a portal is enforced from the next call on, and no other portal is limited', async () => {
  const { one, statuses } = await controlled()
  await statuses(5)
  expect(one.rateLimit.set({ limit: 3 })).toMatchObject({ limit: 3, perTenSeconds: 3, remaining: 3 })
  expect([await statuses(4), await statuses(4, 'two')]).toEqual([
    [200, 200, 200, 429],
    [200, 200, 200, 200],
  ])
  one.clock.advance('10s')
  expect(await statuses(1)).toEqual([200])
})

test('a client that waits ten seconds after a 429 goes on at once when the clock is advanced instead', async () => {
  const { one, read } = await controlled()
  one.rateLimit.set({ limit: 1 })
  for (let calls = 0; calls < 5; calls++) {
    const first = await read([], { token: 'one' })
    if (first.statusCode === 429) one.clock.advance(Number(first.headers['x-hubspot-ratelimit-interval-milliseconds']))
  }
  expect(one.journal.list().map(({ status }) => status)).toEqual([200, 429, 200, 429, 200])
})

test('the rate limit of the mock applies to portals without their own, also to those that exist', async () => {
  const { one, statuses, control } = await controlled()
  one.rateLimit.set({ limit: 'off' })
  await statuses(1, 'two')
  await control('PUT', '/rate-limit', { limit: 1 })
  expect([await statuses(2), await statuses(2, 'two'), await statuses(2, 'three')]).toEqual([
    [200, 200],
    [200, 429],
    [200, 429],
  ])
  one.rateLimit.reset()
  expect(await statuses(2)).toEqual([200, 429])
})

test('a reset restores the rate limit at start, of a portal and of the mock', async () => {
  const { control, one } = await controlled({ rateLimit: 7 })
  expect((await control('PUT', '/rate-limit', { limit: 'free' })).body.limit).toBe('free')
  one.rateLimit.set({ limit: 3 })
  one.reset()
  expect(one.rateLimit.state.limit).toBe('free')
  expect((await control('DELETE', '/rate-limit')).body.limit).toBe(7)
  await control('PUT', '/rate-limit', { limit: 'off' })
  await control('PUT', '/rate-limit', { limit: 5 }, 'one')
  expect((await control('DELETE', '/rate-limit', undefined, 'one')).body.limit).toBe('off')
})

test('the rate limit of a test ends when it is reset in a mock that was started without one', async () => {
  const { control, statuses } = await controlled()
  await control('PUT', '/rate-limit', { limit: 1 })
  await control('DELETE', '/rate-limit')
  expect(await statuses(3)).toEqual([200, 200, 200])
})

test('the state of a rate limit counts down, and reading it counts no call', async () => {
  const { one, statuses, control } = await controlled({ rateLimit: 'free' })
  await statuses(2)
  const state = { limit: 'free', perTenSeconds: 100, daily: 250_000, remaining: 98, dailyRemaining: 249_998 }
  expect([one.rateLimit.state, one.rateLimit.state]).toEqual([state, state])
  expect((await control('GET', '/rate-limit', undefined, 'one')).body).toEqual(state)
  expect((await control('GET', '/rate-limit')).body.remaining).toBe(100)
  expect(one.rateLimit.set({ limit: 'oauth' })).toMatchObject({ daily: null, dailyRemaining: null })
})

test.each([{ limit: 0 }, { limit: 'pro' }, {}, { limit: 3, burst: 1 }])(
  'the rate limit %j is refused',
  async (change) => {
    const { one, control } = await controlled()
    expect(() => one.rateLimit.set(Object(change))).toThrow(/limit|burst/)
    expect((await control('PUT', '/rate-limit', change)).statusCode).toBe(400)
  },
)

test('a token gets scopes at run time, and other tokens keep theirs', async () => {
  const { one, post, statuses } = await controlled()
  const write = (token: string) => post('{"inputs":[]}', { path: v3.replace('read', 'create'), token })
  expect(one.token.state).toEqual({ scopes: null, expiresAt: null })
  expect(one.token.set({ scopes: ['marketing.campaigns.read'] }).scopes).toEqual(['marketing.campaigns.read'])
  expect([await statuses(1), (await write('one')).statusCode, (await write('two')).statusCode]).toEqual([
    [200],
    403,
    201,
  ])
  expect((await write('one')).headers['x-mock-hint']).toContain('token.set')
  expect(one.token.reset().scopes).toBe(null)
  expect((await write('one')).statusCode).toBe(201)
})

test('a token expires at run time by the clock of its portal, and so do its access tokens', async () => {
  const { one, read } = await controlled()
  const issued = `one.access-${Date.UTC(2026, 0, 1)}`
  one.token.set({ expiresAt: '2026-01-01T00:10:00Z' })
  expect((await read([], { token: issued })).statusCode).toBe(200)
  one.clock.advance('11m')
  for (const token of ['one', 'one~pending', issued]) {
    expect((await read([], { token })).body.category).toBe('EXPIRED_AUTHENTICATION')
  }
  one.reset()
  expect((await read([], { token: 'one' })).statusCode).toBe(200)
})

test('what a test gives to a token takes the place of the fixture, also for a token that it does not name', async () => {
  const { app, statuses } = await controlled({}, { tokens: { one: { scopes: [] } } })
  expect([await statuses(1), await statuses(1, 'two')]).toEqual([[403], [401]])
  for (const token of ['one', 'two']) openPortal(app.world, token).token.set({})
  expect([await statuses(1), await statuses(1, 'two'), await statuses(1, 'three')]).toEqual([[200], [200], [401]])
})

test('the control API sets the token of the call, and shows no token', async () => {
  const { control } = await controlled()
  const grant = { scopes: ['marketing.campaigns.read'], expiresAt: '2026-12-31' }
  const state = { ...grant, expiresAt: '2026-12-31T00:00:00.000Z' }
  expect((await control('PUT', '/token', grant, 'one')).body).toEqual(state)
  expect((await control('GET', '/token', undefined, 'one')).body).toEqual(state)
  expect((await control('GET', '/token', undefined, 'two')).body).toEqual({ scopes: null, expiresAt: null })
  expect((await control('DELETE', '/token', undefined, 'one')).body).toEqual({ scopes: null, expiresAt: null })
  expect((await control('GET', '/token')).body.message).toBe('this call needs a portal')
  expect((await control('PUT', '/token', { expiresAt: '2026-02-30' }, 'one')).body.message).toBe(
    'expiresAt: it is not a valid date or time: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z',
  )
  expect((await control('PUT', '/token', { scope: [] }, 'one')).body.message).toContain('did you mean "scopes"?')
})

test('a token is checked by the library, too', async () => {
  const { one } = await controlled()
  expect(() => one.token.set(Object({ scope: [] }))).toThrow('did you mean "scopes"?')
  expect(() => one.token.set({ expiresAt: 'tomorrow' })).toThrow('expiresAt: ')
})

test('the scopes that a test gives are those of OAuth', async () => {
  const { one, send } = await controlled()
  one.token.set({ scopes: ['marketing.campaigns.read'] })
  const payload = 'grant_type=refresh_token&refresh_token=one&client_id=a&client_secret=b'
  expect((await send({ method: 'POST', url: '/oauth/v1/token', payload })).body.scopes).toEqual([
    'marketing.campaigns.read',
  ])
})

import { expect, test } from 'vitest'
import { operations } from '../src/contract/operations.ts'
import { build, spring, v3 } from './build.ts'

const start = Date.parse('2026-05-20T18:40:27Z')
const v1 = '/oauth/v1/token'
const client = { client_id: 'app', client_secret: 'marked-secret' }
const refresh = { grant_type: 'refresh_token', refresh_token: 'spring-refresh', ...client }

/** An app with a clock of its own, and a way to send the form of a token request. */
async function buildWithClock(fixture: Parameters<typeof build>[0] = { campaigns: [spring] }) {
  const clock = { ms: start, now: () => clock.ms }
  const built = await build(fixture, { clock })
  const issue = (form: Record<string, string>, url = v1) =>
    built.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    })
  return { ...built, clock, issue }
}

test.each(Object.values(operations['oauth.token'].paths))(
  '%s issues an access token for a refresh token',
  async (url) => {
    const { issue } = await buildWithClock()
    const { statusCode, body } = await issue(refresh, url)
    expect(statusCode).toBe(200)
    expect(body).toMatchObject({
      token_type: 'bearer',
      refresh_token: 'spring-refresh',
      access_token: `spring-refresh.access-${start}`,
      expires_in: 1800,
      token_use: 'access_token',
    })
  },
)

test('a client refreshes its token and goes on in the same portal', async () => {
  const { issue, get, read, clock, app } = await buildWithClock()
  const first = (await issue(refresh)).body.access_token
  await app.inject({
    method: 'PUT',
    url: '/_mock/campaigns/planted',
    headers: { authorization: `Bearer ${first}` },
    payload: {},
  })
  expect((await get('/account-info/v3/details', first)).statusCode).toBe(200)
  expect((await read(['planted'], { token: first })).body.results).toHaveLength(1)

  clock.ms += 1800 * 1000
  expect(await read(['planted'], { token: first })).toMatchObject({
    statusCode: 401,
    body: { category: 'EXPIRED_AUTHENTICATION', context: { 'expire time': ['2026-05-20T19:10:27.000Z'] } },
  })
  const second = (await issue(refresh)).body.access_token
  expect((await read(['planted'], { token: second })).body.results).toHaveLength(1)

  const { requests } = (
    await app.inject({ url: '/_mock/requests', headers: { authorization: 'Bearer spring-refresh' } })
  ).json()
  expect(requests.map(({ status }: { status: number }) => status)).toEqual([200, 200, 200, 401, 200, 200])
})

test('two tokens that are issued in one millisecond differ, and share a portal', async () => {
  const { issue, get } = await buildWithClock()
  const tokens = [(await issue(refresh)).body.access_token, (await issue(refresh)).body.access_token]
  expect(new Set(tokens).size).toBe(2)
  const remaining = async (token: string) =>
    Number((await get('/marketing/v3/campaigns', token)).headers['x-hubspot-ratelimit-remaining'])
  expect(await remaining(tokens[0])).toBe((await remaining(tokens[1])) + 1)
})

test('an issued token keeps the scenario of its refresh token', async () => {
  const { issue, read } = await buildWithClock()
  const { access_token: token } = (await issue({ ...refresh, refresh_token: 'spring~rate-limited' })).body
  expect((await read([spring.id], { token })).statusCode).toBe(429)
})

test('the tokens of a fixture cover the tokens that are issued for them', async () => {
  const scopes = ['marketing.campaigns.write']
  const { issue, read } = await buildWithClock({ campaigns: [spring], tokens: { 'spring-refresh': { scopes } } })
  const { body } = await issue(refresh)
  expect(body.scopes).toEqual(scopes)
  expect((await read([spring.id], { token: body.access_token })).statusCode).toBe(403)
  const { access_token: other } = (await issue({ ...refresh, refresh_token: 'other' })).body
  expect((await read([spring.id], { token: other })).statusCode).toBe(401)
})

test('a code and client credentials name a portal, too', async () => {
  const { issue } = await buildWithClock()
  const code = { grant_type: 'authorization_code', code: 'portal-a', redirect_uri: 'http://localhost', ...client }
  expect((await issue(code)).body).toMatchObject({
    refresh_token: 'portal-a',
    access_token: `portal-a.access-${start}`,
  })
  const credentials = (await issue({ grant_type: 'client_credentials', ...client })).body
  expect(credentials).toMatchObject({ token_use: 'client_credentials' })
  expect(credentials).not.toHaveProperty('refresh_token')
})

const oauth = {
  clients: [{ clientId: 'app', clientSecret: 'marked-secret', redirectUris: ['http://localhost'] }],
  refreshTokens: ['spring-refresh'],
}

test.each([
  ['an unknown refresh token', { ...refresh, refresh_token: 'x' }, 'invalid_grant', 'BAD_REFRESH_TOKEN'],
  ['no refresh token', { grant_type: 'refresh_token', ...client }, 'invalid_grant', 'BAD_REFRESH_TOKEN'],
  [
    'no code',
    { grant_type: 'authorization_code', redirect_uri: 'http://localhost', ...client },
    'invalid_grant',
    'BAD_AUTH_CODE',
  ],
  ['an unknown client', { ...refresh, client_id: 'x' }, 'invalid_client', 'BAD_CLIENT_ID'],
  ['a wrong secret', { ...refresh, client_secret: 'x' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
  ['no secret', { ...refresh, client_secret: '' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
  [
    'another redirect URI',
    { grant_type: 'authorization_code', code: 'c', ...client },
    'invalid_request',
    'BAD_REDIRECT_URI',
  ],
  ['no grant type', { ...client }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
])('400 for %s', async (_what, form, error, status) => {
  const { issue } = await buildWithClock({ oauth })
  const answer = await issue(form)
  expect(answer).toMatchObject({ statusCode: 400, body: { error, status, category: status } })
  expect(answer.body.correlationId).toBe(answer.headers['x-hubspot-correlation-id'])
})

test('the latest version has no client credentials', async () => {
  const { issue } = await buildWithClock()
  const { body } = await issue({ grant_type: 'client_credentials', ...client }, '/oauth/2026-09/token')
  expect(body.status).toBe('BAD_GRANT_TYPE')
})

test('an OAuth error as observed has four members', async () => {
  const { send } = await build({}, { fidelity: 'observed' })
  const { body } = await send({ method: 'POST', url: v1, payload: '' })
  expect(Object.keys(body)).toEqual(['error', 'error_description', 'status', 'message'])
})

test('no secret of OAuth is in the journal', async () => {
  const { issue, app } = await buildWithClock()
  await issue({ ...refresh, refresh_token: 'marked-refresh-token' })
  await issue({ grant_type: 'authorization_code', code: 'marked-code', redirect_uri: 'http://x', ...client })
  const journal = (await app.inject('/_mock/requests')).body
  expect(journal).toContain('[REDACTED]')
  expect(journal).not.toContain('marked')
})

test('account details come from the fixture, or else from the token', async () => {
  const { get } = await build({ account: { portalId: 12345678, companyCurrency: 'EUR' } })
  expect((await get('/account-info/2026-03/details')).body).toEqual({
    portalId: 12345678,
    accountType: 'STANDARD',
    timeZone: 'US/Eastern',
    companyCurrency: 'EUR',
    additionalCurrencies: [],
    utcOffset: '-04:00',
    utcOffsetMilliseconds: -14_400_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  })
  expect((await get('/integrations/v1/me')).body).toEqual({
    portalId: 12345678,
    timeZone: 'US/Eastern',
    currency: 'EUR',
    utcOffsetMilliseconds: -14_400_000,
    utcOffset: '-04:00',
  })
  const other = await build()
  const idOf = async (token: string) => (await other.get('/account-info/v3/details', token)).body.portalId
  expect(await idOf('a')).toBe(await idOf('a'))
  expect(await idOf('a')).not.toBe(await idOf('b'))
})

test('set-up calls need a token with any scope, and take no step of a scenario', async () => {
  const tokens = { reader: { scopes: ['marketing.campaigns.read'] } }
  const { get } = await build({ tokens, scenario: 'locked' })
  expect((await get('/account-info/v3/details', 'reader')).statusCode).toBe(200)
  expect((await get('/account-info/v3/details', 'unknown')).statusCode).toBe(401)
})

test('an issued token belongs to its portal, with any scenario suffix', async () => {
  const { read, clock } = await buildWithClock()
  const token = `spring.access-${clock.ms}~locked`
  expect((await read([spring.id], { token, path: v3 })).statusCode).toBe(423)
})

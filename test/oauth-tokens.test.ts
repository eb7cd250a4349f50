import { pino } from 'pino'
import { expect, test } from 'vitest'
import { operations } from '../src/contract/operations.ts'
import { startMock } from '../src/index.ts'
import { build, spring } from './build.ts'

const start = Date.parse('2026-05-20T18:40:27Z')
const client = { client_id: 'app', client_secret: 'marked-secret' }
const refresh = { grant_type: 'refresh_token', refresh_token: 'spring', ...client }

async function buildForTokens(fixture: Parameters<typeof build>[0] = { campaigns: [spring] }, options = {}) {
  const clock = { ms: start, now: () => clock.ms }
  const built = await build(fixture, { clock, ...options })
  const form = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    built.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  const issue = (fields: Record<string, string>) => form('/oauth/v1/token', fields)
  return { ...built, clock, form, issue }
}

test('an access token has its account, scopes and expiry', async () => {
  const { issue, send, clock } = await buildForTokens({ account: { portalId: 12345 } })
  const { access_token: token } = (await issue(refresh)).body
  clock.ms += 800_500
  const { statusCode, body } = await send({ method: 'GET', url: `/oauth/v1/access-tokens/${token}` })
  expect(statusCode).toBe(200)
  expect(body).toMatchObject({ token, hub_id: 12345, expires_in: 999, token_type: 'access' })
  expect(body.signed_access_token).toMatchObject({ hubId: 12345, expiresAt: start + 1_800_000 })
  clock.ms = start + 1_800_000
  expect((await send({ method: 'GET', url: `/oauth/v1/access-tokens/${token}` })).statusCode).toBe(404)
})

test('a refresh token can be looked at until it is revoked', async () => {
  const { issue, send } = await buildForTokens()
  const url = '/oauth/v1/refresh-tokens/spring'
  expect((await send({ method: 'GET', url })).body).toMatchObject({ token: 'spring', token_type: 'refresh' })
  expect((await send({ method: 'DELETE', url })).statusCode).toBe(204)
  expect((await send({ method: 'GET', url })).body.category).toBe('OBJECT_NOT_FOUND')
  expect((await issue(refresh)).body.status).toBe('BAD_REFRESH_TOKEN')
  expect((await issue({ ...refresh, refresh_token: 'summer' })).statusCode).toBe(200)
})

test.each(Object.values(operations['oauth.introspect'].paths))('%s describes tokens of both kinds', async (url) => {
  const { issue, form } = await buildForTokens()
  const { access_token: token } = (await issue(refresh)).body
  const ask = async (fields: Record<string, string>) => (await form(url, { ...client, ...fields })).body
  expect(await ask({ token })).toMatchObject({ active: true, token, client_id: 'app', token_use: 'access_token' })
  expect(await ask({ token: 'spring' })).toMatchObject({ active: true, token: 'spring', token_use: 'refresh_token' })
  expect(await ask({ token: 'pat-na1-x', token_type_hint: 'access_token' })).toMatchObject({
    token_use: 'access_token',
  })
  for (const unknown of ['', 'two words', 'spring.access-0000000000001']) {
    expect(await ask({ token: unknown })).toEqual({ active: false })
  }
})

test.each(Object.values(operations['oauth.revoke'].paths))('%s revokes a refresh token', async (url) => {
  const { issue, form, read } = await buildForTokens()
  const { access_token: token } = (await issue(refresh)).body
  expect(await form(url, { token: 'spring' })).toMatchObject({ statusCode: 200, body: {} })
  expect((await issue(refresh)).body.status).toBe('BAD_REFRESH_TOKEN')
  expect((await form('/oauth/v3/token/introspect', { token: 'spring' })).body).toEqual({ active: false })
  expect((await read([String(spring.id)], { token })).statusCode).toBe(200)
  expect((await form(url, { token })).headers['x-mock-hint']).toContain('stays valid until it expires')
  const code = { grant_type: 'authorization_code', code: 'spring', redirect_uri: 'http://x', ...client }
  expect((await issue(code)).statusCode).toBe(200)
  expect((await issue(refresh)).statusCode).toBe(200)
})

test('a reset of a portal restores its refresh token, and that of no other', async () => {
  const { issue, form, app } = await buildForTokens()
  for (const token of ['spring', 'summer']) await form('/oauth/v3/token/revoke', { token })
  app.world.resetPortal('spring')
  expect((await issue(refresh)).statusCode).toBe(200)
  expect((await issue({ ...refresh, refresh_token: 'summer' })).statusCode).toBe(400)
})

const oauth = {
  clients: [{ clientId: 'app', clientSecret: 'marked-secret', scopes: ['marketing.campaigns.read'] }],
  refreshTokens: ['spring'],
}

test('if the fixture names clients, only they can introspect and revoke tokens', async () => {
  const { form } = await buildForTokens({ oauth })
  for (const path of ['introspect', 'revoke']) {
    const url = `/oauth/v3/token/${path}`
    expect((await form(url, { token: 'spring' })).body.status).toBe('BAD_CLIENT_ID')
    expect((await form(url, { token: 'spring', ...client, client_secret: 'x' })).body.status).toBe('BAD_CLIENT_SECRET')
    expect((await form(url, { token: 'spring', ...client })).statusCode).toBe(200)
  }
  expect((await form('/oauth/v3/token/introspect', { token: 'other', ...client })).body).toEqual({ active: false })
})

test('a refresh token that was issued for a code is valid, though the fixture does not name it', async () => {
  const { issue } = await buildForTokens({ oauth })
  const autumn = { ...refresh, refresh_token: 'autumn' }
  expect((await issue(autumn)).body.status).toBe('BAD_REFRESH_TOKEN')
  const code = { grant_type: 'authorization_code', code: 'autumn', redirect_uri: 'http://x', ...client }
  expect((await issue(code)).body.refresh_token).toBe('autumn')
  expect((await issue(autumn)).statusCode).toBe(200)
})

test('access tokens for the refresh tokens of a fixture are valid, as are its tokens', async () => {
  const { issue, read } = await buildForTokens({ campaigns: [spring], oauth, tokens: { reader: {} } })
  const { access_token: token } = (await issue(refresh)).body
  expect((await read([String(spring.id)], { token })).statusCode).toBe(200)
  expect((await read([String(spring.id)], { token: 'spring' })).statusCode).toBe(401)
})

test('a client has the scopes of the fixture, and cannot request more', async () => {
  const { issue, send, read } = await buildForTokens({ campaigns: [spring], oauth })
  const credentials = { grant_type: 'client_credentials', ...client }
  const { body } = await issue({ ...credentials, scope: 'marketing.campaigns.read' })
  expect(body.scopes).toEqual(['marketing.campaigns.read'])
  expect((await read([String(spring.id)], { token: body.access_token })).statusCode).toBe(200)
  const headers = { authorization: `Bearer ${body.access_token}` }
  const answer = await send({ method: 'DELETE', url: `/marketing/v3/campaigns/${spring.id}`, headers })
  expect(answer.body.category).toBe('MISSING_SCOPES')
  const more = await issue({ ...credentials, scope: 'marketing.campaigns.read marketing.campaigns.write' })
  expect(more.body).toMatchObject({ error: 'invalid_scope', status: 'BAD_SCOPES' })
  expect(more.headers['x-mock-hint']).toContain('scope')
})

test.each([
  ['a scenario without a portal', { refresh_token: '~locked' }, 'BAD_REFRESH_TOKEN'],
  ['a space', { refresh_token: 'two words' }, 'BAD_REFRESH_TOKEN'],
  ['an access token', { refresh_token: `spring.access-${start}` }, 'BAD_REFRESH_TOKEN'],
  ['a code with a line break', { grant_type: 'authorization_code', code: 'a\nb' }, 'BAD_AUTH_CODE'],
  ['a client id with a space', { grant_type: 'client_credentials', client_id: 'a b' }, 'BAD_CLIENT_ID'],
])('%s is not a grant, since no Bearer token can be made of it', async (_what, fields, status) => {
  const { issue } = await buildForTokens()
  expect((await issue({ ...refresh, ...fields })).body.status).toBe(status)
})

test('v1 accepts the secrets in the query as well', async () => {
  const { form, app } = await buildForTokens()
  const url = '/oauth/v1/token?client_secret=marked-secret&refresh_token=marked-token'
  const { statusCode, body } = await form(url, { grant_type: 'refresh_token', client_id: 'app' })
  expect(statusCode).toBe(200)
  expect(body.refresh_token).toBe('marked-token')
  expect((await app.inject('/_mock/requests')).body).not.toContain('marked')
})

test('no token has the time of issue of another, and a reset or a clock that goes back begins again', async () => {
  const { issue, clock, app } = await buildForTokens()
  const times = async (count: number) => {
    const issued = []
    for (let i = 0; i < count; i++) issued.push(Number((await issue(refresh)).body.access_token.split('-').at(-1)))
    return issued
  }
  expect(await times(3)).toEqual([start, start + 1, start + 2])
  clock.ms += 1
  expect(await times(1)).toEqual([start + 3])
  clock.ms = start - 1000
  expect(await times(2)).toEqual([start - 1000, start - 999])
  clock.ms = start
  app.world.reset()
  expect(await times(1)).toEqual([start])
})

test('OAuth calls take the steps that name them, and their own errors by name', async () => {
  const mine = [
    { on: 'oauth.token' as const, error: 'bad-refresh-token' as const, times: 1 },
    { on: ['oauth.token' as const], error: 'server-error' as const, times: 1 },
  ]
  const { issue, form } = await buildForTokens({ scenarios: { mine } })
  const fields = { ...refresh, refresh_token: 'spring~mine' }
  expect((await issue(fields)).body).toMatchObject({ status: 'BAD_REFRESH_TOKEN', error: 'invalid_grant' })
  expect((await form('/oauth/v1/token', refresh, { 'x-mock-scenario': 'mine' })).statusCode).toBe(500)
  expect((await issue(fields)).statusCode).toBe(200)
  expect((await form('/oauth/v1/token', refresh, { 'x-mock-scenario': 'nine' })).statusCode).toBe(400)
})

test('a scenario without `on` does not apply to OAuth calls', async () => {
  const { issue } = await buildForTokens()
  expect((await issue({ ...refresh, refresh_token: 'spring~locked' })).statusCode).toBe(200)
})

test.each([undefined, 'batch.read' as const, ['oauth.token' as const, 'batch.read' as const]])(
  'an error of OAuth is refused in a step with on: %s',
  async (on) => {
    const step = { error: 'bad-refresh-token' as const, ...(on === undefined ? {} : { on }) }
    await expect(build({ scenarios: { mine: [step] } })).rejects.toThrow(
      'bad-refresh-token is an error of OAuth: add on: oauth.token',
    )
  },
)

test('the hint of an OAuth error is in the journal', async () => {
  const { app, send } = await build()
  const payload = 'grant_type=password'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await send({ method: 'POST', url: '/oauth/v1/token', headers, payload })
  expect(app.world.journal.list().at(-1)?.hint).toBe(response.headers['x-mock-hint'])
})

test('no secret of OAuth is in journal or log, however it is written', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const mock = await startMock({ logger, fixtures: {} })
  const bodies = [
    'grant_type=refresh_token&refresh_token=a%26marked&client_id=app&client_secret=marked',
    'grant_type=refresh_token&refresh%5Ftoken=marked&client%5Fsecret=marked',
    'grant_type=authorization_code&code=marked&client_id=a&client_secret=a"marked',
    '{"refresh_token":"a\\"marked","client_secret":"marked"}',
    'marked',
  ]
  for (const body of bodies) {
    for (const path of ['/oauth/v1/token', '/%6fauth/v1/token', '/OAUTH/v9/token', '/oauth/v3/token/introspect']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      await fetch(mock.url + path, { method: 'POST', headers, body })
    }
  }
  for (const kind of ['access', 'refresh'])
    await fetch(`${mock.url}/oauth/v1/${kind}-tokens/marked.access-1764034800123`)
  const journal = JSON.stringify(mock.journal.list())
  await mock.close()
  expect(journal).toContain('[REDACTED]')
  expect(lines).not.toHaveLength(0)
  expect(journal + lines.join()).not.toContain('marked')
})

test('an access token selects its portal in the control API and the library', async () => {
  const mock = await startMock({ fixtures: {} })
  mock.portal('spring').campaigns.put({ id: 'a' })
  const campaigns = mock.portal(`spring.access-${start}~locked`).campaigns.list()
  const response = await fetch(`${mock.url}/_mock/campaigns`, {
    headers: { authorization: `Bearer spring.access-${start}` },
  })
  const { campaigns: listed } = JSON.parse(await response.text())
  await mock.close()
  expect(campaigns.map((one) => one.id)).toEqual(['a'])
  expect(listed.map((one: { id: string }) => one.id)).toEqual(['a'])
})

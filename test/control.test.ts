import { describe, expect, test } from 'vitest'
import type { AppOptions } from '../src/index.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { type Answer, build, spring, summer, unknownId, v3 } from './build.ts'

/** An app with a way to speak to its control API: for the whole mock, or for the portal of a token. */
async function controlled(fixtures: AppOptions['fixtures'] = { campaigns: [spring] }, options: AppOptions = {}) {
  const built = await build(fixtures, options)
  const control = (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<Answer> =>
    built.send({
      method,
      url: `/_mock${path}`,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  return { ...built, control }
}

const found = ({ body }: Answer) => body.results.map(({ id }: { id: string }) => id)

describe('campaigns', () => {
  test('are listed in pages, the generated ones last', async () => {
    const { control } = await controlled({ campaigns: [spring, summer], generate: { campaigns: 3 } })
    const first = await control('GET', '/campaigns?limit=3')
    expect(first.body.campaigns).toMatchObject([
      { id: spring.id, properties: spring.properties },
      { id: summer.id },
      {},
    ])
    const rest = await control('GET', `/campaigns?limit=3&after=${first.body.after}`)
    expect(rest.body.campaigns).toHaveLength(2)
    expect(rest.body).not.toHaveProperty('after')
    const afterPlanted = await control('GET', `/campaigns?after=${spring.id.toUpperCase()}`)
    expect(afterPlanted.body.campaigns).toHaveLength(4)
    expect((await control('GET', '/campaigns?after=nobody')).body.campaigns).toEqual([])
  })

  test('can be searched by a part of their name', async () => {
    const { control } = await controlled({ campaigns: [summer, spring], generate: { campaigns: 20 } })
    const found = async (query: string) =>
      (await control('GET', `/campaigns?${query}`)).body.campaigns.map(({ id }: { id: string }) => id)
    expect(await found('name=SPRI')).toContain(spring.id)
    expect(await found('name=pring&limit=1')).toHaveLength(1)
    expect(await found('name=no+such+name')).toEqual([])
    await control('PUT', `/campaigns/${summer.id}`, { properties: { hs_name: 'A Spring too' } })
    expect((await found('name=spring')).slice(0, 1)).toEqual([summer.id])
    expect(await control('GET', `/campaigns?name=a&after=${spring.id}`)).toMatchObject({
      statusCode: 400,
      body: { message: 'after: not possible together with name' },
    })
  })

  test('can be read one by one', async () => {
    const { control } = await controlled()
    expect(await control('GET', `/campaigns/${spring.id}`)).toMatchObject({ statusCode: 200, body: { id: spring.id } })
    expect(await control('GET', '/campaigns/nobody')).toMatchObject({
      statusCode: 404,
      body: { error: 'Not Found', message: 'no campaign "nobody"', hint: 'GET /_mock/campaigns lists the campaigns' },
    })
  })

  test('can be added to one portal, and no other sees them', async () => {
    const { control, read } = await controlled()
    const planted = await control('PUT', '/campaigns/mine', { properties: { hs_name: 'Mine' } }, 'one')
    expect(planted).toMatchObject({ statusCode: 200, body: { id: 'mine', properties: { hs_name: 'Mine' } } })
    expect(found(await read(['mine', spring.id], { token: 'one' }))).toEqual(['mine', spring.id])
    expect(found(await read(['mine', spring.id], { token: 'two' }))).toEqual([spring.id])
  })

  test('can be added to the whole mock; those of a portal win', async () => {
    const { control, read } = await controlled()
    const nameIn = async (token: string) =>
      (await read(['ours'], { token, query: 'properties=hs_name' })).body.results[0].properties.hs_name
    await control('PUT', '/campaigns/ours', { properties: { hs_name: 'Ours' } })
    await control('PUT', '/campaigns/ours', { properties: { hs_name: 'Mine' } }, 'one')
    expect([await nameIn('one'), await nameIn('two')]).toEqual(['Mine', 'Ours'])
    expect((await control('GET', '/health')).body.campaigns).toBe(2)
  })

  test('can be removed, those of the fixture and the generated ones too', async () => {
    const { control, read } = await controlled({ campaigns: [spring], generate: { campaigns: 1 } })
    const generated = (await control('GET', `/campaigns?after=${spring.id}`)).body.campaigns[0].id
    await control('DELETE', `/campaigns/${generated}`)
    expect(await control('DELETE', `/campaigns/${spring.id}`, undefined, 'one')).toMatchObject({
      body: { removed: true },
    })
    expect(found(await read([spring.id, generated], { token: 'one' }))).toEqual([])
    expect(found(await read([spring.id, generated], { token: 'two' }))).toEqual([spring.id])
    expect((await control('GET', '/campaigns', undefined, 'one')).body.campaigns).toEqual([])
    expect((await control('DELETE', `/campaigns/${spring.id}`, undefined, 'one')).statusCode).toBe(404)
    expect((await control('GET', '/health')).body.campaigns).toBe(1)
  })

  test('added with an id that fails are found', async () => {
    const { control, read } = await controlled({ errors: [{ id: 'bad', category: 'C', message: 'M' }] })
    await control('PUT', '/campaigns/bad', {})
    expect(found(await read(['bad']))).toEqual(['bad'])
  })

  test.each([
    [
      { properties: { hs_name: 7 } },
      'properties.hs_name: expected text (put it in quotes), or null for no value, got 7',
    ],
    [{ createdAt: '2026-02-30' }, 'createdAt: "2026-02-30" is not a valid date or time'],
    [{ propertys: {} }, 'unknown key "propertys": did you mean "properties"?'],
    [{ id: 'another' }, 'body.id: expected "mine" as in the path, got "another"'],
    [[], 'expected an object, got an array'],
  ])('are not added by an invalid body such as %j, which changes nothing', async (body, message) => {
    const { control } = await controlled()
    const refused = await control('PUT', '/campaigns/mine', body)
    expect(refused).toMatchObject({ statusCode: 400, body: { error: 'Bad Request', hint: expect.any(String) } })
    expect(refused.body.message).toContain(message)
    expect((await control('GET', '/campaigns')).body.campaigns).toHaveLength(1)
  })
})

describe('a list of campaigns', () => {
  test('is added to one portal in one call', async () => {
    const { control, read } = await controlled()
    const list = [{ id: 'a', properties: { hs_name: 'A' } }, { id: 'b' }, { id: spring.id }]
    const { body } = await control('PUT', '/campaigns', list, 'one')
    expect(body.campaigns).toMatchObject(list)
    expect(found(await read(['a', 'b'], { token: 'one' }))).toEqual(['a', 'b'])
    expect(found(await read(['a', 'b'], { token: 'two' }))).toEqual([])
  })

  test.each([
    [
      [{ id: 'a' }, { id: 'b', propertys: {} }],
      'body [1].propertys: unknown key "propertys": did you mean "properties"?',
    ],
    [[{ id: 'a' }, { id: 'b', createdAt: '2026-02-30' }], '[1].createdAt: "2026-02-30" is not a valid date or time'],
    [[{ id: 'a' }, {}, {}], 'body [1].id: "id" is missing'],
    [[{ id: 'a' }, { id: 'b' }, { id: 'a' }], '[2].id: duplicate id "a", as at [0]: remove one of them'],
    [{ id: 'a' }, 'body: expected an array, got an object'],
  ])('is refused as a whole, with the index of what is invalid: %j', async (list, message) => {
    const { control } = await controlled()
    const refused = await control('PUT', '/campaigns', list)
    expect([refused.statusCode, refused.body.message]).toEqual([400, expect.stringContaining(message)])
    expect((await control('GET', '/campaigns')).body.campaigns).toHaveLength(1)
  })

  test('can be larger than other bodies', async () => {
    const { control } = await controlled()
    const list = [{ id: 'a', properties: { hs_notes: 'x'.repeat(2 * 1024 * 1024) } }]
    expect((await control('PUT', '/campaigns', list)).statusCode).toBe(200)
  })

  test('with hundreds of problems is refused with the first', async () => {
    const { control } = await controlled()
    const { statusCode, body } = await control('PUT', '/campaigns', Array(300).fill({ idd: 'a' }))
    expect([statusCode, body.message]).toEqual([400, expect.stringContaining('body [0].idd: unknown key "idd"')])
  })

  test('is checked by the library, too', async () => {
    const { app } = await controlled()
    const { campaigns } = new Controls(app.world)
    expect(() => campaigns.putAll(Object({ id: 'a' }))).toThrow('expected a list of campaigns, got an object')
    expect(() => campaigns.putAll([{ id: 'a' }, { id: '' }])).toThrow('[1].id: expected text that is not empty')
  })
})

describe('scenarios', () => {
  test('are listed by name, and can be defined and played', async () => {
    const { control, read } = await controlled()
    const steps = [{ status: 'CANCELED', times: 1 }]
    expect((await control('PUT', '/scenarios/mine', steps)).body).toEqual({ name: 'mine', steps })
    expect((await control('GET', '/scenarios')).body).toMatchObject({ pending: [{ status: 'PENDING' }], mine: steps })
    await control('PUT', '/scenario', { name: 'mine' })
    expect([(await read([])).body.status, (await read([])).body.status]).toEqual(['CANCELED', 'COMPLETE'])
  })

  test('defined for one portal are known only there', async () => {
    const { control, read } = await controlled()
    await control('PUT', '/scenarios/mine', [{ status: 'CANCELED' }], 'one')
    expect((await read([], { token: 'one~mine' })).body.status).toBe('CANCELED')
    expect((await read([], { token: 'two~mine' })).statusCode).toBe(400)
  })

  test('have a state: the name, the next step, and what is left of it', async () => {
    let now = 0
    const { control, read } = await controlled({}, { clock: { now: () => now } })
    const playing = async () => (await control('GET', '/scenario', undefined, 'one')).body
    expect(await playing()).toEqual({ name: null, step: null, left: null })
    const steps = [{ times: 2 }, { for: 500 }, { status: 'PENDING' }]
    expect((await control('PUT', '/scenario', { steps }, 'one')).body).toEqual({ name: 'unnamed', step: 1, left: 2 })
    await read([], { token: 'one' })
    expect(await playing()).toEqual({ name: 'unnamed', step: 1, left: 1 })
    await read([], { token: 'one' })
    await read([], { token: 'one' })
    now = 200
    expect(await playing()).toEqual({ name: 'unnamed', step: 2, left: 300 })
    now = 500
    expect(await playing()).toEqual({ name: 'unnamed', step: 3, left: null })
  })

  test('that have ended have no next step', async () => {
    const { control, read } = await controlled()
    await control('PUT', '/scenario', { name: 'recovering' }, 'one')
    for (let i = 0; i < 3; i++) await read([], { token: 'one' })
    expect((await control('GET', '/scenario', undefined, 'one')).body).toEqual({
      name: 'recovering',
      step: null,
      left: null,
    })
  })

  test('of a portal take precedence over that of the mock, also after they are stopped', async () => {
    const { control, read } = await controlled()
    await control('PUT', '/scenario', { name: 'pending' })
    await control('PUT', '/scenario', { name: 'canceled' }, 'one')
    const statusIn = async (token: string) => (await read([], { token })).body.status
    expect([await statusIn('one'), await statusIn('two')]).toEqual(['CANCELED', 'PENDING'])
    await control('DELETE', '/scenario', undefined, 'one')
    expect([await statusIn('one'), await statusIn('two')]).toEqual(['COMPLETE', 'PENDING'])
    expect((await control('GET', '/scenario')).body).toEqual({ name: 'pending', step: 1, left: null })
    await control('DELETE', '/scenario')
    expect(await statusIn('two')).toBe('COMPLETE')
  })

  test('played in the mock do not disturb a portal that plays its own', async () => {
    const { control, read } = await controlled()
    await control('PUT', '/scenario', { name: 'backlog' }, 'any')
    await read([])
    await read([])
    await control('PUT', '/scenario', { name: 'backlog' })
    expect((await read([])).body.status).toBe('PROCESSING')
  })

  test('are not played by a body that is nested too deeply', async () => {
    const { send, control } = await controlled()
    const payload = `{"steps":[{"error":{"status":500,"body":${'['.repeat(5000)}${']'.repeat(5000)}}}]}`
    const headers = { 'content-type': 'application/json' }
    const refused = await send({ method: 'PUT', url: '/_mock/scenario', headers, payload })
    expect(refused).toMatchObject({ statusCode: 400, body: { message: expect.stringContaining('nested too deeply') } })
    expect((await control('GET', '/scenario')).body.name).toBeNull()
  })

  test('are defined up to a thousand', async () => {
    const { app } = await controlled({})
    const { scenarios } = new Controls(app.world)
    const define = () => {
      for (let i = 0; i < 1001; i++) scenarios.define(`mine-${i}`, [{}])
    }
    expect(define).toThrow('there are already 1000 scenarios')
    scenarios.define('mine-0', [{ status: 'PENDING' }])
  })

  test('played again restart, in a portal and in the whole mock', async () => {
    const { control, read } = await controlled()
    for (const token of [undefined, 'any']) {
      for (let i = 0; i < 2; i++) {
        await control('PUT', '/scenario', { name: 'backlog' }, token)
        const seen = [await read([]), await read([]), await read([])].map(({ body }) => body.status)
        expect(seen).toEqual(['PENDING', 'PENDING', 'PROCESSING'])
      }
    }
  })

  test.each([
    ['PUT', '/scenario', { name: 'baklog' }, 404, 'unknown scenario "baklog": did you mean "backlog"?'],
    ['PUT', '/scenario', {}, 400, 'body: expected a name or steps, one of the two'],
    ['PUT', '/scenario', { name: 'a', steps: [{}] }, 400, 'body: expected a name or steps, one of the two'],
    [
      'PUT',
      '/scenario',
      { steps: [{ status: 'DONE' }] },
      400,
      'steps[0].status: expected COMPLETE, PENDING, PROCESSING or CANCELED',
    ],
    ['PUT', '/scenario', { steps: [{ delay: { min: 2, max: 1 } }] }, 400, '[0].delay: min 2 is greater than max 1'],
    ['PUT', '/scenarios/mine', [], 400, 'body: expected'],
    ['PUT', '/scenarios/mine', [{ error: 'oops' }], 400, 'expected one of unauthorized, expired-token'],
    ['PUT', '/scenarios/mine', [{ headers: { 'a b': 'c' } }], 400, '[0].headers."a b": invalid header name "a b"'],
    ['PUT', '/scenarios/mine', [{ headers: { Trailer: 'x' } }], 400, 'Trailer is set by the mock'],
    [
      'PUT',
      '/scenario',
      { name: 'x'.repeat(200_000) },
      404,
      `unknown scenario "${'x'.repeat(100)}": expected one of: pending`,
    ],
    ['PUT', '/scenarios/no%20name', [{}], 400, 'invalid name "no name"'],
  ] as const)('%s %s %j is refused with %d, and nothing plays', async (method, path, body, statusCode, message) => {
    const { control } = await controlled()
    const refused = await control(method, path, body)
    expect(refused).toMatchObject({ statusCode, body: { hint: expect.any(String) } })
    expect(refused.body.message).toContain(message)
    expect((await control('GET', '/scenario')).body.name).toBeNull()
    expect(Object.keys((await control('GET', '/scenarios')).body)).not.toContain('mine')
  })
})

describe('a custom error of a step', () => {
  const own = async (error: object) => {
    const { control, app } = await controlled()
    await control('PUT', '/scenario', { steps: [{ error }] })
    return app.inject({ method: 'POST', url: v3, headers: { authorization: 'Bearer any' } })
  }

  test('is sent unchanged: an object as JSON', async () => {
    const answer = await own({ status: 418, body: { short: ['and', 'stout'] }, headers: { 'x-pot': 'tea' } })
    expect(answer).toMatchObject({ statusCode: 418, payload: '{"short":["and","stout"]}' })
    expect(answer.headers).toMatchObject({ 'x-pot': 'tea', 'content-type': 'application/json;charset=utf-8' })
  })

  test('may give its JSON another content type, as any step may', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect(await own({ status: 500, body: { a: 1 }, headers })).toMatchObject({ payload: '{"a":1}', headers })
    const { app, control } = await controlled()
    await control('PUT', '/scenario', { steps: [{ headers }] })
    const request = { method: 'POST', url: v3, payload: '{"inputs":[]}' } as const
    const answer = await app.inject({
      ...request,
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    })
    expect(answer).toMatchObject({ statusCode: 200, headers })
  })

  test('is sent unchanged: a text as a page, and no body without one', async () => {
    const page = await own({ status: 502, body: '<h1>Bad</h1>' })
    expect(page).toMatchObject({ payload: '<h1>Bad</h1>', headers: { 'content-type': 'text/html;charset=utf-8' } })
    expect(await own({ status: 503 })).toMatchObject({ statusCode: 503, payload: '' })
    expect(await own({ status: 200, body: 'x', headers: { 'content-type': 'text/plain' } })).toMatchObject({
      headers: { 'content-type': 'text/plain' },
    })
  })
})

describe('the journal', () => {
  test('has each request with its response, oldest first, also of one portal', async () => {
    const { control, read, send } = await controlled()
    const first = await read([spring.id, unknownId], {
      token: 'one',
      query: 'properties=hs_name,hs_notes&hapikey=secret',
    })
    await read([], { token: 'two', headers: { 'x-mock-scenario': 'locked' } })
    await send({ method: 'GET', url: '/nowhere?x=1' })
    const { body } = await control('GET', '/requests')
    expect(body).toMatchObject({
      total: 3,
      dropped: 0,
      requests: [{ status: 207 }, { status: 423, scenario: 'locked' }, { status: 404, portal: null }],
    })
    expect(body.requests[0]).toMatchObject({
      correlationId: first.headers['x-hubspot-correlation-id'],
      method: 'POST',
      path: v3,
      query: 'properties=hs_name,hs_notes&hapikey=[REDACTED]',
      ids: [spring.id, unknownId],
      properties: ['hs_name', 'hs_notes'],
      headers: { authorization: 'Bearer [REDACTED]', 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: [{ id: spring.id }, { id: unknownId }] }),
      responseBody: first.text,
      ms: expect.any(Number),
    })
    expect((await control('GET', '/requests', undefined, 'two')).body).toMatchObject({
      total: 1,
      requests: [{ status: 423 }],
    })
    expect((await control('GET', '/requests', undefined, 'three')).body).toEqual({ requests: [], total: 0, dropped: 0 })
  })

  test('keeps the last 1000 of a portal, and counts those that it dropped', async () => {
    const { control, read } = await controlled({})
    await read([], { token: 'other' })
    for (let i = 0; i < 1010; i++) await read([`id-${i}`])
    const { body } = await control('GET', '/requests', undefined, 'any')
    expect(body).toMatchObject({ total: 1000, dropped: 10 })
    expect([body.requests[0].ids, body.requests.at(-1).ids]).toEqual([['id-10'], ['id-1009']])
    expect((await control('GET', '/requests')).body).toMatchObject({ total: 1001, dropped: 10 })
  })

  test('keeps at most 32 MiB of all portals, the newest', async () => {
    const { control, post } = await controlled({})
    const half = ' '.repeat(1024 * 1024)
    for (let i = 0; i < 40; i++) await post(half, { token: `portal-${10 + i}` })
    const { body } = await control('GET', '/requests?limit=1')
    expect(body.total).toBeLessThan(32)
    expect(body.total).toBeGreaterThan(28)
    expect(body.total + body.dropped).toBe(40)
    expect((await control('GET', '/requests', undefined, 'portal-10')).body).toMatchObject({ total: 0, dropped: 1 })
  })

  test('is not filled up by a noisy portal at the cost of a quiet one', async () => {
    const { control, read, post } = await controlled({})
    await read(['quiet'], { token: 'quiet' })
    for (let i = 0; i < 40; i++) await post(' '.repeat(900_000), { token: 'noisy' })
    expect((await control('GET', '/requests', undefined, 'quiet')).body).toMatchObject({ total: 1, dropped: 0 })
  })

  test('does not get requests that were in progress when it was reset or cleared', async () => {
    const { control, read } = await controlled({})
    for (const clear of [
      () => control('POST', '/reset'),
      () => control('POST', '/reset', undefined, 'any'),
      () => control('DELETE', '/requests'),
      () => control('DELETE', '/requests', undefined, 'any'),
    ]) {
      await control('PUT', '/scenario', { steps: [{ delay: 50 }] }, 'any')
      const underWay = read([])
      await control('GET', '/scenario')
      await clear()
      await underWay
      expect((await control('GET', '/requests')).body.total).toBe(0)
    }
  })

  test('has the request of an invalid token in the portal of that token', async () => {
    const { control, read } = await controlled({ tokens: { good: {} } })
    await read([], { token: 'bad' })
    expect((await control('GET', '/requests', undefined, 'bad')).body.requests).toMatchObject([{ status: 401 }])
  })

  test.each([
    ['status=423', 1],
    ['status=200', 2],
    ['method=POST', 3],
    ['method=GET', 0],
    [`path=${v3}`, 3],
    ['scenario=locked', 1],
    [`id=${spring.id}`, 1],
    ['since=2026-05-20T12:00:01Z', 2],
    ['since=2999-01-01', 0],
  ])('can be filtered by ?%s', async (query, total) => {
    let now = Date.UTC(2026, 4, 20, 12)
    const { control, read } = await controlled({ campaigns: [spring] }, { clock: { now: () => now } })
    await read([spring.id])
    now += 1000
    await read([], { headers: { 'x-mock-scenario': 'locked' } })
    await read([])
    expect((await control('GET', `/requests?${query}`)).body.total).toBe(total)
  })

  test('gives the newest up to a limit, still oldest first', async () => {
    const { control, read } = await controlled()
    for (const id of ['a', 'b', 'c']) await read([id])
    const { body } = await control('GET', '/requests?limit=2')
    expect(body).toMatchObject({ total: 3, requests: [{ ids: ['b'] }, { ids: ['c'] }] })
    expect((await control('GET', '/requests?limit=0')).body.requests).toEqual([])
  })

  test('gives one exchange by its correlation id', async () => {
    const { control, read } = await controlled()
    const { headers } = await read([spring.id])
    expect((await control('GET', `/requests/${headers['x-hubspot-correlation-id']}`)).body).toMatchObject({
      ids: [spring.id],
    })
    expect((await control('GET', '/requests/none')).statusCode).toBe(404)
  })

  test('is forgotten on demand, of one portal or of all', async () => {
    const { control, read } = await controlled()
    for (const token of ['one', 'two', 'three']) await read([], { token })
    expect((await control('DELETE', '/requests', undefined, 'one')).body).toEqual({ cleared: true })
    expect((await control('GET', '/requests')).body.total).toBe(2)
    await control('DELETE', '/requests')
    expect((await control('GET', '/requests')).body.total).toBe(0)
  })

  test.each(['limit=-1', 'limit=x', 'limit=1.5', 'status=ok', 'status=1e400', 'stauts=500', 'since=yesterday'])(
    'refuses ?%s',
    async (query) => {
      const { control } = await controlled()
      expect(await control('GET', `/requests?${query}`)).toMatchObject({
        statusCode: 400,
        body: { message: expect.stringContaining(query.split('=')[0] ?? ''), hint: expect.any(String) },
      })
    },
  )

  test('does not record calls of the control API', async () => {
    const { control, send } = await controlled()
    await send({ method: 'GET', url: '/health' })
    await control('GET', '/campaigns')
    await control('GET', '/nothing')
    expect((await control('GET', '/requests')).body.total).toBe(0)
  })
})

describe('verify', () => {
  const asked = async () => {
    const { control, read } = await controlled()
    await read([spring.id, 'b'], { query: 'properties=hs_name,hs_utm' })
    await read(['b', spring.id], { query: 'properties=hs_utm&properties=hs_name' })
    await read(['c'])
    return (body: object) => control('POST', '/requests/verify', body)
  }

  test('counts exchanges with exactly these ids and properties, in any order', async () => {
    const verify = await asked()
    const where = { method: 'POST', path: v3, status: 207, ids: ['b', spring.id], properties: ['hs_utm', 'hs_name'] }
    expect((await verify({ where, times: 2 })).body).toMatchObject({ ok: true, count: 2, dropped: 0, nearest: [] })
    expect((await verify({ where: { ids: ['b'] }, times: 0 })).body).toMatchObject({ ok: true, count: 0 })
  })

  test.each([
    [undefined, true],
    [3, true],
    [2, false],
    [{ atLeast: 3 }, true],
    [{ atLeast: 4 }, false],
    [{ atMost: 3 }, true],
    [{ atMost: 2 }, false],
    [{ atLeast: 1, atMost: 5 }, true],
  ])('of everything, %j times, is ok: %s', async (times, ok) => {
    const verify = await asked()
    expect((await verify({ where: {}, times })).body).toMatchObject({ ok, count: 3 })
  })

  test('compares ids exactly: an id that is requested twice differs from one that is requested once', async () => {
    const { control, read } = await controlled()
    await read(['a', 'a'])
    expect((await control('POST', '/requests/verify', { where: { ids: ['a'] }, times: 0 })).body.ok).toBe(true)
  })

  test('names those that are too many', async () => {
    const verify = await asked()
    const { body } = await verify({ where: { ids: ['c'] }, times: 0 })
    expect(body).toMatchObject({ ok: false, count: 1, nearest: [{ differs: [] }] })
  })

  test('returns the nearest exchanges, and how they differ', async () => {
    const verify = await asked()
    const { body } = await verify({ where: { status: 200, ids: ['c'] } })
    expect(body).toMatchObject({ ok: false, count: 0 })
    expect(body.nearest[0]).toMatchObject({ differs: [{ field: 'status', wanted: 200, got: 207 }] })
    expect(body.nearest[1].differs).toHaveLength(2)
  })

  test('refuses what it does not know', async () => {
    const verify = await asked()
    expect(await verify({ where: { statuz: 200 } })).toMatchObject({
      statusCode: 400,
      body: { message: 'body where.statuz: unknown key "statuz": did you mean "status"?' },
    })
  })
})

describe('reset', () => {
  test('takes the whole mock back to the moment after start', async () => {
    const { control, read } = await controlled({ campaigns: [spring], scenario: 'backlog' }, { rateLimit: 50 })
    await control('PUT', '/campaigns/ours', {})
    await control('PUT', '/campaigns/mine', {}, 'one')
    await control('PUT', '/scenarios/pending', [{ status: 'CANCELED' }])
    await control('PUT', '/scenario', { name: 'canceled' })
    await read([], { token: 'one' })
    expect((await control('POST', '/reset')).body).toEqual({ reset: true })
    expect((await control('GET', '/requests')).body).toEqual({ requests: [], total: 0, dropped: 0 })
    expect((await control('GET', '/health')).body).toMatchObject({ campaigns: 1, portals: 0 })
    expect((await control('GET', '/scenarios')).body['pending']).toEqual([{ status: 'PENDING' }])
    const answer = await read(['ours', 'mine'], { token: 'one' })
    expect(answer).toMatchObject({ body: { status: 'PENDING' }, headers: { 'x-hubspot-ratelimit-remaining': '49' } })
  })

  test('takes one portal back, and no other', async () => {
    const { control, read } = await controlled({ campaigns: [spring], scenario: 'backlog' }, { rateLimit: 50 })
    for (const token of ['one', 'two']) {
      await control('PUT', '/campaigns/mine', {}, token)
      await read([], { token })
      await read([], { token })
    }
    await control('POST', '/reset', undefined, 'one')
    expect((await control('GET', '/requests')).body.total).toBe(2)
    const [one, two] = [await read(['mine'], { token: 'one' }), await read(['mine'], { token: 'two' })]
    expect(one).toMatchObject({ body: { status: 'PENDING' }, headers: { 'x-hubspot-ratelimit-remaining': '49' } })
    expect(two).toMatchObject({ body: { status: 'PROCESSING' }, headers: { 'x-hubspot-ratelimit-remaining': '47' } })
    expect((await control('GET', '/campaigns/mine', undefined, 'one')).statusCode).toBe(404)
  })

  test('can have an empty body with a JSON content type', async () => {
    const { send } = await controlled()
    const headers = { 'content-type': 'application/json' }
    expect((await send({ method: 'POST', url: '/_mock/reset', headers, payload: '' })).statusCode).toBe(200)
  })
})

describe('who may reach the control API', () => {
  const reach = async (headers: Record<string, string>, options: AppOptions = {}, url = '/_mock/scenario') => {
    const { send } = await controlled({}, options)
    return send({ method: 'GET', url, headers })
  }

  test.each(['localhost:4010', 'LOCALHOST', 'mock.localhost:4010', '127.0.0.1:4010', '127.1.2.3', '[::1]:4010'])(
    'on loopback, callers that use %s',
    async (host) => expect((await reach({ host })).statusCode).toBe(200),
  )

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.7:4010',
    'evil.example?.localhost',
    'evil.example/.localhost',
    'user@evil.localhost',
    '.localhost',
    'a..localhost',
  ])('on loopback, not callers that use %j, as a rebound name does', async (host) => {
    expect(await reach({ host })).toMatchObject({
      statusCode: 403,
      body: {
        error: 'Forbidden',
        message: expect.stringContaining('in the Host header is not loopback'),
        hint: expect.any(String),
      },
    })
  })

  test.each([
    'mock:4010',
    '192.168.1.7:4010',
    '[2001:db8::1]:4010',
    '[::ffff:192.168.1.7]',
    'localhost',
    'public.example:4010',
  ])('bound wider, callers that use %s', async (host) => {
    const options = { host: '0.0.0.0', publicUrl: 'https://public.example' }
    expect((await reach({ host }, options)).statusCode).toBe(200)
  })

  test.each(['evil.example:4010', 'mock.evil.example', '1.2.3.4.evil.example', 'public.example.evil.example'])(
    'bound wider, not callers that use %s, as a rebound name does, unless they send the control token',
    async (host) => {
      const options = { host: '0.0.0.0', publicUrl: 'https://public.example' }
      expect(await reach({ host }, options)).toMatchObject({
        statusCode: 403,
        body: { message: expect.stringContaining('could belong to another website') },
      })
      const headers = { host, 'x-mock-control-token': 's' }
      expect((await reach(headers, { ...options, controlToken: 's' })).statusCode).toBe(200)
    },
  )

  test.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'anything' },
  ])('no web page of another origin: %j', async (headers) => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      expect((await reach({ host: 'localhost:4010', ...headers }, { host })).statusCode).toBe(403)
    }
  })

  test.each(['same-origin', 'none'])('a browser that sends Sec-Fetch-Site: %s', async (site) => {
    expect((await reach({ host: 'localhost:4010', 'sec-fetch-site': site })).statusCode).toBe(200)
  })

  test('and no page of another origin can frame or load a response, nor an error', async () => {
    for (const host of ['localhost', 'evil.example']) {
      expect((await reach({ host })).headers).toMatchObject({
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  test('a page of the mock’s own origin', async () => {
    expect((await reach({ host: 'localhost:4010', origin: 'http://localhost:4010' })).statusCode).toBe(200)
  })

  test('with a control token, callers that send it', async () => {
    const options = { controlToken: 'let me in' }
    expect((await reach({ 'x-mock-control-token': 'let me in' }, options)).statusCode).toBe(200)
    for (const headers of [{}, { 'x-mock-control-token': 'let me' }, { authorization: 'Bearer let me in' }]) {
      expect(await reach(headers, options)).toMatchObject({
        statusCode: 403,
        body: { hint: 'send the control token of this mock as X-Mock-Control-Token' },
      })
    }
  })

  test.each(['/health', '/_mock/health'])('%s is open to all', async (url) => {
    const headers = { host: 'evil.example', origin: 'http://evil.example' }
    expect((await reach(headers, { controlToken: 's' }, url)).statusCode).toBe(200)
  })
})

test('reading neither creates a portal nor drops one', async () => {
  const { app, control } = await controlled()
  await control('PUT', '/campaigns/mine', {}, 'one')
  for (let i = 0; i < 1001; i++) new Controls(app.world, `portal-${i}`).scenarios.playing
  await control('DELETE', '/campaigns/nobody', undefined, 'two')
  expect(app.world.portals.length).toBe(1)
  expect((await control('GET', '/campaigns/mine', undefined, 'one')).statusCode).toBe(200)
})

test.each(['', 'a b', '~b'])('a portal has no token %j: no client could send it', async (token) => {
  const { app } = await controlled()
  expect(() => new Controls(app.world, token)).toThrow(
    'the token is empty, or contains a space, a ~ or a character that is not ASCII',
  )
})

describe('invalid calls', () => {
  test.each([
    ['GET', '/_mock/campaign', 404, 'GET /_mock/campaign is not served', 'did you mean "GET /_mock/campaigns"?'],
    ['POST', '/_mock/scenario', 404, 'POST /_mock/scenario is not served', 'did you mean "PUT /_mock/scenario"?'],
  ] as const)('%s %s gets an error that suggests the nearest call', async (method, url, statusCode, message, hint) => {
    const { send } = await controlled()
    expect(await send({ method, url })).toMatchObject({ statusCode, body: { error: 'Not Found', message, hint } })
  })

  test('invalid JSON is reported with line and column, another content type with its status', async () => {
    const { send } = await controlled()
    const put = (payload: string, contentType = 'application/json') =>
      send({ method: 'PUT', url: '/_mock/scenario', headers: { 'content-type': contentType }, payload })
    expect((await put('{"name":}')).body.message).toBe(
      'body: not JSON on line 1, column 9: unexpected character "}", expected a value',
    )
    expect(await put('name=x', 'text/plain')).toMatchObject({
      statusCode: 415,
      body: { hint: 'send the body with Content-Type: application/json' },
    })
  })

  test('a badly encoded path has its own error, and a long id is valid', async () => {
    const { send } = await controlled()
    expect((await send({ method: 'GET', url: '/_mock/campaigns/%zz' })).body).toMatchObject({
      error: 'Bad Request',
      hint: expect.any(String),
    })
    expect((await send({ method: 'GET', url: `/_mock/campaigns/${'x'.repeat(500)}` })).body.message).toContain(
      'no campaign "xxx',
    )
  })

  test('an unexpected error is reported without its message', async () => {
    const { app, send } = await controlled()
    app.world.reset = () => {
      throw new Error('a bug of our own')
    }
    expect(await send({ method: 'POST', url: '/_mock/reset' })).toMatchObject({
      statusCode: 500,
      body: { error: 'Internal Server Error', message: 'internal error' },
    })
  })
})

test('the OpenAPI document has every path, with the schemas that are checked against', async () => {
  const { send } = await controlled()
  const { body } = await send({ method: 'GET', url: '/_mock/openapi.json' })
  expect(body).toMatchObject({ openapi: '3.0.3', info: { title: 'hubspot-campaigns-mock' } })
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      v3,
      '/health',
      '/_mock/campaigns/{id}',
      '/_mock/scenario',
      '/_mock/requests/verify',
      '/_mock/reset',
    ]),
  )
  expect(body.components.schemas.BatchInputPublicCampaignReadInput).toMatchObject({
    required: ['inputs'],
    properties: { inputs: { type: 'array', maxItems: 50 } },
  })
  const { responses, security } = body.paths['/marketing/campaigns/2025-09/batch/read'].post
  expect([Object.keys(responses), security]).toEqual([['200', 'default'], [{ bearer: [] }]])
  expect(body.paths['/_mock/scenario'].put.responses['4XX'].content['application/json'].schema.required).toEqual([
    'error',
    'message',
    'hint',
  ])
})

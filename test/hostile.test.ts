import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { operationRoutes } from '../src/contract/operation-routes.ts'
import { startMock } from '../src/index.ts'
import { batchReadPaths } from './batch-read-paths.ts'
import { build, spring, v3 } from './build.ts'
import { calledCampaign, callOf, pathOf } from './calls.ts'

/** Together some twenty thousand requests; a failure prints the seed that brings it back. */
const runs = { bodies: 3500, queries: 2500, headers: 2500, paths: 1000, sockets: 600, operations: 10_000 }

/** A time limit for thousands of requests on a busy machine. */
const patient = { timeout: 600_000 }

const fixture = { campaigns: [spring], tokens: { any: {} }, generate: { campaigns: 100 } }
const poison = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', '')
const word = fc.oneof(
  poison,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(spring.id, 'inputs', 'id', '\u0000', '\ud800'),
)

/** An answer is never a 5xx, and every 4xx is the envelope under its correlation id. */
function expectSane({
  statusCode,
  headers,
  body,
}: {
  statusCode: number
  headers: Record<string, unknown>
  body: unknown
}) {
  expect(statusCode).toBeLessThan(500)
  expect(headers['content-type']).toBe('application/json;charset=utf-8')
  if (statusCode >= 400) {
    expect(body).toMatchObject({
      status: 'error',
      correlationId: headers['x-hubspot-correlation-id'],
      category: expect.any(String),
    })
  } else {
    expect(body).toMatchObject({ status: 'COMPLETE' })
  }
}

test('bodies: any JSON, almost the right JSON, and any bytes', patient, async () => {
  const { post } = await build(fixture)
  const observed = await build(fixture, { fidelity: 'observed' })
  const nearly = fc.record(
    {
      inputs: fc.oneof(
        fc.array(fc.oneof(fc.record({ id: word }), fc.dictionary(word, fc.jsonValue()), fc.jsonValue())),
        fc.jsonValue(),
      ),
      ['__proto__']: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const bodies = fc.oneof(
    nearly.map((value) => JSON.stringify(value)),
    fc.array(fc.record({ id: word }), { maxLength: 60 }).map((inputs) => JSON.stringify({ inputs })),
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.json().map((text) => text.slice(0, -1)),
    fc.nat(20_000).map((depth) => `{"inputs":${'['.repeat(depth)}`),
  )
  await fc.assert(
    fc.asyncProperty(bodies, fc.boolean(), async (body, asObserved) =>
      expectSane(await (asObserved ? observed.post : post)(body)),
    ),
    { numRuns: runs.bodies },
  )
})

test('queries: any names and values, repeated, encoded and not', patient, async () => {
  const { read } = await build(fixture)
  const name = fc.oneof(fc.constantFrom('properties', 'startDate', 'endDate', 'properties[]', 'hapikey'), poison, word)
  const value = fc.oneof(word, fc.constantFrom('hs_name', 'a,b', '2026-02-30', '2026-05-06', '%', '%zz', '%ff'))
  const written = fc.tuple(name, value, fc.boolean()).map(([key, val, encoded]) => {
    const write = (text: string) =>
      encoded ? encodeURIComponent(text.toWellFormed()) : text.replace(/[^\x21-\x7e]|#/g, '')
    return `${write(key)}=${write(val)}`
  })
  await fc.assert(
    fc.asyncProperty(fc.array(written), async (parts) =>
      expectSane(await read([spring.id], { query: parts.join('&') })),
    ),
    { numRuns: runs.queries },
  )
})

test('headers: any token, scheme, content type, encoding, scenario and host', patient, async () => {
  const { read } = await build(fixture)
  const visible = word.map((text) => text.replace(/[^\x20-\x7e]/g, ''))
  const headers = fc.record(
    {
      authorization: fc.oneof(
        visible,
        visible.map((token) => `Bearer ${token}`),
        fc.constant('bearer any'),
      ),
      'content-type': fc.oneof(
        visible,
        fc.constantFrom('application/json', 'application/json;', 'application/json;charset=', 'multipart/form-data'),
      ),
      'content-encoding': fc.oneof(visible, fc.constantFrom('identity', 'gzip', 'br')),
      'x-mock-scenario': fc.oneof(visible, fc.constantFrom('backlog~', 'a,b')),
      accept: visible,
      host: visible,
      expect: fc.constantFrom('100-continue', 'something else'),
      'x-hubspot-correlation-id': visible,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(headers, async (given) => expectSane(await read([spring.id], { headers: given }))),
    { numRuns: runs.headers },
  )
})

test('paths and methods: anything that is not the endpoint', patient, async () => {
  const { send } = await build(fixture)
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
  const served = fc.constantFrom(...batchReadPaths.map(({ url }) => url))
  const path = fc.oneof(
    fc.array(word).map((parts) => `/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`),
    fc.tuple(served, fc.constantFrom('/', '//', '/..', '%', '%00', '%2f', ';a=b', '/x')).map(([url, end]) => url + end),
    served.map((url) => url.toUpperCase()),
  )
  await fc.assert(
    fc.asyncProperty(methods, path, async (method, url) => {
      const answer = await send({ method, url, headers: { authorization: 'Bearer any' } })
      expectSane(answer)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    }),
    { numRuns: runs.paths },
  )
})

test('every operation: any path parameters, queries and bodies', patient, async () => {
  const { app, send } = await build({ campaigns: [calledCampaign], generate: { campaigns: 100 } })
  const texts = fc.oneof(
    word,
    fc.constantFrom('1', '2', '9223372036854775808', 'FORM', 'influencedContacts', '..', 'a b'),
  )
  const parameters = fc.dictionary(
    fc.constantFrom(
      'after',
      'limit',
      'sort',
      'name',
      'properties',
      'startDate',
      'endDate',
      'attributionModel',
      'token',
    ),
    fc.oneof(
      texts,
      fc.constantFrom('Mg==', 'Mg%3D%3D', '0', '-1', '1e9', 'hs_name', '-updatedAt', '2026-05-01', 'LINEAR'),
    ),
  )
  const keys = fc.constantFrom(
    'inputs',
    'id',
    'properties',
    'name',
    'amount',
    'order',
    'hs_name',
    'assetsToClone',
    '__proto__',
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, texts, fc.double(), fc.integer(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
  }))
  const calls = fc.record({
    route: fc.constantFrom(...operationRoutes),
    path: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: texts }), {
      maxLength: 3,
    }),
    query: parameters,
    body: fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value }),
    member: keys,
  })
  let sent = 0
  await fc.assert(
    fc.asyncProperty(calls, async ({ route, path, query, body, member }) => {
      const call = callOf(route)
      const parts = [...path]
      const url = route.path.replace(/\{\w+\}/g, (name) => {
        const part = parts.shift()
        return part === undefined ? pathOf({ ...route, path: name }) : encodeURIComponent(part.toWellFormed())
      })
      // A valid body with one member changed goes further than one that is wrong as a whole.
      const changed = typeof call.payload === 'string' ? { ...JSON.parse(call.payload), [member]: body } : body
      const search = new URLSearchParams(Object.entries(query)).toString()
      const payload = body === undefined ? call.payload : JSON.stringify(changed)
      const answer = await send({ ...call, url: `${url}?${search}`, ...(payload === undefined ? {} : { payload }) })
      expect(answer.statusCode).toBeLessThan(500)
      expect(answer.headers['x-hubspot-correlation-id']).toBeDefined()
      if (answer.statusCode >= 400 && !route.name.startsWith('oauth.')) expectSane(answer)
      sent += 1
      // What the calls create is not for the next thousand.
      if (sent % 500 === 0) app.world.reset()
    }),
    { numRuns: runs.operations },
  )
})

test('sockets: any bytes get the envelope, or the connection ends; the next request is served', patient, async () => {
  const mock = await startMock({ fixtures: fixture })
  onTestFinished(() => mock.close())
  const port = Number(new URL(mock.url).port)
  const line = fc.oneof(
    fc.constantFrom(
      `POST ${v3} HTTP/1.1`,
      'GET / HTTP/1.1',
      'CONNECT x:1 HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET http://other/health HTTP/1.1',
      'PROPFIND / HTTP/1.1',
      'host: x',
      'content-length: 5',
      'content-length: -1',
      'transfer-encoding: chunked',
      'connection: upgrade',
      'upgrade: websocket',
      'expect: 100-continue',
      'expect: nonsense',
      'authorization: Bearer any',
      'content-type: application/json',
      '',
      '5',
      '{"a":',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  const bytes = fc.array(line, { maxLength: 12 }).map((lines) => `${lines.join('\r\n')}\r\n\r\n`)
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      const chunks: Buffer[] = []
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.end(text)
      await once(socket, 'close')
      const answers = Buffer.concat(chunks)
        .toString()
        .split(/(?=HTTP\/1\.1 \d{3} )/)
      for (const answer of answers.filter((one) => !/^HTTP\/1\.1 100 |^$/.test(one))) {
        const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? []
        expect(Number(status)).toBeLessThan(500)
        expect(answer).toContain('\r\ncontent-type: application/json;charset=utf-8\r\n')
        const [, id] = /\r\nx-hubspot-correlation-id: ([0-9a-f-]{36})\r\n/.exec(answer) ?? []
        const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
        // A HEAD has none, and one that was cut short by the next bytes may have half.
        if (body.endsWith('}') && Number(status) >= 400) expect(JSON.parse(body)).toMatchObject({ correlationId: id })
      }
    }),
    { numRuns: runs.sockets },
  )
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

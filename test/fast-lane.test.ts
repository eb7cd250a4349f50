import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { type AppOptions, assemble } from '../src/app.ts'
import { batchReadPaths } from '../src/contract/paths.ts'
import type { Fixture } from '../src/world/fixtures/fixture.ts'

const guid = (n: number) => `430318c4-abb7-4bf7-a75e-${String(n).padStart(12, '0')}`
const page = Array.from({ length: 30 }, (_, i) => ({ id: `page ${i}`, metrics: { VIEWS: i } }))
const named = (chars: number) => Array.from({ length: 50 }, (_, i) => ({ id: `${i}`, name: 'ü'.repeat(chars) }))
const fixtures: Fixture = {
  campaigns: [
    { id: guid(1), properties: { hs_name: 'Spring – ü', hs_goal: 'sell' } },
    { id: guid(2), properties: { hs_name: 'Summer', mine: 'yes' }, assets: { LANDING_PAGE: page } },
    { id: 'large', assets: { FORM: named(100) } },
    { id: 'huge', assets: { FORM: named(1000) } },
    { id: 'by name', assets: { MARKETING_EMAIL: [{ id: '1', name: '✉', metrics: { SENT: 3 } }] } },
  ],
  errors: [{ id: guid(3), category: 'FORBIDDEN', message: 'not yours' }],
  tokens: { good: {}, other: {}, expired: { expiresAt: '2020-01-01' }, 'without-scope': { scopes: [] } },
}

/** A mock on a port, how many of its requests came to Fastify, and what it has logged if it is to log. */
async function listening({ logger, ...options }: AppOptions, fast: boolean) {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const logging = logger ? { logger: { level: 'info', stream } } : {}
  const app = await assemble({ fixtures, frozen: true, ...options, ...logging }, fast)
  const handedOn = { count: 0 }
  app.addHook('onRequest', async () => {
    handedOn.count += 1
  })
  await app.listen({ port: 0 })
  onTestFinished(() => app.close())
  return { app, handedOn, lines, port: (app.server.address() as AddressInfo).port }
}

interface Call {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly method: string
}

/** Lines of a log without what is another each time. */
function timeless(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/"time":\d+|"ms":[\d.]+|[\d.]+ ms/g, ''))
}

/** What a client puts on the wire; the last of several calls says that it is. */
function written({ method, path, headers, body }: Call, isLast: boolean): string {
  const all = { host: 'mock.test', ...headers, ...(isLast ? { connection: 'close' } : {}) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Everything that comes back when bytes are sent in pieces. */
async function exchange(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  await once(socket, 'connect')
  const answered = socket.toArray()
  for (const piece of pieces) {
    socket.write(piece)
    await nextTurn()
  }
  return Buffer.concat(await answered).toString()
}

const id = fc.constantFrom(
  guid(1),
  guid(1).toUpperCase(),
  guid(2),
  guid(3),
  guid(9),
  'by name',
  'BY NAME',
  'large',
  'huge',
  'none',
  '',
)
const inputs = fc.array(fc.record({ id }), { maxLength: 52 }).map((inputs) => JSON.stringify({ inputs }))
const body = fc.oneof(
  { weight: 6, arbitrary: inputs },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{', '{"inputs":[{}]}', '{"inputs":[{"id":7}]}', '\ufeff{"inputs":[]}', 'ü', 'null'),
  },
)
const query = fc.constantFrom(
  '',
  '?',
  '?properties=hs_name,mine',
  '?properties=mine&properties=hs_name%2C%20hs_goal',
  '?properties=',
  '?properties=unheard_of',
  '?startDate=2026-05-01&endDate=2026-05-31',
  '?startDate=2026-05-01&endDate=2026-05-31&properties=hs_name',
  '?endDate=2026-02-30&startDate=2026-01-01',
  '?startDate=2026-05-31&endDate=2026-05-01',
  '?%&properties=%zz',
)
const path = fc.tuple(fc.constantFrom(...batchReadPaths.map(({ url }) => url), '/marketing/v3/campaigns/batch'), query)
const usual: fc.Arbitrary<Call> = fc.record({
  method: fc.constant('POST'),
  path: path.map((parts) => parts.join('')),
  headers: fc.record({
    authorization: fc.constantFrom('Bearer good', 'bearer  other'),
    'content-type': fc.constantFrom('application/json', 'Application/JSON; charset=utf-8'),
  }),
  body: inputs,
})
const odd: fc.Arbitrary<Call> = fc
  .tuple(
    usual,
    fc.constantFrom<Partial<Call>>({}, { method: 'PUT' }, { method: 'GET' }),
    fc.constantFrom<Record<string, string>>(
      {},
      ...['Bearer expired', 'Bearer without-scope', 'Bearer bad', 'Basic good'].map((authorization) => ({
        authorization,
      })),
      { authorization: 'Bearer good~rate-limited' },
      { 'x-mock-scenario': 'backlog' },
      { 'x-mock-scenario': 'no-such-scenario' },
      { 'content-type': 'text/plain' },
      { 'content-encoding': 'gzip' },
      { expect: '100-continue' },
    ),
    body,
  )
  .map(([call, other, headers, body]) => ({ ...call, ...other, headers: { ...call.headers, ...headers }, body }))
const call = fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd })

/** Where bytes are cut before they are sent: nowhere, or somewhere. */
const cut = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }))

test.each<AppOptions>([{}, { fidelity: 'observed' }, { rateLimit: 3 }, { campaigns: 20 }, { logger: true }])(
  'the fast way answers, notes and logs what the plain way does, byte for byte: %o',
  async (options) => {
    const [fast, plain] = [await listening(options, true), await listening(options, false)]
    await fc.assert(
      fc
        .asyncProperty(fc.array(call, { minLength: 1, maxLength: 4 }), cut, async (calls, at) => {
          const bytes = calls.map((one, i) => written(one, i === calls.length - 1)).join('')
          const middle = Math.round(bytes.length * at)
          const pieces = [bytes.slice(0, middle), bytes.slice(middle)].filter(Boolean)
          const [ours, theirs] = [await exchange(fast.port, pieces), await exchange(plain.port, pieces)]
          expect(ours).toBe(theirs)
          const noted = [fast, plain].map(({ app }) => app.world.journal.list().map(({ ms: _, ...rest }) => rest))
          expect(noted[0]).toEqual(noted[1])
          expect(timeless(fast.lines)).toEqual(timeless(plain.lines))
        })
        .beforeEach(() => {
          for (const { app, lines } of [fast, plain]) {
            app.world.reset()
            lines.length = 0
          }
        }),
      { numRuns: 300 },
    )
    expect(fast.lines.length > 0).toBe(options.logger === true)
    // Otherwise this has compared nothing.
    expect(plain.handedOn.count - fast.handedOn.count).toBeGreaterThan(150)
  },
)

test('a call that is refused before its body has come does not hold up the next on its connection', async () => {
  const { port } = await listening({}, true)
  const body = JSON.stringify({ inputs: [{ id: 'x'.repeat(500_000) }] })
  const [method, path] = ['POST', batchReadPaths[0]?.url ?? '']
  const refused = written({ method, path, headers: { 'content-type': 'application/json' }, body }, false)
  const next = written({ method: 'GET', path: '/health', headers: {}, body: '' }, true)
  const answers = await exchange(port, [refused.slice(0, 1000), refused.slice(1000) + next])
  expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200'])
})

test('keeps no more of URLs and bodies than there is room for, and answers all', async () => {
  const { app, port, handedOn } = await listening({}, true)
  const headers = { authorization: 'Bearer good', 'content-type': 'application/json' }
  const calls = Array.from({ length: 1200 }, (_, i) => ({
    method: 'POST',
    path: `${batchReadPaths[0]?.url}?properties=p${i}`,
    headers,
    body: JSON.stringify({ inputs: [{ id: guid(1), note: `${i}`.padStart(1000) }] }),
  }))
  const last = calls.length - 1
  const answers = await exchange(port, [...calls.map((call, i) => written(call, i === last))])
  expect(answers.match(/HTTP\/1.1 200/g)?.length).toBe(calls.length)
  expect(handedOn.count).toBeLessThan(calls.length / 2)
  expect(app.world.journal.list({ limit: 1 })[0]?.query).toBe(`properties=p${last}`)
})

import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { type Logger, startMock } from '../src/index.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { build, spring, unknownId, v3 } from './build.ts'

/** An app and the lines it has logged, parsed. */
async function logged(level = 'info') {
  const lines: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
  return { lines, ...(await build(undefined, { logger: pino({ level }, stream) })) }
}

test('a request is one line: method, path, status, found and failed ids, scenario, milliseconds', async () => {
  const { lines, read } = await logged()
  await read([spring.id, unknownId], { headers: { 'x-mock-scenario': 'pending' } })
  expect(lines).toMatchObject([
    {
      method: 'POST',
      path: v3,
      status: 200,
      found: 1,
      failed: 1,
      scenario: 'pending',
      portal: expect.stringMatching(/^[0-9a-f]{12}$/),
      msg: expect.stringMatching(/^POST \/marketing\/\S+ 200 · 1 found, 1 failed · scenario pending · [\d.]+ ms$/),
    },
  ])
})

test('two portals have two names, and a portal the same each time', async () => {
  const { lines, read } = await logged()
  for (const token of ['one', 'two', 'one']) await read([], { token })
  const [one, two, again] = lines.map(({ portal }) => portal)
  expect([again, one === two]).toEqual([one, false])
})

test('a request that was refused is one line too', async () => {
  const { lines, send } = await logged()
  await send({ method: 'GET', url: '/nowhere?x=1' })
  expect(lines).toMatchObject([
    {
      level: 40,
      status: 404,
      hint: 'this mock does not serve this path',
      msg: expect.stringMatching(/^GET \/nowhere 404 · not-found · this mock does not serve this path · [\d.]+ ms$/),
    },
  ])
})

test('a request whose connection was reset is one line, without a status', async () => {
  const lines: string[] = []
  const mock = await startMock({ logger: pino({}, { write: (line) => void lines.push(line) }) })
  onTestFinished(() => mock.close())
  const headers = { authorization: 'Bearer any~reset', 'content-type': 'application/json' }
  await expect(fetch(mock.url + v3, { method: 'POST', headers, body: '{"inputs":[]}' })).rejects.toThrow('fetch failed')
  await expect.poll(() => lines.join()).toMatch(/POST \S+ no response · .*scenario reset/)
})

test('health is asked so often that it is logged at debug level only', async () => {
  const info = await logged('info')
  await info.send({ method: 'GET', url: '/health' })
  expect(info.lines).toEqual([])
  const debug = await logged('debug')
  await debug.send({ method: 'GET', url: '/health' })
  expect(debug.lines).toHaveLength(1)
})

test('a token is in no line, wherever the client put it', async () => {
  const { lines, read, send, app } = await logged('trace')
  const token = 'pat-na1-marked-secret'
  app.get('/broken', () => {
    throw new Error('a bug of our own')
  })
  await read([spring.id], { token, query: `hapikey=${token}` })
  await read([token], { token })
  await send({ method: 'GET', url: `/broken?access_token=${token}`, headers: { authorization: `Bearer ${token}` } })
  await send({ method: 'GET', url: v3, headers: { authorization: `Token ${token}` } })
  expect(lines.length).toBeGreaterThanOrEqual(4)
  expect(JSON.stringify(lines)).not.toContain('marked')
})

/** A logger that throws for each line. */
function throwingLogger(): Logger {
  const fail = () => {
    throw new Error('the logger is broken')
  }
  const logger: Logger = {
    level: 'info',
    child: () => logger,
    ...{ trace: fail, debug: fail, info: fail, warn: fail, error: fail, fatal: fail },
  }
  return logger
}

test('a logger that throws does not keep a mock from starting, responding and closing', async () => {
  const mock = await startMock({ logger: throwingLogger(), host: '0.0.0.0' })
  const response = await fetch(`${mock.url}/marketing/v3/campaigns`, { headers: { authorization: 'Bearer any' } })
  expect(response.status).toBe(200)
  await response.text()
  await mock.close()
  await expect(fetch(`${mock.url}/health`)).rejects.toThrow('fetch failed')
})

test('the level of the logger of a user is not changed', async () => {
  const logger = pino({ level: 'warn' }, { write: () => {} })
  const mock = await startMock({ logger })
  expect(logger.level).toBe('warn')
  await mock.close()
})

test('an error that a scenario returns is one line without a stack', async () => {
  const { lines, get, app } = await logged()
  new Controls(app.world).scenarios.play('server-error')
  expect((await get('/marketing/v3/campaigns')).statusCode).toBe(500)
  expect(lines).toMatchObject([{ level: 30, status: 500, scenario: 'server-error', error: 'server-error' }])
  expect(JSON.stringify(lines)).not.toContain('stack')
})

test('bodies are logged at debug level only, redacted as in the journal', async () => {
  const info = await logged('info')
  await info.read([spring.id])
  expect(info.lines[0]).not.toHaveProperty('body')
  const { lines, read, send } = await logged('debug')
  const token = 'pat-na1-marked-secret'
  await read([spring.id, token], { token })
  await send({
    method: 'POST',
    url: '/oauth/v1/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'grant_type=refresh_token&refresh_token=marked-refresh&client_id=app&client_secret=marked-too',
  })
  expect(lines[0]).toMatchObject({
    body: expect.stringContaining(spring.id),
    responseBody: expect.stringContaining('errors'),
  })
  expect(lines[1]).toMatchObject({ responseBody: expect.stringContaining('"access_token":"[REDACTED]"') })
  expect(JSON.stringify(lines)).not.toContain('marked')
})

test('a long body is cut in the log', async () => {
  const { lines, post } = await logged('debug')
  await post(JSON.stringify({ inputs: [], padding: 'x'.repeat(20_000) }))
  expect(String(lines[0]?.['body']).length).toBe(10_000)
})

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createApp } from '../src/app.ts'
import { BadInput, type MockOptions, startMock, UnexpectedRequests } from '../src/index.ts'

const me = '/integrations/v1/me'
const headers = { authorization: 'Bearer any' }

async function mockWithCalls(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: {}, ...options })
  onTestFinished(() => mock.close())
  const call = async (path = me) => (await fetch(mock.url + path, { headers })).text()
  const wait = (query: string) => fetch(`${mock.url}/_mock/requests/wait?${query}`, { headers })
  return { mock, call, wait, portal: mock.portal('any') }
}

describe('journal.waitFor()', () => {
  test('resolves with a request that comes later, once its response has ended', async () => {
    const { call, portal } = await mockWithCalls()
    const waiting = portal.journal.waitFor({ operation: 'integrations.me' })
    await call('/nowhere')
    await call()
    const exchange = await waiting
    expect(exchange).toMatchObject({ path: me, status: 200 })
    expect(exchange.ms).not.toBeNull()
    expect(exchange).toEqual(portal.journal.last())
  })

  test('resolves with a request that is there already', async () => {
    const { mock, call } = await mockWithCalls()
    await call()
    expect(await mock.journal.waitFor({ path: me }, { timeoutMs: 0 })).toMatchObject({ status: 200 })
  })

  test('waits until a request is held, and then for its response, without a sleep', async () => {
    const { call, portal } = await mockWithCalls()
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const answered = call()
    const received = await portal.journal.waitFor({ path: me }, { until: 'received' })
    expect(received).toMatchObject({ status: null, ms: null, scenario: 'unnamed' })
    expect(portal.scenarios.release()).toBe(1)
    const { correlationId, status } = await portal.journal.waitFor({ path: me })
    expect([correlationId, status]).toEqual([received.correlationId, 200])
    await answered
  })

  test('waits for a response whose connection the mock breaks', async () => {
    const { call, portal } = await mockWithCalls()
    portal.scenarios.play([{ fault: 'reset', on: 'integrations.me' }])
    await expect(call()).rejects.toThrow()
    expect(await portal.journal.waitFor({ path: me })).toMatchObject({ status: null, ms: expect.any(Number) })
  })

  test('resolves with the last of several requests', async () => {
    const { call, portal } = await mockWithCalls()
    portal.scenarios.play([{ error: 'rate-limited', times: 2, on: 'integrations.me' }])
    const third = portal.journal.waitFor({ path: me }, { count: 3 })
    for (let i = 0; i < 3; i++) await call()
    expect(await third).toMatchObject({ status: 200 })
    expect(await portal.journal.waitFor({ status: 429 }, { count: 2 })).toMatchObject({ scenario: 'unnamed' })
  })

  test('of a portal ignores requests of others, and counts from the start after a reset', async () => {
    const { mock, call } = await mockWithCalls()
    const other = mock.portal('other').journal.waitFor({ path: me }, { timeoutMs: 0 })
    const second = mock.journal.waitFor({ path: me }, { count: 2 })
    await call()
    mock.reset()
    await call()
    await call()
    expect(await second).toEqual(mock.journal.list()[1])
    await expect(other).rejects.toThrow('; there are no requests')
  })

  test('rejects after its timeout with the nearest requests and how they differ', async () => {
    const { call, portal } = await mockWithCalls()
    await call('/marketing/v3/campaigns?properties=hs_name')
    await call('/integrations/v2/you')
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const answered = call()
    await portal.journal.waitFor({ path: me }, { until: 'received' })
    const waiting = portal.journal.waitFor({ path: me, id: 'spring', since: 0 }, { timeoutMs: 0 })
    await expect(waiting).rejects.toThrow(UnexpectedRequests)
    await expect(waiting).rejects.toThrow(`\
expected 1 request with {"path":"/integrations/v1/me","id":"spring","since":0} and a complete response within 0 ms, found 0; the nearest:
  GET /integrations/v1/me no response (scenario unnamed): ids without "spring", the response is "incomplete", not "complete"
  GET /integrations/v2/you 404: path is "/integrations/v2/you", not "/integrations/v1/me", ids without "spring"`)
    portal.scenarios.release()
    await answered
  })

  test('says what a request lacks that came too early', async () => {
    const { call, portal } = await mockWithCalls()
    await call()
    const late = { path: me, since: Date.now() + 60_000 }
    await expect(portal.journal.waitFor(late, { timeoutMs: 0, until: 'received' })).rejects.toThrow(
      /^expected 1 request with \{"path":"[^"]+","since":\d+\} within 0 ms, found 0; the nearest:\n {2}GET \S+ 200: at is "/,
    )
  })

  test('compares the id of a filter with those of a batch', async () => {
    const { mock, portal } = await mockWithCalls()
    const body = JSON.stringify({ inputs: [{ id: 'spring' }] })
    const json = { ...headers, 'content-type': 'application/json' }
    await (await fetch(`${mock.url}/marketing/v3/campaigns/batch/read`, { method: 'POST', headers: json, body })).text()
    const waiting = portal.journal.waitFor({ id: 'spring', status: 429 }, { timeoutMs: 0 })
    await expect(waiting).rejects.toThrow(/: status is 20\d, not 429$/)
  })

  test('says how many requests the journal has dropped that could match', async () => {
    const { call, portal } = await mockWithCalls()
    for (let i = 0; i < 1001; i++) await call()
    await expect(portal.journal.waitFor({ status: 429 }, { timeoutMs: 0 })).rejects.toThrow(
      'found 0, and the journal has dropped 1 that could match',
    )
  })

  test('compares at most the 200 newest requests', async () => {
    const { call, portal } = await mockWithCalls()
    await call('/oldest')
    for (let i = 0; i < 200; i++) await call()
    const waiting = portal.journal.waitFor({ path: '/oldest', status: 500 }, { timeoutMs: 0 })
    await expect(waiting).rejects.toThrow('found 0; the nearest:\n  GET /integrations/v1/me 200')
  })

  test('does not count a request that was removed, and resolves in the order of arrival', async () => {
    const { call, portal } = await mockWithCalls()
    const second = portal.journal.waitFor({ path: me }, { count: 2 })
    await call()
    portal.journal.clear()
    portal.scenarios.play([{ hold: true, on: 'integrations.me', times: 1 }])
    const held = call()
    await portal.journal.waitFor({ path: me }, { until: 'received' })
    await call()
    portal.scenarios.release()
    await held
    expect(await second).toEqual(portal.journal.list()[1])
    expect((await second).scenario).toBeNull()
  })

  test('is refused while 100 others wait, unless a request is there already', async () => {
    const { call, mock } = await mockWithCalls()
    const waits = Array.from({ length: 100 }, () => mock.journal.waitFor({ status: 200 }))
    await expect(mock.journal.waitFor()).rejects.toThrow('100 waits for requests are open, which is the maximum')
    await expect(mock.journal.waitFor()).rejects.toThrow(BadInput)
    await call()
    await Promise.all([...waits, mock.journal.waitFor()])
    await expect(mock.journal.waitFor({ status: 500 }, { timeoutMs: 0 })).rejects.toThrow(UnexpectedRequests)
  })

  test('rejects when the mock closes, during the wait and before', async () => {
    const { mock } = await mockWithCalls()
    const waiting = mock.journal.waitFor({ path: me })
    await mock.close()
    for (const ended of [waiting, mock.journal.waitFor({ path: me })]) await expect(ended).rejects.toThrow(BadInput)
  })

  test('times out in real time under fake timers and with a stopped clock', async () => {
    const { mock } = await mockWithCalls()
    mock.clock.stop()
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'performance', 'queueMicrotask'] })
    onTestFinished(() => void vi.useRealTimers())
    await expect(mock.journal.waitFor({ path: me }, { timeoutMs: 1 })).rejects.toThrow('within 1 ms')
  })

  test.each([
    [{ limit: 1 }, {}, 'unknown key "limit"'],
    [{ operation: 'batch.raed' }, {}, 'operation: '],
    [{}, { timeoutMs: -1 }, 'timeoutMs: expected a whole number from 0 to 600000, got -1'],
    [{}, { timeout: 5 }, 'unknown key "timeout": did you mean "timeoutMs"?'],
    [{}, { until: 'done' }, 'until: expected received or complete, got "done"'],
  ])('refuses the filter %j with the options %j', async (filter, options, message) => {
    const { mock } = await mockWithCalls()
    await expect(mock.journal.waitFor(Object(filter), Object(options))).rejects.toThrow(message)
  })
})

describe('GET /_mock/requests/wait', () => {
  test('responds once a request matches', async () => {
    const { call, wait, portal } = await mockWithCalls()
    const waiting = wait('operation=integrations.me&status=200&since=2020-01-01T00:00:00Z')
    await call()
    expect(await (await waiting).json()).toEqual(portal.journal.last())
  })

  test('responds with a 404 after the timeout, and with a 400 to an invalid parameter', async () => {
    const { wait } = await mockWithCalls()
    const late = await wait('status=429&timeoutMs=0')
    expect([late.status, await late.json()]).toEqual([
      404,
      {
        error: 'Not Found',
        message:
          'expected 1 request with {"status":429} and a complete response within 0 ms, found 0; there are no requests',
        hint: 'GET /_mock/requests lists the requests; timeoutMs sets how long to wait',
      },
    ])
    expect((await wait('timeoutMs=600001')).status).toBe(400)
  })

  test('responds with a 429 while 100 others wait', async () => {
    const { mock, wait } = await mockWithCalls()
    for (let i = 0; i < 100; i++) void mock.journal.waitFor({ status: 500 }, { timeoutMs: 60_000 })
    const refused = await wait('status=500')
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { hint: 'wait for fewer requests at the same time, or use a count' },
    ])
  })

  test('needs one listener of a socket that has many waits', async () => {
    const app = await createApp({ fixtures: {} })
    onTestFinished(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const connected = once(app.server, 'connection')
    const client = connect(Number(new URL(url).port), '127.0.0.1')
    onTestFinished(() => void client.destroy())
    const [socket]: Socket[] = await connected
    const before = socket?.listenerCount('close') ?? 0
    client.write('GET /_mock/requests/wait?timeoutMs=60000 HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(101))
    const wait = async () => (await fetch(`${url}/_mock/requests/wait?timeoutMs=0`)).status
    await vi.waitUntil(async () => (await wait()) === 429)
    expect(socket?.listenerCount('close')).toBeLessThan(before + 5)
  })

  test('ends when the mock closes', async () => {
    const { mock, wait } = await mockWithCalls()
    const waiting = wait('timeoutMs=600000&path=/never')
    await mock.journal.waitFor({}, { timeoutMs: 0 }).catch(() => {})
    await (await wait('timeoutMs=0')).text()
    await mock.close()
    expect((await waiting).status).toBe(400)
  })
})

import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import type { MockOptions } from '../src/public/mock.ts'
import { RequestCounters } from '../src/world/request-counters.ts'
import { unknownId, v3 } from './build.ts'

/** A mock on a port. */
async function mockWithMetrics(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] }, ...options })
  onTestFinished(() => mock.close())
  const read = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ inputs: [{ id: 'spring' }] })
    const response = await fetch(mock.url + v3, { method: 'POST', headers, body })
    return response.text()
  }
  const scrape = async () => (await fetch(`${mock.url}/_mock/metrics`)).text()
  return { mock, read, scrape }
}

/** The value of one line of the metrics, such as `hubspot_mock_portals`. */
function valueIn(text: string, line: string): number | undefined {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length))
}

test('requests are counted by operation and status, and a reset does not clear the counters', async () => {
  const { mock, read, scrape } = await mockWithMetrics()
  for (const token of ['one', 'two', 'one~server-error']) await read(token)
  await (await fetch(`${mock.url}/nowhere`)).text()
  mock.reset()
  const text = await scrape()
  expect(valueIn(text, 'hubspot_mock_requests_total{operation="batch.read",status="200"}')).toBe(2)
  expect(valueIn(text, 'hubspot_mock_requests_total{operation="batch.read",status="500"}')).toBe(1)
  expect(valueIn(text, 'hubspot_mock_requests_total{operation="unserved",status="404"}')).toBe(1)
})

test('a request without a response is counted as a fault with the status none', async () => {
  const { read, scrape } = await mockWithMetrics()
  await expect(read('one~reset')).rejects.toThrow('fetch failed')
  const none = 'hubspot_mock_requests_total{operation="batch.read",status="none"}'
  await expect.poll(async () => valueIn(await scrape(), none)).toBe(1)
  expect(valueIn(await scrape(), 'hubspot_mock_faults_total{fault="reset"}')).toBe(1)
})

test('a 429 is counted by what caused it: a scenario, or the rate limit', async () => {
  const { read, scrape } = await mockWithMetrics({ rateLimit: 2 })
  for (let i = 0; i < 5; i++) await read('one')
  await read('two~rate-limited')
  const text = await scrape()
  expect(valueIn(text, 'hubspot_mock_rate_limited_total{by="limit"}')).toBe(3)
  expect(valueIn(text, 'hubspot_mock_rate_limited_total{by="scenario"}')).toBe(1)
})

test('durations are a histogram whose buckets are cumulative', async () => {
  const { read, scrape } = await mockWithMetrics()
  for (let i = 0; i < 3; i++) await read('one')
  const text = await scrape()
  const name = 'hubspot_mock_request_duration_seconds'
  expect(text).toContain(`# TYPE ${name} histogram`)
  const buckets = [...text.matchAll(/_bucket\{operation="batch.read",le="([^"]+)"\} (\d+)/g)]
  expect(buckets.map(([, bound]) => bound).at(-1)).toBe('+Inf')
  const counts = buckets.map(([, , count]) => Number(count))
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
  expect([counts.at(-1), valueIn(text, `${name}_count{operation="batch.read"}`)]).toEqual([3, 3])
  expect(valueIn(text, `${name}_sum{operation="batch.read"}`)).toBeGreaterThan(0)
})

test('a duration over every bound is only in the last bucket', () => {
  const counters = new RequestCounters()
  const ended = { operation: null, status: 200, fault: undefined, limitedBy: undefined }
  counters.count({ ...ended, durationMs: 3_600_000 })
  expect(counters.operations.get(null)?.buckets.filter(Boolean)).toEqual([1])
  expect(counters.operations.get(null)?.buckets.at(-1)).toBe(1)
})

test('portals, campaigns, the journal and the lag of the event loop are gauges', async () => {
  const { read, scrape } = await mockWithMetrics({ campaigns: 10 })
  for (const token of ['one', 'two']) await read(token)
  for (let i = 0; i < 1003; i++) await read('three')
  const text = await scrape()
  expect(valueIn(text, 'hubspot_mock_portals')).toBe(3)
  expect(valueIn(text, 'hubspot_mock_campaigns')).toBe(11)
  expect(valueIn(text, 'hubspot_mock_journal_bytes')).toBeGreaterThan(1000 * 1000)
  expect(valueIn(text, 'hubspot_mock_journal_dropped')).toBe(3)
  expect(valueIn(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
})

test('the metrics are text for Prometheus without a token or the name of a portal', async () => {
  const { mock, read, scrape } = await mockWithMetrics()
  await read('pat-na1-marked-secret')
  await read(unknownId)
  const [{ portal } = { portal: '' }] = mock.journal.list()
  const response = await fetch(`${mock.url}/_mock/metrics`)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  for (const secret of ['marked', unknownId, String(portal)]) expect(text).not.toContain(secret)
  for (const line of (await scrape()).trim().split('\n')) {
    expect(line).toMatch(/^$|^# (HELP|TYPE) \w+ .+$|^\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+$/)
  }
})

test('the metrics need the control token', async () => {
  const { mock } = await mockWithMetrics({ controlToken: 'open' })
  const status = async (headers = {}) => (await fetch(`${mock.url}/_mock/metrics`, { headers })).status
  expect([await status(), await status({ 'x-mock-control-token': 'open' })]).toEqual([403, 200])
})

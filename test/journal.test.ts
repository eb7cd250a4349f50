import { describe, expect, onTestFinished, test } from 'vitest'
import { DroppedExchanges, startMock, UnexpectedRequests, type Verification } from '../src/index.ts'
import type { ExchangeRecord } from '../src/world/journal/exchange.ts'
import { Journal } from '../src/world/journal/journal.ts'
import { verify } from '../src/world/journal/verify.ts'

const exchange = (portal: string | null, text = ''): ExchangeRecord => ({
  operation: null,
  campaignId: undefined,
  correlationId: '00000000-0000-4000-8000-000000000001',
  at: 0,
  portal,
  method: 'POST',
  url: '/',
  headers: {},
  baseUrl: 'http://localhost:4010',
  body: text,
  scenario: null,
  status: 200,
  responseBody: '',
  responseHeaders: {},
  hint: null,
  unread: [],
  ms: null,
})

test('is in the order in which requests came, not in which they were answered', () => {
  const journal = new Journal()
  const [first, second] = [journal.open(), journal.open()]
  journal.file(exchange('late'), second)
  journal.file(exchange('early'), first)
  expect(journal.list().map(({ portal }) => portal)).toEqual(['early', 'late'])
})

test('counts bytes, not characters: 32 MiB of three-byte ones are a third as many', () => {
  const journal = new Journal()
  const mebibyte = '\u20ac'.repeat((1024 * 1024) / 3)
  for (let i = 0; i < 40; i++) journal.file(exchange('one', mebibyte), journal.open())
  expect(journal.list().length).toBeLessThan(33)
  expect(journal.list().length + journal.dropped('one')).toBe(40)
})

test('an exchange too large to be kept at all is dropped, and counted', () => {
  const journal = new Journal()
  journal.file(exchange('one', 'x'.repeat(33 * 1024 * 1024)), journal.open())
  expect([journal.list().length, journal.dropped(), journal.dropped('one')]).toEqual([0, 1, 1])
})

test('remembers of 2000 portals that they were cleared, and no more', () => {
  const journal = new Journal()
  const underWay = journal.open()
  for (let i = 0; i <= 2000; i++) journal.clear(`portal-${i}`)
  journal.file(exchange('portal-2000'), underWay)
  expect(journal.list()).toEqual([])
  journal.file(exchange('portal-0'), underWay)
  expect(journal.list()).toHaveLength(1)
})

describe('after the journal has dropped exchanges', () => {
  /** A portal that made one request which got a 429, and then so many that the journal dropped it. */
  async function portalWithDrops() {
    const mock = await startMock({ fixtures: {} })
    onTestFinished(() => mock.close())
    const portal = mock.portal('any')
    portal.scenarios.play([{ error: 'rate-limited', times: 1 }])
    const headers = { authorization: 'Bearer any' }
    for (let i = 0; i < 1010; i++) await (await fetch(`${mock.url}/integrations/v1/me`, { headers })).text()
    return { mock, portal }
  }

  test('verify is not ok where they could change its verdict, and says how many they are', async () => {
    const { portal } = await portalWithDrops()
    const dropped = portal.journal.dropped
    expect(dropped).toBe(10)
    const where = { status: 429 }
    for (const times of [0, 5, { atMost: 3 }, { atLeast: 0, atMost: 9 }]) {
      expect(portal.journal.verify({ where, times })).toMatchObject({ ok: false, dropped })
    }
    for (const times of [{ atLeast: 0 }, { atMost: 10 }]) expect(portal.journal.verify({ where, times }).ok).toBe(true)
    expect(portal.journal.verify({ where, times: 0 }).message).toBe(
      'expected 0 requests with {"status":429}, found 0, and 10 more requests that the journal has dropped could match',
    )
    expect(portal.journal.verify({ where: { status: 200 }, times: { atLeast: 1000 } }).ok).toBe(true)
  })

  test('count and last refuse to give a wrong answer, until the journal is cleared', async () => {
    const { mock, portal } = await portalWithDrops()
    for (const { journal } of [mock, portal]) {
      expect(() => journal.count({ status: 429 })).toThrow(DroppedExchanges)
      expect(() => journal.last({ status: 429 })).toThrow('the journal has dropped 10 exchanges, which could match')
      expect(journal.last()?.status).toBe(200)
      const { at } = journal.list()[0] ?? { at: '' }
      expect(journal.count({ since: Date.parse(at) + 1 })).toBeLessThan(1000)
    }
    mock.journal.clear()
    expect(mock.journal.count({ status: 429 })).toBe(0)
    expect(portal.journal.last({ status: 429 })).toBe(undefined)
  })
})

test('expect throws what was expected, what was found, and the nearest requests', async () => {
  const mock = await startMock({ fixtures: {} })
  onTestFinished(() => mock.close())
  await fetch(`${mock.url}/marketing/v3/campaigns`, { headers: { authorization: 'Bearer any' } })
  mock.journal.expect({ path: '/marketing/v3/campaigns' })
  const expectRetry = () => mock.journal.expect({ method: 'GET', status: 429 }, { atLeast: 2 })
  expect(expectRetry).toThrow(UnexpectedRequests)
  expect(expectRetry).toThrow(
    'expected at least 2 requests with {"method":"GET","status":429}, found 0; the nearest:\n  GET /marketing/v3/campaigns 200: status is 200, not 429',
  )
})

test('counts the bytes of headers, too', () => {
  const journal = new Journal()
  const headers = { cookie: 'x'.repeat(15_000) }
  for (let i = 0; i < 3000; i++) journal.file({ ...exchange(`portal-${i % 10}`), headers }, journal.open())
  expect(journal.list().length).toBeLessThan((32 * 1024 * 1024) / 15_000)
})

test('a list with a limit prepares only the exchanges that it returns', () => {
  const journal = new Journal()
  let read = 0
  const record = {
    ...exchange('one'),
    get body() {
      read += 1
      return 'x'
    },
  }
  for (let i = 0; i < 100; i++) journal.file(record, journal.open())
  read = 0
  expect(journal.list({ limit: 1 }).length).toBe(1)
  expect(read).toBe(1)
})

test('a message names the range, and shortens what is long', () => {
  const at = (times: Verification['times']) =>
    verify([], { where: { ids: ['x'.repeat(300)] }, ...(times === undefined ? {} : { times }) }, 0).message
  expect(at({})).toMatch(/^expected any number of requests with \{"ids":\["x{100,}…, found 0$/)
  expect(at({ atLeast: 1, atMost: 3 })).toMatch(/^expected at least 1 and at most 3 requests with /)
  expect(at(1)).toMatch(/^expected 1 request with /)
  expect(at(undefined)).toMatch(/^expected at least 1 request with /)
})

describe('the message of verify', () => {
  const listed = (...records: Partial<ExchangeRecord>[]) => {
    const journal = new Journal()
    for (const record of records) journal.file({ ...exchange('one'), ...record }, journal.open())
    return journal.list()
  }
  const inputs = (ids: readonly string[]) => JSON.stringify({ inputs: ids.map((id) => ({ id })) })
  const manyIds = Array.from({ length: 50 }, (_, i) => `campaign-${i}`)

  test('says that there were no requests', () => {
    expect(verify([], { where: { status: 200 } }, 0).message).toBe(
      'expected at least 1 request with {"status":200}, found 0; there are no requests',
    )
  })

  test('names the ids that are missing and those that are too many, however long the list is', () => {
    const exchanges = listed({ body: inputs([...manyIds.slice(2), 'x']) })
    expect(verify(exchanges, { where: { ids: manyIds } }, 0).message).toContain(
      '; the nearest:\n  POST / 200: ids without "campaign-0", "campaign-1" and with "x" in addition',
    )
    expect(verify(listed({ body: inputs([]) }), { where: { ids: manyIds } }, 0).message).toContain(
      'ids without "campaign-0", "campaign-1", "campaign-2" and 47 more',
    )
  })

  test('has the nearest first: by the number of differences, then by how similar the values are', () => {
    const exchanges = listed({ url: '/b' }, { url: '/marketing/v3/campaigns/x' }, { url: '/marketing/v3/campaign' })
    const { message } = verify(exchanges, { where: { path: '/marketing/v3/campaigns', status: 200 } }, 0)
    expect(
      message
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[3]),
    ).toEqual(['/marketing/v3/campaign', '/marketing/v3/campaigns/x', '/b'])
  })

  test('shows some of those that are too many, with their scenario', () => {
    const exchanges = listed({ scenario: 'flaky' }, { url: '/other' })
    expect(verify(exchanges, { where: { path: '/' }, times: 0 }, 0).message).toBe(
      'expected 0 requests with {"path":"/"}, found 1; for example:\n  POST / 200 (scenario flaky): matches',
    )
  })
})

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { guesses } from '../src/contract/evidence/guesses.ts'
import { rateLimits } from '../src/contract/rate-limits.ts'
import type { LiveReport } from '../src/drift/live/compare-live.ts'
import { sendPaced } from '../src/drift/live/pace.ts'
import { unseenGuesses } from '../src/drift/live/unseen-guesses.ts'
import { type Fixture, type MockOptions, startMock } from '../src/index.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'
import { samplesOf } from './pages.ts'

type Any = ReturnType<typeof JSON.parse>

const token = 'pat-na1-marked0token-0123-4567-89ab-marked0token'
const main = '11111111-1111-4111-8111-1111111111ab'
const other = '22222222-2222-4222-8222-2222222222cd'

/** An account whose every value is marked. */
const fixture: Fixture = {
  account: { portalId: 4040404, uiDomain: 'marked.example' },
  campaigns: [
    {
      id: main,
      properties: { hs_name: 'Marked Alpha', hs_notes: 'marked notes', hs_currency_code: 'EUR', hs_utm: 'marked-utm' },
      createdAt: '2026-01-02T03:04:05.678Z',
      assets: {
        FORM: [
          { id: '900001', name: 'marked form', metrics: { VIEWS: 90901 } },
          { id: '900002', name: 'marked form two', metrics: {} },
        ],
        MARKETING_EMAIL: Array.from({ length: 51 }, (_, i) => ({ id: String(910000 + i), name: `marked mail ${i}` })),
        OBJECT_LIST: [{ id: '920000', name: 'marked list', metrics: { CONTACTS: 90902 } }],
      },
      budgetItems: [{ id: '930000', name: 'marked item', amount: 93.5 }],
      reports: {
        metrics: { sessions: 90903 },
        revenue: { LINEAR: { revenueAmount: 90904 } },
        contacts: { influencedContacts: ['940001', '940002'] },
      },
    },
    { id: other, properties: { hs_name: 'Marked Beta' } },
    { id: '33333333-3333-4333-8333-3333333333ef', properties: { hs_name: 'Marked Gamma', hs_notes: 'marked too' } },
  ],
}
const values = /marked|9[0-4]\d{4}|4040404|93\.5|11111111|22222222|33333333/i

interface Exchange {
  method: string
  path: string
  /** The body of the request. */
  sent: string
  status: number
  headers: Map<string, string>
  /** The body of the response, as JSON or text. */
  body: Any
}

type Change = (exchange: Exchange) => unknown

/** A second mock behind a proxy that changes its responses. @returns its URL, and the requests that it got */
async function secondMock(change: Change = () => {}, options: MockOptions = {}) {
  const mock = await startMock({ port: 0, logger: false, fixtures: fixture, ...options })
  const requests: { method: string; path: string; authorization: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    const [sent, { method = '', url = '', headers }] = [await textOf(request), request]
    requests.push({ method, path: url, authorization: headers.authorization })
    const { host: _, connection: __, ...forwarded } = headers
    const answer = await fetch(mock.url + url, {
      method,
      headers: Object.entries(forwarded).map(([name, value]): [string, string] => [name, String(value)]),
      ...(sent !== '' && { body: sent }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
    const exchange = {
      method,
      path: url,
      sent,
      status: answer.status,
      headers: new Map(answer.headers),
      body: isJson ? JSON.parse(text) : text,
    }
    exchange.headers.delete('content-length')
    exchange.headers.delete('connection')
    exchange.headers.delete('keep-alive')
    change(exchange)
    response.writeHead(exchange.status, Object.fromEntries(exchange.headers))
    response.end(typeof exchange.body === 'string' ? exchange.body : JSON.stringify(exchange.body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await mock.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

const compare = (url: string, ...flags: string[]) =>
  commandHere(['compare', '--base-url', url, ...flags], { HUBSPOT_ACCESS_TOKEN: token })

test.each<[string, MockOptions]>([
  ['documented', {}],
  ['observed', { fidelity: 'observed' }],
  ['of an OAuth app', { rateLimit: 'oauth' }],
  ['with the default fixture', { fixtures: 'fixtures/default.yaml' }],
  ['with generated campaigns, all of which can be read', { fixtures: { generate: { campaigns: 60, seed: 2 } } }],
  ['with more campaigns than are read', { fixtures: { generate: { campaigns: 1000, seed: 3 } } }],
  ['without campaigns', { fixtures: {} }],
  [
    'with more contacts than a page has',
    {
      fixtures: {
        campaigns: [
          {
            id: main,
            reports: { contacts: { influencedContacts: Array.from({ length: 150 }, (_, i) => `${i + 1}`) } },
          },
        ],
      },
    },
  ],
])('nothing is invented for an unchanged mock that is %s', async (_, options) => {
  const { url } = await secondMock(() => {}, options)
  const { code, stdout, stderr } = await compare(url)
  expect(stdout).toMatch(/ requests compared with the mock in \w+ fidelity: 0 differ\n/)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('only GET requests and batch reads are sent, with the token except for refusals, and about 40', async () => {
  const { url, requests } = await secondMock()
  await compare(url)
  expect(requests.filter(({ method, path }) => method !== 'GET' && !/\/batch\/read(\?|$)/.test(path))).toEqual([])
  expect(requests.length).toBeLessThan(42)
  const other = requests.filter(({ authorization }) => authorization !== `Bearer ${token}`)
  expect(other.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer'])
})

describe('a paced request', () => {
  const respond = (status: number) => ({ status, headers: new Map<string, string>(), body: null })
  const request = { method: 'GET', path: '/', auth: 'token' } as const

  test('waits, so that ten seconds have at most half of the smallest limit', async () => {
    const waits: number[] = []
    const send = sendPaced(
      async () => respond(200),
      async (ms) => waits.push(ms),
    )
    for (let i = 0; i < 3; i++) await send(request)
    expect(waits).toHaveLength(3)
    expect(10_000 / Math.min(...waits)).toBeLessThanOrEqual(rateLimits.free.perTenSeconds / 2)
  })

  test('is sent once more in the next window after a 429', async () => {
    const [waits, statuses] = [[] as number[], [429, 200]]
    const send = sendPaced(
      async () => respond(statuses.shift() ?? 500),
      async (ms) => waits.push(ms),
    )
    expect((await send(request)).status).toBe(200)
    expect(waits).toEqual([200, 10_000])
  })
})

test('every guess has a verdict, or a reason why no request shows it', async () => {
  const { url } = await secondMock()
  const { stdout } = await compare(url, '--json')
  const report: LiveReport = JSON.parse(stdout)
  expect(report.guesses.map(({ id }) => id)).toEqual(Object.keys(guesses))
  const unseen = report.guesses.filter(({ verdict }) => typeof verdict !== 'string').map(({ id }) => id)
  expect(unseen.sort()).toEqual([...Object.keys(unseenGuesses), 'budget-without-items'].sort())
  expect(report.guesses.filter(({ verdict }) => verdict === 'different')).toEqual([])
})

const isBatch = ({ path, status }: Exchange) => path.includes('/batch/read') && status < 300
const isList = ({ path, status }: Exchange) => /\/campaigns\?/.test(path) && status === 200
const isPlainList = (exchange: Exchange) => isList(exchange) && exchange.path.includes('limit=100')
const when = (condition: (exchange: Exchange) => boolean, change: Change): Change => {
  return (exchange) => condition(exchange) && change(exchange)
}
const isOf = (path: string) => (exchange: Exchange) => exchange.path.includes(path)

/** The verdicts of guesses that could not be seen. */
async function unseen(url: string) {
  const { stdout } = await compare(url, '--json')
  const report: LiveReport = JSON.parse(stdout)
  return Object.fromEntries(report.guesses.map(({ id, verdict }) => [id, Object(verdict).unseen]))
}

test('an account without what a guess needs says why the guess was not seen', async () => {
  const { url } = await secondMock(() => {}, { fixtures: { campaigns: [{ id: main }] } })
  expect(await unseen(url)).toMatchObject({
    'result-order': 'the account has fewer than two campaigns',
    'one-date': 'no campaign has assets',
  })
})

test.each([403, 500])('a guess is not judged by a response with the status %i', async (status) => {
  const { url } = await secondMock(when(isOf('/budget/totals'), (e) => (e.status = status)))
  expect(await unseen(url)).toMatchObject({ 'budget-without-items': `HubSpot responded ${status}` })
})

test('an account whose data a mock cannot have ends the comparison, without its values', async () => {
  const { url } = await secondMock(when(isPlainList, ({ body }) => (body.results[0].id = '')))
  expect(await compare(url)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'hubspot-campaigns-mock: compare: the mock cannot represent the data of this account\n',
  })
})

/** Changes of the second mock, and the guess that each makes different, if it is about one. */
const changes: [string, Change, (keyof typeof guesses)?][] = [
  ['another total', when(isList, ({ body }) => (body.total += 1))],
  ['campaigns in another order', when(isPlainList, ({ body }) => body.results.reverse())],
  ['a member of campaigns less', when(isList, ({ body }) => delete body.results[0]?.businessUnits)],
  [
    'a member of campaigns more',
    when(isBatch, ({ body }) => Object.assign(body.results[0] ?? {}, { archived: false })),
  ],
  ['moments without decimals', when(isBatch, ({ body }) => (body.completedAt = '2026-05-20T18:40:27Z'))],
  ['properties without a value', when(isPlainList, ({ body }) => (body.results[0].properties.hs_owner = ''))],
  ['another status of a batch', when(isBatch, ({ body }) => (body.status = 'DONE'))],
  ['members in another order', when(isBatch, (e) => (e.body = Object.fromEntries(Object.entries(e.body).reverse())))],
  [
    'a partial failure with 200',
    when(
      ({ status }) => status === 207,
      (e) => (e.status = 200),
    ),
  ],
  [
    'a wrong number of errors',
    when(isBatch, ({ body }) => {
      if (body.errors) body.numErrors += 1
    }),
  ],
  [
    'other words for an unknown GUID',
    when(isBatch, ({ body }) => {
      for (const error of body.errors ?? [])
        if (error.category === 'OBJECT_NOT_FOUND') error.message = 'No such campaign'
    }),
    'unknown-guid',
  ],
  [
    'results in the order of the account',
    when(isBatch, ({ body }) => body.errors && body.results.reverse()),
    'result-order',
  ],
  [
    '422 for invalid dates',
    when(
      ({ status, path }) => status === 400 && path.includes('Date='),
      (e) => (e.status = 422),
    ),
    'invalid-dates',
  ],
  [
    'metrics with one date',
    when(
      (e) => isBatch(e) && e.path.includes('startDate=') && !e.path.includes('endDate='),
      ({ body }) => {
        for (const asset of body.results[0].assets.FORM.results) asset.metrics = { VIEWS: 1 }
      },
    ),
    'one-date',
  ],
  [
    '400 without inputs',
    when(
      ({ sent, status }) => sent === '{"inputs":[]}' && status === 200,
      (e) => {
        e.status = 400
        e.body = {
          status: 'error',
          message: 'inputs: is empty',
          correlationId: e.headers.get('x-hubspot-correlation-id'),
          category: 'VALIDATION_ERROR',
        }
      },
    ),
    'no-inputs',
  ],
  [
    'another column of a missing field',
    when(
      ({ sent }) => sent === '{}',
      ({ body }) => (body.message = body.message.replace('column 2', 'column 1')),
    ),
    'missing-field-column',
  ],
  [
    'a GUID in capital letters that is unknown',
    when(
      ({ path }) => path.includes(main.toUpperCase()),
      (e) => (e.status = 404),
    ),
    'guid-case',
  ],
  [
    'cursors that are not encoded',
    when(isList, ({ body }) => {
      if (body.paging) body.paging.next.after = decodeURIComponent(body.paging.next.after)
    }),
  ],
  [
    'links to another path',
    when(isList, ({ body }) => {
      if (body.paging) body.paging.next.link = body.paging.next.link.replace('/v3/', '/v4/')
    }),
  ],
  ['no link', when(isList, ({ body }) => body.paging && delete body.paging.next.link)],
  [
    'cursors of assets that are ids',
    when(isOf('/assets/'), ({ body }) => {
      if (body.paging) body.paging.next.after = 'OTAwMDAy'
    }),
    'asset-cursor',
  ],
  [
    'links to dated paths',
    when(
      (e) => isBatch(e) && e.path.includes('2026-03'),
      ({ body }) => {
        const page = body.results.find(({ id }: Any) => id === main)?.assets.MARKETING_EMAIL
        if (page)
          page.paging.next.link = page.paging.next.link.replace(
            '/marketing/v3/campaigns/',
            '/marketing/campaigns/2026-03/',
          )
      },
    ),
    'dated-asset-link',
  ],
  [
    'asset types without assets',
    when(isBatch, ({ body }) => Object.assign(body.results[0]?.assets ?? {}, { CTA: { results: [] } })),
  ],
  [
    'other metric keys',
    when(isBatch, ({ body }) => {
      const [list] = body.results.find(({ id }: Any) => id === main)?.assets.OBJECT_LIST.results ?? []
      if (list?.metrics) list.metrics = { MEMBERS: 7 }
    }),
    'metric-types',
  ],
  ['amounts as texts', when(isOf('/budget/totals'), ({ body }) => (body.budgetItems[0].amount = '93.5'))],
  ['a report less', when(isOf('/reports/metrics'), ({ body }) => delete body.sessions)],
  ['contacts with more than an id', when(isOf('/reports/contacts'), ({ body }) => (body.results[0].vid = 1))],
  ['another member of the account', when(isOf('/account-info'), ({ body }) => (body.hubId = 1))],
  [
    'another category',
    when(
      ({ status }) => status === 401,
      ({ body }) => (body.category = 'UNAUTHORIZED'),
    ),
  ],
  [
    'no header for a missing token',
    when(
      ({ status }) => status === 401,
      ({ headers }) => headers.delete('x-hubspot-auth-failure'),
    ),
  ],
  [
    'retry-after with a 401',
    when(
      ({ status }) => status === 401,
      ({ headers }) => headers.set('retry-after', '1'),
    ),
  ],
  ['another content type', ({ headers }) => headers.set('content-type', 'application/json')],
  ['no correlation id', ({ headers }) => headers.delete('x-hubspot-correlation-id')],
  [
    'another window of the rate limit',
    ({ headers }) => headers.set('x-hubspot-ratelimit-interval-milliseconds', '1000'),
  ],
  [
    'a page for a 404',
    when(
      ({ status }) => status === 404,
      (e) => (e.body = '<html>'),
    ),
  ],
  ['no header vary', ({ headers }) => headers.delete('vary')],
  ['a moment that is no moment', when(isPlainList, ({ body }) => (body.results[0].createdAt = 'soon'))],
  ['an item of the budget twice', when(isOf('/budget/totals'), ({ body }) => (body.spendItems = body.budgetItems))],
  ['an asset less on a page', when(isOf('/assets/'), ({ body }) => body.results?.pop())],
  ['an asset more on a page', when(isOf('/assets/'), ({ body }) => body.results?.push({ id: '900009' }))],
  [
    'assets without metrics',
    when(
      (e) => isBatch(e) && e.path.includes('endDate='),
      ({ body }) => {
        for (const asset of body.results.find(({ id }: Any) => id === main)?.assets.FORM.results ?? [])
          delete asset.metrics
      },
    ),
    'asset-without-metrics',
  ],
  ['a redirect', when(isOf('/reports/revenue'), (e) => (e.status = 302))],
  ['a 429 for one call', when(isOf('sort=nothing'), (e) => (e.status = 429)), 'invalid-parameter'],
]

test('there are more than twenty changes', () => {
  expect(changes.length).toBeGreaterThan(20)
})

describe('a second mock with', () => {
  test.each(changes)('%s is found to differ', async (_, change, guess) => {
    const { url } = await secondMock(change)
    const { code, stdout } = await compare(url, '--json')
    expect(code).toBe(1)
    const report: LiveReport = JSON.parse(stdout)
    const lines = report.probes.flatMap(({ content, headers }) => [...content, ...headers])
    const different = report.guesses.filter(({ verdict }) => verdict === 'different').map(({ id }) => id)
    if (guess === undefined) expect(lines).not.toEqual([])
    else expect(different).toEqual([guess])
  })
})

test('neither report nor --out has the token or a value of the account', async () => {
  // Every value differs from what the mock has, so that every line of a report is written.
  const { url } = await secondMock((exchange) => {
    exchange.body = JSON.parse(JSON.stringify(exchange.body), (name, value) =>
      name === 'name' || name === 'message' ? `${value} marked ${token}` : value,
    )
    exchange.headers.set('x-hubspot-marked', token)
  })
  const path = join(await folder(), 'report.md')
  const text = await compare(url, '--out', path)
  const json = await compare(url, '--json')
  const report = await readFile(path, 'utf8')
  expect(report).toContain(text.stdout)
  expect(text.stdout).toContain(', the mock sends')
  for (const output of [text.stdout, text.stderr, json.stdout, json.stderr, report]) {
    expect(output.replaceAll('x-hubspot-marked', '')).not.toMatch(values)
    expect(output).not.toContain(token)
  }
})

test('the sample of the guide runs', async () => {
  const [, sample = ''] = samplesOf('docs/fidelity-and-drift.md', 'sh')
  const [variable, , , ...args] = sample.trim().split(' ')
  expect(variable).toBe('HUBSPOT_ACCESS_TOKEN=<token>')
  const report = join(await folder(), 'report.md')
  const { url } = await secondMock()
  const written = args.map((arg) => (arg === 'report.md' ? report : arg))
  const { code } = await commandHere([...written, '--base-url', url], { HUBSPOT_ACCESS_TOKEN: token })
  expect(code).toBe(0)
  expect(await readFile(report, 'utf8')).toContain('\nguesses: ')
})

describe('compare refuses', () => {
  const refuse = (args: string[], env: Record<string, string> = { HUBSPOT_ACCESS_TOKEN: token }) =>
    commandHere(['compare', ...args], env)

  test.each<[string, string[], Record<string, string>, RegExp]>([
    [
      'to contact HubSpot unless it is told to',
      [],
      { HUBSPOT_ACCESS_TOKEN: token },
      /about 40 read requests to api\.hubapi\.com with your token: add --contact-hubspot to allow it\n$/,
    ],
    [
      'to contact another host likewise',
      ['--base-url', 'https://hubspot.example'],
      { HUBSPOT_ACCESS_TOKEN: token },
      /to hubspot\.example/,
    ],
    [
      'to send a token over HTTP',
      ['--base-url', 'http://hubspot.example', '--contact-hubspot'],
      { HUBSPOT_ACCESS_TOKEN: token },
      /expected https/,
    ],
    ['to run without a token', ['--contact-hubspot'], {}, /set the environment variable HUBSPOT_ACCESS_TOKEN/],
    ['a token as a flag', ['--token', token], {}, /unknown flag --token/],
    ['a token as an argument', [token], {}, /unexpected argument 1/],
    ['another URL', ['--base-url', 'ftp://x'], {}, /--base-url: expected a URL/],
    [
      'a URL with a host that is not closed',
      ['--base-url', 'http://[::1'],
      { HUBSPOT_ACCESS_TOKEN: token },
      /--base-url: expected a URL/,
    ],
  ])('%s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await refuse(args, env)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain(token)
  })

  test('a token that is not valid, after a few requests', async () => {
    const { url, requests } = await secondMock(() => {}, { tokens: ['another'] })
    expect(await compare(url)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'hubspot-campaigns-mock: HUBSPOT_ACCESS_TOKEN: every request was refused with 401: the token is not valid\n',
    })
    expect(requests.length).toBeLessThan(10)
  })

  test('a host that cannot be reached, without its URL', async () => {
    const { code, stderr } = await refuse(['--base-url', 'http://127.0.0.1:1'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^hubspot-campaigns-mock: compare: 127\.0\.0\.1:1 cannot be reached \(\w+\): /),
    })
  })
})

test('a response of a server that fails shows nothing, and is not compared', async () => {
  const { url } = await secondMock((exchange) => {
    if (exchange.path.includes('sort=')) Object.assign(exchange, { status: 503, body: { message: 'unavailable' } })
  })
  const { code, stdout } = await compare(url)
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/not compared: .*HubSpot responded 503/) })
})

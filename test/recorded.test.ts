import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { callErrors } from '../src/contract/errors.ts'
import { checkExchanges } from '../src/drift/recording/check-exchange.ts'
import { readRecordings } from '../src/drift/recording/read-recordings.ts'
import type { Fidelity } from '../src/index.ts'
import { Controls } from '../src/world/controls/controls.ts'
import { build, spring, unknownId, v3 } from './build.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'

/** The 200 that the contract records. */
const recorded200 = () => ({
  completedAt: '2026-05-20T18:40:27.234Z',
  status: 'COMPLETE',
  startedAt: '2026-05-20T18:40:27.104Z',
  results: [
    {
      id: '430318c4-abb7-4bf7-a75e-9c5fa8f475a6',
      properties: { hs_budget_items_sum_amount: '2.0', hs_name: 'Clothing Promotion' },
      createdAt: '2026-05-05T23:41:20.330Z',
      updatedAt: '2026-05-05T23:45:04.200Z',
      businessUnits: [{ id: 0 }],
      assets: { MARKETING_EMAIL: { results: [{ id: '212476546342', name: 'A new marketing email' }] } },
    },
  ],
})

const [correlationId, otherId] = ['aeb5f871-7f07-4993-9211-075dc63e7cbf', '0b1c7a52-3a6e-4c55-9a0e-6f6f0f1f2a3b']

const token = 'pat-na1-0123abcd-4567-89ab-cdef-0123456789ab'

function har(status: number, body: unknown, headers: Record<string, string> = {}, path = v3) {
  const pairs = (all: Record<string, string>) => Object.entries(all).map(([name, value]) => ({ name, value }))
  const usual = {
    'Content-Type': 'application/json;charset=utf-8',
    'x-hubspot-correlation-id': correlationId,
    ...headers,
  }
  return {
    request: {
      method: 'POST',
      url: `https://api.hubapi.com${path}?properties=hs_name`,
      headers: pairs({ Authorization: `Bearer ${token}` }),
    },
    response: { status, headers: pairs(usual), content: { text: JSON.stringify(body) } },
  }
}

const reportOf = (recorded: unknown) => checkExchanges(readRecordings('f', Buffer.from(JSON.stringify(recorded))))

const findingsOf = (recorded: unknown) => reportOf(recorded).responses.flatMap(({ findings }) => findings)

test('the recorded response is one that the mock would send', () => {
  expect(findingsOf(recorded200())).toEqual([])
  expect(findingsOf(har(200, recorded200()))).toEqual([])
})

test('headers that HubSpot sends and the mock does not are no findings', () => {
  const headers = {
    Vary: 'origin, Accept-Encoding',
    'X-HubSpot-RateLimit-Secondly': '19',
    'X-HubSpot-RateLimit-Secondly-Remaining': '18',
  }
  expect(findingsOf(har(200, recorded200(), headers))).toEqual([])
})

test('the error of the secondly limit may be without its deprecated headers', () => {
  expect(findingsOf(har(429, { ...callErrors['secondly-limit'].body, correlationId }))).toEqual([])
})

test('the error of the secondly limit has the headers that clients read', async () => {
  const { get, app } = await build()
  new Controls(app.world, 'any').scenarios.play([{ error: 'secondly-limit' }])
  expect((await get('/marketing/v3/campaigns')).headers).toMatchObject({
    'x-hubspot-ratelimit-secondly': '19',
    'x-hubspot-ratelimit-secondly-remaining': '0',
  })
})

describe.each(['documented', 'observed'] as Fidelity[])(
  'nothing that the mock sends is found in fidelity %s',
  (fidelity) => {
    const fixture = {
      campaigns: [
        {
          ...spring,
          assets: { FORM: [{ id: 'f', metrics: { VIEWS: 1 } }], CTA: Array(51).fill({ id: '1', name: 'C' }) },
        },
      ],
      errors: [{ id: 'failing', category: 'PERMISSION_DENIED', subCategory: 'S', message: 'No' }],
      generate: { campaigns: 20, seed: 1 },
    }

    test('a 200 and a 207', async () => {
      const { app, read } = await build(fixture, { fidelity })
      const ids = app.world.campaigns
      const all = [...ids.list()].map(({ id }) => id)
      const query = 'properties=hs_name,hs_notes&startDate=2026-01-01&endDate=2026-12-31'
      for (const asked of [all, [], [spring.id, unknownId, 'no-guid', 'failing'], [unknownId]]) {
        const { statusCode, body } = await read(asked, { query })
        expect(findingsOf(body)).toEqual([])
        expect(findingsOf(har(statusCode, body))).toEqual([])
      }
    })

    test.each(Object.keys(callErrors) as (keyof typeof callErrors)[])('the error %s', async (error) => {
      const { app, read } = await build({ scenario: 'failing', scenarios: { failing: [{ error }] } }, { fidelity })
      const { statusCode, headers, text, body } = await read([])
      const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      const entry = har(statusCode, undefined, { ...sent, 'Content-Type': String(headers['content-type']) })
      entry.response.content.text = text
      expect(findingsOf(entry)).toEqual([])
      if (body !== undefined) expect(findingsOf(body)).toEqual([])
      await app.close()
    })
  },
)

/** A 429, as it was recorded. */
const limited = {
  status: 'error',
  message: 'You have reached your ten_secondly_rolling limit.',
  errorType: 'RATE_LIMIT',
  correlationId,
  policyName: 'TEN_SECONDLY_ROLLING',
  groupName: 'publicapi:private_app-api-calls-ten-secondly:1:2',
}

const { message } = callErrors.unauthorized.body
const unauthorized = { status: 'error', message, correlationId, category: 'INVALID_AUTHENTICATION' }

const account = {
  portalId: 1,
  timeZone: 'UTC',
  accountType: 'STANDARD',
  companyCurrency: 'EUR',
  additionalCurrencies: [],
  utcOffset: '+00:00',
  utcOffsetMilliseconds: 0,
  uiDomain: 'app.hubspot.com',
  dataHostingLocation: 'na1',
}

const withError = {
  ...recorded200(),
  errors: [{ status: 'error', category: 'C', subCategory: 'S', message: 'M', context: {} }],
  numErrors: 1,
}

describe('a response that the mock would never send is reported', () => {
  type Any = ReturnType<typeof JSON.parse>
  test.each<[string, (body: Any) => void, string]>([
    ['a member more', (b) => (b.results[0].archived = false), 'results[0].archived: unknown key'],
    ['a member less', (b) => delete b.results[0].businessUnits, 'results[0].businessUnits: "businessUnits" is missing'],
    [
      'another type',
      (b) => (b.results[0].businessUnits[0].id = '0'),
      'results[0].businessUnits[0].id: expected a whole',
    ],
    ['no errors', (b) => Object.assign(b, { errors: [], numErrors: 0 }), 'errors: is empty'],
    ['a campaign twice', (b) => b.results.push(b.results[0]), 'results: has a campaign twice'],
    [
      'a day that is none',
      (b) => (b.results[0].createdAt = '2026-02-30T00:00:00.000Z'),
      'results[0].createdAt: is not',
    ],
    [
      'members in another order',
      (b) => b.results.push({ assets: {}, ...b.results[0] }),
      'results[1].id: the members are in',
    ],
    ['a type without assets', (b) => (b.results[0].assets.CTA = { results: [] }), 'results[0].assets.CTA: is empty'],
    [
      'metrics of some assets alone',
      (b) => b.results[0].assets.MARKETING_EMAIL.results.push({ id: '1', metrics: { SENT: 1 } }),
      'results[0].assets.MARKETING_EMAIL: some assets have metrics',
    ],
    ['another status', (b) => (b.status = 'DONE'), 'status: expected COMPLETE, PENDING, PROCESSING or CANCELED'],
    ['a moment without decimals', (b) => (b.results[0].createdAt = '2026-05-05T23:41:20Z'), 'results[0].createdAt: '],
    [
      'a value that is null',
      (b) => (b.results[0].properties.hs_notes = null),
      'results[0].properties.hs_notes: expected',
    ],
    ['an empty value', (b) => (b.results[0].properties.hs_notes = ''), 'results[0].properties.hs_notes: is empty'],
    ['another order', (b) => (b.results[0].properties.a = 'x'), 'results[0].properties: are not sorted'],
    [
      'an asset type',
      (b) => (b.results[0].assets.FAX = { results: [] }),
      'results[0].assets.FAX: an unknown asset type',
    ],
    [
      'a metric',
      (b) => (b.results[0].assets.MARKETING_EMAIL.results[0].metrics = { BOUNCE: 1 }),
      'results[0].assets.MARKETING_EMAIL: an unknown metric BOUNCE',
    ],
    [
      'a page of 51',
      (b) => (b.results[0].assets.MARKETING_EMAIL.results = Array(51).fill({ id: '1' })),
      'results[0].assets.MARKETING_EMAIL: 51 assets on one page',
    ],
    ['51 results', (b) => (b.results = Array(51).fill(b.results[0])), 'results: 51 campaigns'],
    ['a wrong count', (b) => Object.assign(b, { errors: [], numErrors: 1 }), 'numErrors: is not the number'],
  ])('%s', (_, change, finding) => {
    const body = recorded200()
    change(body)
    expect(findingsOf(body).join('\n')).toContain(finding)
  })

  test.each<[string, unknown, string]>([
    ['a status', har(206, recorded200()), 'status 206: the mock sends 200'],
    [
      'a content type',
      har(200, recorded200(), { 'Content-Type': 'application/json' }),
      'header content-type: is not application/json;charset=utf-8',
    ],
    [
      'another correlation id',
      har(401, { correlationId: otherId, category: 'X' }),
      'correlationId: differs from the header',
    ],
    [
      'a header',
      har(429, { correlationId }, { 'Retry-After': '1', 'WWW-Authenticate': 'Bearer' }),
      'header www-authenticate: the mock does not send it with this response',
    ],
    [
      'an error’s words',
      { status: 'error', message: 'No way', correlationId, category: 'INVALID_AUTHENTICATION' },
      'message: a text of 6 characters, the mock sends',
    ],
    ['another header', har(200, recorded200(), { Vary: 'Cookie' }), 'header vary: is not origin'],
    [
      'a header of HubSpot’s more',
      har(200, recorded200(), { 'X-HubSpot-NotFound': 'true' }),
      'header x-hubspot-notfound: the mock does not send it',
    ],
    [
      'a wait without a migration',
      har(429, { correlationId }, { 'Retry-After': '1' }),
      'header retry-after: the mock does not send it with this response',
    ],
    [
      'more left than there is',
      har(200, recorded200(), { 'X-HubSpot-RateLimit-Max': '100', 'X-HubSpot-RateLimit-Remaining': '101' }),
      'header x-hubspot-ratelimit-remaining: is more than the maximum',
    ],
    [
      'a category that is not sent',
      har(429, { ...limited, category: 'OTHER' }),
      'category: a text of 5 characters: the mock does not send this member',
    ],
    ['an id of a call that is none', har(429, { ...limited, correlationId: 'a' }), 'correlationId: a text of 1'],
    [
      'an id in a header that is none',
      har(429, limited, { 'x-hubspot-correlation-id': 'a' }),
      'header x-hubspot-correlation-id: is not a UUID',
    ],
    [
      'an error without its header',
      har(401, unauthorized),
      'header x-hubspot-auth-failure: is missing, though the mock sends it with this response',
    ],
    [
      'an error with another one in its header',
      har(401, unauthorized, { 'x-hubspot-auth-failure': '401 Gone' }),
      'header x-hubspot-auth-failure: is not like 401 Unauthorized',
    ],
    [
      'a method',
      har(200, recorded200(), { Allow: 'POST' }),
      'header allow: the mock does not send it with this response',
    ],
    [
      'a failed input as it was recorded, with a status as the spec of the path has it',
      har(200, withError, {}, '/marketing/campaigns/2025-09/batch/read'),
      'status 200: the mock sends 207',
    ],
    [
      'a page that is said to be JSON',
      { ...har(502, undefined), response: { ...har(502, undefined).response, content: { text: '<html>' } } },
      'header content-type: is not text/html',
    ],
    [
      'an allowance in words',
      har(200, recorded200(), { 'X-HubSpot-RateLimit-Max': 'many' }),
      'header x-hubspot-ratelimit-max: is not a whole number',
    ],
    [
      'another window',
      har(200, recorded200(), { 'X-HubSpot-RateLimit-Interval-Milliseconds': '1000' }),
      'header x-hubspot-ratelimit-interval-milliseconds: is not 10000',
    ],
    [
      'a version that is new',
      har(200, recorded200(), {}, '/marketing/campaigns/2027-03/batch/read'),
      'the mock does not serve this call',
    ],
    [
      'a body of a call that has none',
      har(204, { id: '1' }, {}, '/marketing/v3/campaigns/batch/archive'),
      'has a body, where the mock sends none',
    ],
    [
      'a new campaign without its address',
      har(201, {}, {}, '/marketing/v3/campaigns'),
      'header location: is missing, though the mock sends it with this response',
    ],
    ['an account of more than 32 bits', { ...account, portalId: 2 ** 31 }, 'portalId: is larger than 32 bits'],
    ['an error’s status', har(418, { correlationId }), 'status 418: this mock has no error with it'],
  ])('%s', (_, recorded, finding) => {
    expect(findingsOf(recorded).join('\n')).toContain(finding)
  })
})

test('a next page of assets after a short one was recorded, and is a known difference', async () => {
  const body = recorded200()
  Object.assign(body.results[0]?.assets.MARKETING_EMAIL ?? {}, { paging: { next: { after: 'MQ==' } } })
  const [response] = reportOf(body).responses
  expect(response).toMatchObject({ findings: [], known: [{ known: 'short-asset-page' }] })
  const path = join(await folder({ 'answer.json': JSON.stringify(body) }), 'answer.json')
  const { stdout } = await commandHere(['drift', '--recorded', path])
  expect(stdout).toBe('answer.json: 1 response · 0 differ · 1 known difference\n')
})

describe('a response is compared with its request, if the recording has it', () => {
  const [campaign] = recorded200().results
  const id = campaign?.id ?? ''

  function answering(ids: readonly string[], query: string, body: unknown = recorded200()) {
    const entry = har(200, body)
    const postData = { mimeType: 'application/json', text: JSON.stringify({ inputs: ids.map((id) => ({ id })) }) }
    const url = `https://api.hubapi.com${v3}?${query}`
    return findingsOf({ ...entry, request: { ...entry.request, url, postData } })
  }

  const all = 'properties=hs_name,hs_budget_items_sum_amount'

  test('and a response that matches has no findings', () => {
    expect(answering([id.toUpperCase(), id], all)).toEqual([])
    const results = [{ ...campaign, assets: { CTA: { results: [{ id: '1', metrics: { VIEWS: 1 } }] } } }]
    expect(answering([id], `${all}&startDate=2026-01-01&endDate=2026-02-01`, { ...recorded200(), results })).toEqual([])
    expect(answering([id], all, { ...recorded200(), status: 'PENDING', results: [] })).toEqual([])
  })

  const [name, amount] = ['hs_name', 'hs_budget_items_sum_amount']
  const twice = [recorded200().results, recorded200().results].flat()
  const withMetrics = [{ ...campaign, assets: { CTA: { results: [{ id: '1', metrics: {} }] } } }]

  test.each<[string, string[], string]>([
    ['a campaign nobody asked for', answering([unknownId], all), 'results[0].id: was not requested, or appears twice'],
    [
      'a campaign twice',
      answering([id, unknownId], all, { ...recorded200(), results: twice }),
      'results[1].id: was not requested, or appears twice',
    ],
    [
      'an id without an answer',
      answering([id, unknownId], all),
      'results and errors: 1 for 2 ids, where the mock responds to each id once',
    ],
    ['a property nobody asked for', answering([id], `properties=${amount}`), `results[0].properties.${name}: was not`],
    [
      'metrics with one date',
      answering([id], `${all}&startDate=2026-01-01`, { ...recorded200(), results: withMetrics }),
      'results[0].assets.CTA: has metrics, though not both dates were given',
    ],
    [
      'no metrics with both',
      answering([id], `${all}&startDate=2026-01-01&endDate=2026-01-02`),
      'results[0].assets.MARKETING_EMAIL: has assets without metrics, though both dates were given',
    ],
    [
      'an answer to too much',
      answering(
        Array.from({ length: 51 }, () => id),
        all,
      ),
      '51 inputs: the mock refuses more than 50',
    ],
  ])('%s is found', (_, findings, finding) => {
    expect(findings.join('\n')).toContain(finding)
  })
})

test('names that look like numbers come first in parsed JSON, and are not reported as unsorted', () => {
  const body = recorded200()
  Object.assign(body.results[0]?.properties ?? {}, { 7: 'x' })
  expect(findingsOf(body)).toEqual([])
})

test.each<[string, (entry: ReturnType<typeof har>) => void]>([
  ['a preflight', ({ request }) => Object.assign(request, { method: 'OPTIONS' })],
  ['what the browser had', ({ response }) => Object.assign(response, { status: 304 })],
  ['what was blocked', ({ response }) => Object.assign(response, { status: 0 })],
])('%s is no answer of the endpoint', (_, change) => {
  const entry = har(200, { ...recorded200(), extra: 1 })
  change(entry)
  expect(reportOf(entry).responses).toEqual([])
})

describe('drift --recorded', () => {
  async function drifted(recorded: unknown, ...flags: string[]) {
    return driftedBytes(JSON.stringify(recorded), ...flags)
  }

  async function driftedBytes(bytes: string | Buffer, ...flags: string[]) {
    const path = join(await folder(), 'answer.json')
    await writeFile(path, bytes)
    return commandHere(['drift', '--recorded', path, ...flags])
  }

  test('exits 0 without findings', async () => {
    expect(await drifted(recorded200())).toEqual({
      code: 0,
      stdout: 'answer.json: 1 response · 0 differ\n',
      stderr: '',
    })
  })

  const text = JSON.stringify(recorded200())
  test.each<[string, string | Buffer]>([
    ['packed', gzipSync(text)],
    ['with a byte order mark', `\ufeff${text}`],
    ['in UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['in UTF-16, and packed', gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le'))],
  ])('takes a file that is %s', async (_, bytes) => {
    expect(await driftedBytes(bytes)).toMatchObject({ code: 0, stderr: '' })
  })

  test.each<[string, Buffer, string]>([
    ['small and huge once unpacked', gzipSync(' '.repeat(101 * 1024 * 1024)), 'over 100 MiB'],
    ['large and malformed', Buffer.from(`[${'0,'.repeat(1024 * 1024)}`), 'not JSON: give a HAR file'],
    ['cut off while it was packed', gzipSync(text).subarray(0, 100), 'cannot be decompressed'],
  ])('exits 2 for one that is %s', async (_, bytes, message) => {
    const { code, stdout, stderr } = await driftedBytes(bytes)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  test('reads a whole HAR without other endpoints, and exits 1', async () => {
    const other = har(200, {}, {}, '/crm/v3/objects')
    const { code, stdout } = await drifted({
      log: { entries: [other, har(200, recorded200()), har(200, { ...recorded200(), extra: 1 })] },
    })
    expect(code).toBe(1)
    expect(stdout).toBe(
      [
        'answer.json: 2 responses · 1 differ · 1 skipped',
        'answer.json log.entries[2]: batch.read on v3, status 200',
        '  extra: unknown key "extra": expected one of: completedAt, status, startedAt, results',
        '',
      ].join('\n'),
    )
  })

  test.each([[], ['--json']])('never prints a token of the recording %j', async (...flags) => {
    const leaky = { status: 'error', message: `bad token ${token}`, correlationId: token, category: token }
    const { stdout, stderr } = await drifted(har(401, leaky, { 'x-hubspot-correlation-id': token }), ...flags)
    expect(stdout).toContain('message: a text of 54 characters')
    expect(stdout + stderr).not.toContain(token)
  })

  test.each([[[]], [{ name: 'my-app' }], [har(200, {}, {}, '/crm/v3/objects')], ['text']])(
    'exits 2 for %j',
    async (foreign) => {
      const { code, stdout, stderr } = await drifted(foreign)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(
        /: no response of .+: give a HAR file, the output of curl -i, or the JSON body of a response\n$/,
      )
    },
  )
})

test('a finding repeats no value of the recording: it may be a secret', () => {
  const secret = 'CNbh2PqxM-some-oauth-token'
  const pin = 4_929_123_456
  const body = {
    ...recorded200(),
    status: secret,
    completedAt: secret,
    startedAt: pin,
    message: secret,
    results: secret,
  }
  const error = {
    status: 'error',
    message: `Bearer ${secret}`,
    correlationId,
    category: secret,
    access_token: secret,
  }
  const findings = [
    ...findingsOf(body),
    ...findingsOf(error),
    ...findingsOf(har(401, error, { 'Content-Type': secret })),
  ]
  expect(findings.length).toBeGreaterThan(8)
  expect(findings.join()).not.toContain(secret)
  expect(findings.join()).not.toContain(String(pin))
})

test.each([
  'CNbh2PqxMRIHAAEAQAAAAQ',
  'PAT-NA1-0123ABCD-4567',
  'hunter 2 secret',
  'x'.repeat(81),
  'abc123def456abc123def456',
])('a name that is not made of words may be one too: %s', (secret) => {
  const properties = { [secret]: 1 }
  const [campaign] = recorded200().results
  const assets = { [secret]: { results: [] }, CTA: { results: [{ id: '1', metrics: { [secret]: 1 } }] } }
  const body = { ...recorded200(), [secret]: 1, results: [{ ...campaign, properties, assets }] }
  const error = { ...limited, [secret]: { [secret]: 1 } }
  const findings = [
    ...findingsOf(body),
    ...findingsOf(error),
    ...findingsOf(har(429, error, { [`x-hubspot-${secret}`]: '' })),
  ]
  expect(findings.join()).toContain(`(a name of ${secret.length} characters)`)
  expect(findings.join()).not.toContain(secret)
  expect(findings.join().toLowerCase()).not.toContain(secret.toLowerCase())
})

test.each<[unknown, string]>([
  [null, 'null'],
  [['x'], 'a list'],
  [{ x: 1 }, 'an object'],
  [7, 'a number'],
  [true, 'a boolean'],
])('an error’s message that is %j is described by its kind', (message, kind) => {
  expect(findingsOf({ ...limited, message }).join('\n')).toContain(`message: ${kind}, the mock sends`)
})

test('at most a hundred findings are printed', () => {
  const body = { ...recorded200(), results: Array(1000).fill({}) }
  const findings = findingsOf(body)
  expect(findings).toHaveLength(101)
  expect(findings.at(-1)).toMatch(/^and \d+ more$/)
})

describe('an incomplete recording', () => {
  test.each(['', '{"inputs":[{"id"'])('an incomplete request body is ignored: %j', (text) => {
    const entry = har(200, recorded200())
    expect(findingsOf({ ...entry, request: { ...entry.request, method: 'post', postData: { text } } })).toEqual([])
  })

  test('a body that is wrongly marked as compressed is ignored', () => {
    const entry = har(200, undefined)
    const packed = Buffer.from([0x1f, 0x8b, 1, 2, 3]).toString('base64')
    entry.response.content = { text: packed, encoding: 'base64' } as { text: string }
    expect(findingsOf(entry)).toEqual(['the recording has no body'])
  })

  test('a compressed body is base64 in the recording', () => {
    const entry = har(200, undefined)
    const text = Buffer.from(JSON.stringify({ ...recorded200(), extra: 1 })).toString('base64')
    entry.response.content = { text, encoding: 'base64' } as { text: string }
    expect(findingsOf(entry)).toEqual([
      'extra: unknown key "extra": expected one of: completedAt, status, startedAt, results',
    ])
  })

  test('the page of a gateway is valid if its status is', () => {
    const page = (status: number) => {
      const entry = har(status, undefined, { 'Content-Type': 'text/html' })
      entry.response.content.text = '<html>'
      return findingsOf(entry)
    }
    expect(page(502)).toEqual([])
    expect(page(401)).toEqual(['status 401: the mock sends JSON with it'])
  })

  test('headers that were left out are missed, and nothing breaks', () => {
    expect(findingsOf({ request: { url: `https://api.hubapi.com${v3}` }, response: { status: 502 } })).toEqual([
      'the recording has no body',
      'header x-hubspot-correlation-id: is missing',
    ])
  })

  test('the body of an error without a status is compared with all errors', () => {
    const body = { status: 'error', message: 'internal error', correlationId }
    expect(findingsOf(body)).toEqual([])
  })
})

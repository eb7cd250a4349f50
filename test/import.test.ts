import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { firstDifference } from '../src/drift/import/compare-bodies.ts'
import { importRecordings } from '../src/drift/import/import-recordings.ts'
import { readRecordings } from '../src/drift/recording/read-recordings.ts'
import { loadFixture } from '../src/world/fixtures/fixture-source.ts'
import { command, commandHere } from './command.ts'
import { folder } from './folder.ts'

const [id, other] = ['430318c4-abb7-4bf7-a75e-9c5fa8f475a6', '36137b99-47a6-40fe-986d-839a5e3deebb']
const at = `/marketing/v3/campaigns/${id}`
const token = 'pat-na1-0123abcd-4567-89ab-cdef-0123456789ab'

interface Call {
  url: string
  body: unknown
  method?: string
  status?: number
  sent?: object
  bearer?: string
}

function har(...calls: Call[]) {
  const entries = calls.map(({ url, body, method = 'GET', status = 200, sent, bearer = token }) => ({
    request: {
      method,
      url: `https://api.hubapi.com${url}`,
      headers: [{ name: 'Authorization', value: `Bearer ${bearer}` }],
      ...(sent && { postData: { text: JSON.stringify(sent) } }),
    },
    response: { status, headers: [], content: { text: typeof body === 'string' ? body : JSON.stringify(body) } },
  }))
  return JSON.stringify({ log: { entries } })
}

const imported = (...calls: Call[]) => importRecordings(readRecordings('my.har', Buffer.from(har(...calls))))
const campaign = (properties: object, more: object = {}) => ({ id, properties, assets: {}, ...more })
const reasons = ({ unused }: ReturnType<typeof imported>) => unused.map(({ place, reason }) => `${place}: ${reason}`)

test('properties are joined, and later recordings win', () => {
  const { fixture, unused } = imported(
    {
      url: `${at}?properties=hs_name,hs_notes`,
      body: campaign({ hs_name: 'Old', hs_notes: 'Note' }, { updatedAt: '2026-01-01T00:00:00.000Z' }),
    },
    {
      url: `${at}?properties=hs_name,hs_audience`,
      body: campaign({ hs_name: 'New', hs_audience: 'All' }, { updatedAt: '2026-02-01T00:00:00.000Z' }),
    },
  )
  expect(fixture.campaigns).toEqual([
    { id, properties: { hs_audience: 'All', hs_name: 'New', hs_notes: 'Note' }, updatedAt: '2026-02-01T00:00:00.000Z' },
  ])
  expect(unused).toEqual([])
})

test('a property that a later request asks for and does not get has no value', () => {
  const { fixture } = imported(
    { url: `${at}?properties=hs_notes`, body: campaign({ hs_notes: 'Note' }) },
    { url: `${at}?properties=hs_notes`, body: campaign({}) },
  )
  expect(fixture.campaigns).toEqual([{ id }])
})

test('asset types that a later response does not have are dropped', () => {
  const assets = (type: string) => ({ assets: { [type]: { results: [{ id: '1', name: 'One' }] } } })
  const { fixture } = imported(
    { url: at, body: campaign({}, assets('FORM')) },
    { url: at, body: campaign({}, assets('CTA')) },
  )
  expect(fixture.campaigns).toEqual([{ id, assets: { CTA: [{ id: '1', name: 'One' }] } }])
})

const page = (ids: readonly number[], after?: string) => ({
  results: ids.map((n) => ({ id: String(n) })),
  ...(after !== undefined && { paging: { next: { after } } }),
})
const contacts = `${at}/reports/contacts/influencedContacts`

describe('pages', () => {
  test('are joined by their cursors, in any order and encoding', () => {
    const { fixture, unused } = imported(
      { url: at, body: campaign({}) },
      { url: `${contacts}?limit=2&after=Mg%253D%253D`, body: page([3, 4], 'NA%3D%3D') },
      { url: `${contacts}?limit=2&after=NA==`, body: page([5]) },
      { url: `${contacts}?limit=2`, body: page([1, 2], 'Mg%3D%3D') },
    )
    expect(fixture.campaigns?.[0]?.reports?.contacts).toEqual({ influencedContacts: ['1', '2', '3', '4', '5'] })
    expect(unused).toEqual([])
  })

  test('of several limits are one list', () => {
    const assets = `${at}/assets/CTA`
    const { fixture } = imported(
      { url: at, body: campaign({}, { assets: { CTA: page([1, 2, 3], 'Mw==') } }) },
      { url: `${assets}?limit=2`, body: page([1, 2], 'Mg==') },
      { url: `${assets}?limit=2&after=Mg==`, body: page([3, 4], 'NA==') },
      { url: `${assets}?limit=2&after=NA==`, body: page([5]) },
      { url: `${assets}?after=Mw==`, body: page([4, 5]) },
    )
    expect(fixture.campaigns?.[0]?.assets?.CTA?.map((asset) => asset.id)).toEqual(['1', '2', '3', '4', '5'])
  })

  test('that were not recorded are reported', () => {
    const result = imported({ url: at, body: campaign({}) }, { url: contacts, body: page([1, 2], 'Mg==') })
    expect(reasons(result)).toEqual([`campaign ${id}: contacts influencedContacts: a later page was not recorded`])
  })

  test('that begin in the middle are told, and cursors that the mock cannot have', () => {
    const [first, last] = [
      { url: at, body: campaign({}) },
      { url: `${contacts}?after=Mg==`, body: page([3]) },
    ]
    const place = `campaign ${id}: contacts influencedContacts`
    expect(reasons(imported(first, last))).toContain(`${place}: the page before was not recorded`)
    const opaque = [
      { url: contacts, body: page([1], 'bmV4dA==') },
      { url: `${contacts}?after=bmV4dA==`, body: page([2]) },
    ]
    expect(reasons(imported(first, ...opaque))).toEqual([
      `${place}: the recorded cursors differ from those of the mock`,
    ])
  })

  test('have only items with an id', () => {
    const { fixture } = imported({ url: contacts, body: { results: [{ id: '1' }, {}] } })
    expect(fixture.campaigns?.[0]?.reports?.contacts?.influencedContacts).toEqual(['1'])
  })

  test('whose cursors lead in a circle end', () => {
    const { fixture } = imported(
      { url: contacts, body: page([1], 'MQ==') },
      { url: `${contacts}?after=MQ==`, body: page([2], 'Mg==') },
      { url: `${contacts}?after=Mg==`, body: page([3], 'MQ==') },
    )
    expect(fixture.campaigns?.[0]?.reports?.contacts?.influencedContacts).toEqual(['1', '2', '3'])
  })

  test('of a list that was read twice are replaced by the later ones', () => {
    const { fixture } = imported(
      { url: contacts, body: page([1, 2], 'Mg==') },
      { url: `${contacts}?after=Mg==`, body: page([3]) },
      { url: contacts, body: page([9]) },
    )
    expect(fixture.campaigns?.[0]?.reports?.contacts?.influencedContacts).toEqual(['9'])
  })
})

test('a cursor that is not an offset stays the cursor of its asset', () => {
  const { fixture } = imported(
    { url: at, body: campaign({}, { assets: { CTA: page([1, 2], 'MTIzNDMzMzQyMTc5OQ%3D%3D') } }) },
    { url: `${at}/assets/CTA?after=MTIzNDMzMzQyMTc5OQ%3D%3D`, body: page([3]) },
  )
  expect(fixture.campaigns?.[0]?.assets?.CTA).toEqual([
    { id: '1' },
    { id: '2' },
    { id: '3', cursor: 'MTIzNDMzMzQyMTc5OQ==' },
  ])
})

test('numbers of several periods stay apart, and equal ones are the same for all periods', () => {
  const [may, june] = ['startDate=2026-05-01&endDate=2026-05-31', 'startDate=2026-06-01&endDate=2026-06-30']
  const { fixture } = imported(
    { url: `${at}/reports/metrics?${may}`, body: { sessions: 1 } },
    { url: `${at}/reports/metrics?${june}`, body: { sessions: 2 } },
    { url: `${at}/reports/revenue?${may}`, body: { revenueAmount: 3, currencyCode: 'EUR' } },
    { url: `${at}/reports/revenue?${june}`, body: { revenueAmount: 3, currencyCode: 'EUR' } },
  )
  expect(fixture.campaigns?.[0]?.reports).toEqual({
    metrics: {
      sessions: 2,
      periods: { '2026-05-01/2026-05-31': { sessions: 1 }, '2026-06-01/2026-06-30': { sessions: 2 } },
    },
    revenue: { LINEAR: { revenueAmount: 3, currencyCode: 'EUR' } },
  })
})

test('contacts of several periods stay apart', () => {
  const [may, june] = ['startDate=2026-05-01&endDate=2026-05-31', 'startDate=2026-06-01&endDate=2026-06-30']
  const { fixture } = imported(
    { url: `${contacts}?${may}`, body: page([1]) },
    { url: `${contacts}?${june}`, body: page([2]) },
  )
  expect(fixture.campaigns?.[0]?.reports?.contacts).toEqual({
    influencedContacts: ['2'],
    periods: {
      '2026-05-01/2026-05-31': { influencedContacts: ['1'] },
      '2026-06-01/2026-06-30': { influencedContacts: ['2'] },
    },
  })
})

test.each([
  [{ name: 'region', label: 'Region', zebra: 1 }, 'members of property definitions that the mock does not send'],
  [{ label: 'Region' }, 'the definition of a property in a form that a fixture cannot have'],
])('what a fixture cannot have of the definition of a property is listed: %j', (definition, reason) => {
  const result = imported({ url: '/crm/v3/properties/campaigns', body: { results: [definition] } })
  expect(reasons(result)).toContain(`my.har log.entries[0]: ${reason}`)
})

test('errors of inputs become ids that fail, also where they do not name the id', () => {
  const error = (message: string) => ({ status: 'error', category: 'C', message, context: {} })
  const { fixture } = imported({
    method: 'POST',
    url: '/marketing/v3/campaigns/batch/read',
    sent: { inputs: [{ id }, { id: 'hidden' }, { id: 'named' }] },
    body: { status: 'COMPLETE', results: [campaign({})], errors: [error('No campaign: named'), error('No')] },
  })
  expect(fixture.errors).toEqual([
    { id: 'named', category: 'C', message: 'No campaign: named', context: {} },
    { id: 'hidden', category: 'C', message: 'No', context: {} },
  ])
})

const readErrors = (errors: object[], sent?: object) =>
  imported({
    method: 'POST',
    url: '/marketing/v3/campaigns/batch/read',
    ...(sent && { sent }),
    body: { status: 'COMPLETE', results: [], errors },
  })

test('errors of inputs name their ids where the request has no body', () => {
  const { fixture } = readErrors([
    { category: 'C', message: 'No', subCategory: 'S', context: { campaignGuid: ['one'] } },
    { category: 'C', message: "Invalid input: 'wrong format: two'" },
    { category: 'C', message: 'The id has the wrong format: three' },
  ])
  expect(fixture.errors?.map((error) => error.id)).toEqual(['one', 'two', 'three'])
  expect(fixture.errors?.[0]?.subCategory).toBe('S')
})

test.each([
  [
    'more inputs failed than errors are there',
    { category: 'C', message: 'No' },
    { inputs: [{ id: 'a1' }, { id: 'b1' }] },
  ],
  ['it has no message', { category: 'C' }, { inputs: [{ id: 'a1' }] }],
  ['neither message nor request has an id', { category: 'C', message: 'No' }, undefined],
  ['it is empty', {}, undefined],
])('an error of an input is listed where %s', (_what, error, sent) => {
  const result = readErrors([error], sent)
  expect(result.fixture.errors).toBeUndefined()
  expect(reasons(result)).toEqual(['my.har log.entries[0]: an error of an input that does not show which id failed'])
})

test('a campaign that a call did not find becomes an id that fails', () => {
  const body = { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'Nothing here', correlationId: 'x' }
  expect(imported({ url: at, status: 404, body }).fixture.errors).toEqual([
    { id, category: 'OBJECT_NOT_FOUND', message: 'Nothing here' },
  ])
})

test.each<[string, Call, string]>([
  [
    'an error of the call',
    { url: '/marketing/v3/campaigns', status: 429, body: { message: 'Slow down' } },
    'status 429: use a scenario for it',
  ],
  [
    'a missing scope',
    { url: at, status: 403, body: { category: 'MISSING_SCOPES', message: 'No' } },
    'status 403: use a scenario for it, or a token without the scope',
  ],
  [
    'a batch in progress',
    { method: 'POST', url: '/marketing/v3/campaigns/batch/read', body: { status: 'PENDING' } },
    'a batch with the status PENDING: use a scenario for it',
  ],
  [
    'a login',
    { method: 'POST', url: '/oauth/v1/token', body: { access_token: 'secret' } },
    'a call with secrets, which the mock answers without a fixture',
  ],
  [
    'a write',
    { method: 'PATCH', url: at, body: campaign({}) },
    'campaigns.update changes campaigns: record the calls that read them afterwards',
  ],
  [
    'asset types',
    { url: '/marketing/campaigns/2026-09-beta/asset-types', body: { results: [] } },
    'assetTypes.list, which the mock answers without a fixture',
  ],
  [
    'another API',
    { url: '/crm/v3/objects/contacts', body: { results: [] } },
    'not a call of an operation that the mock serves',
  ],
  ['an empty body', { url: at, body: '' }, 'the recording has no body (status 200)'],
  ['a page of a gateway', { url: at, status: 502, body: '<html>' }, 'status 502: use a scenario for it'],
  ['a page for a campaign', { url: at, status: 404, body: '<html>' }, 'status 404: use a scenario for it'],
  ['a text with a success', { url: at, body: 'OK' }, 'status 200: use a scenario for it'],
  ['a campaign without an id', { url: at, body: {} }, 'a campaign without an id'],
  ['an item without a name', { url: `${at}/budget/1`, body: { id: '1' } }, 'an item without a name or an amount'],
  [
    'an unknown contact type',
    { url: `${at}/reports/contacts/fans`, body: page([1]) },
    'the contact type fans, which the mock does not have',
  ],
  [
    'an unknown asset type',
    { url: `${at}/assets/FAX`, body: page([1]) },
    'assets of the type FAX, which the mock does not have',
  ],
  [
    'an unknown model',
    { url: `${at}/reports/revenue?attributionModel=X`, body: {} },
    'the attribution model X, which the mock does not have',
  ],
])('what cannot be used is listed with the reason: %s', (_what, call, reason) => {
  const result = imported(call)
  expect(reasons(result)).toEqual([`my.har log.entries[0]: ${reason}`])
  expect(result.used).toEqual([])
})

test.each([
  ['an error', { status: 'error', message: 'No' }, 'an error: use a scenario for it'],
  [
    'a page of contacts or assets',
    page([1]),
    expect.stringContaining('the request is needed, as in a HAR file: it could be of '),
  ],
  [
    'the budget of a campaign',
    { budgetItems: [], spendItems: [], budgetTotal: 0, spendTotal: 0, remainingBudget: 0, currencyCode: 'EUR' },
    'the request is needed, as in a HAR file: its path has the campaignGuid',
  ],
])('a body without its request is listed where it does not show the call: %s', (_what, body, reason) => {
  const { unused } = importRecordings(readRecordings('my.json', Buffer.from(JSON.stringify(body))))
  expect(unused).toEqual([{ place: 'my.json', reason }])
})

test.each([
  ['HTTP/1.1 429 Slow\n\n{"message":"No"}', 'status 429: use a scenario for it'],
  ['HTTP/1.1 200 OK\n\n{"zebra":1}', 'the response shows no operation'],
])('a response of curl without its request is listed where it shows no operation: %j', (text, reason) => {
  const { unused } = importRecordings(readRecordings('my.txt', Buffer.from(text)))
  expect(unused).toEqual([{ place: 'my.txt', reason }])
})

test('a recorded response without status and body cannot be used', () => {
  const entries = [{ request: { method: 'GET', url: `https://api.hubapi.com${at}` }, response: {} }]
  const { unused } = importRecordings(readRecordings('my.har', Buffer.from(JSON.stringify({ log: { entries } }))))
  expect(unused).toEqual([{ place: 'my.har log.entries[0]', reason: 'the recording has no body' }])
})

test.each([
  [{ createdAt: 'soon' }, `campaign ${id}: left out: createdAt: "soon" is not a valid date or time`],
  [{ assets: { FAX: page([1]) } }, 'my.har log.entries[0]: assets of the type FAX, which the mock does not have'],
  [{ assets: { FORM: page([1], 'MQ==') } }, `campaign ${id}: assets FORM: a later page was not recorded`],
])('a part of a response that a fixture cannot have is listed: %j', (more, reason) => {
  expect(reasons(imported({ url: at, body: campaign({}, more) })).join()).toContain(reason)
})

test('a roll-up that is another number than the sum of the items is left out', () => {
  const result = imported(
    { url: at, body: campaign({ hs_budget_items_sum_amount: '9.0' }) },
    {
      url: `${at}/budget/totals`,
      body: { budgetItems: [{ id: '1', name: 'Print', amount: 2 }], spendItems: [], currencyCode: 'EUR' },
    },
  )
  expect(result.fixture.campaigns).toEqual([
    { id, properties: { hs_currency_code: 'EUR' }, budgetItems: [{ id: '1', name: 'Print', amount: 2 }] },
  ])
  expect(reasons(result)).toEqual([
    `campaign ${id}: hs_budget_items_sum_amount is left out: its recorded value is not the sum of budgetItems`,
  ])
})

test.each<[string, Call[], object | undefined, string]>([
  [
    'an account',
    [{ url: '/integrations/v1/me', body: { portalId: 0, currency: 'dollars', timeZone: 'UTC' } }],
    { account: { timeZone: 'UTC' } },
    'account: left out: companyCurrency: expected a currency code',
  ],
  [
    'a new number of a report',
    [{ url: `${at}/reports/metrics`, body: { sessions: 1, views: 2 } }],
    { campaigns: [{ id, reports: { metrics: { sessions: 1 } } }] },
    '',
  ],
  [
    'an integer over 2^53',
    [{ url: at, body: `{"id":"${id}","properties":{},"businessUnits":[{"id":9007199254740993}]}` }],
    { campaigns: [] },
    `campaign ${id}: left out: the number`,
  ],
  [
    'a roll-up that is no number',
    [
      { url: at, body: campaign({ hs_spend_items_sum_amount: 'much' }) },
      { url: `${at}/spend/1`, body: { id: '1', name: 'A', amount: 1 } },
    ],
    { campaigns: [{ id, spendItems: [{ id: '1', name: 'A', amount: 1 }] }] },
    'hs_spend_items_sum_amount is left out',
  ],
])('the fixture loads, whatever was recorded: %s', async (_what, calls, fixture, reason) => {
  const result = imported(...calls)
  expect(result.fixture).toMatchObject(fixture ?? {})
  expect(reasons(result).join('\n')).toContain(reason)
  expect((await loadFixture(result.fixture)).campaigns.ids).toEqual(result.fixture.campaigns?.map((one) => one.id))
})

test('the total of a list by name is not that of all campaigns', () => {
  const { unused } = imported({
    url: '/marketing/v3/campaigns?name=A',
    body: { total: 5, results: [campaign({ hs_name: 'A', hs_notes: null })] },
  })
  expect(unused).toEqual([])
})

test('the order of the campaigns in a batch does not count, that of a list does', () => {
  const [a, b] = [{ id: 'a' }, { id: 'b' }]
  const batch = (results: object[]) => JSON.parse(JSON.stringify({ completedAt: 'now', results }))
  expect(firstDifference(batch([b, a]), batch([a, b]))).toBeUndefined()
  expect(firstDifference({ results: [b, a] }, { results: [a, b] })).toBe('results[0].id')
})

test('a list with more campaigns than were recorded is reported', () => {
  const result = imported({
    url: '/marketing/v3/campaigns?limit=1',
    body: { total: 5, results: [{ id, properties: {} }] },
  })
  expect(reasons(result)).toEqual(['campaigns: 1 of 5 were recorded: lists of the mock have the total 1'])
})

test('a token is never written, wherever a recording has it', async () => {
  const bearer = 'a-token-of-another-form-0123456789'
  const recording = har(
    { url: `${at}?properties=hs_notes`, body: campaign({ hs_notes: `Bearer ${bearer}`, hs_audience: token }), bearer },
    { url: `/oauth/v1/access-tokens/${token}`, body: { token } },
  )
  const { code, stdout, stderr } = await commandHere(['import', join(await folder({ 'a.har': recording }), 'a.har')])
  expect(code).toBe(0)
  expect(parse(stdout).campaigns[0].properties).toEqual({ hs_audience: '[REDACTED]', hs_notes: 'Bearer [REDACTED]' })
  expect(stdout + stderr).not.toMatch(/0123/)
  expect(stderr).toContain('the fixture: a token or another secret in a recorded body was replaced by [REDACTED]\n')
})

test('no other secret of a recorded call is written', () => {
  const [key, session, apiKey, refresh, access] = ['hapikey', 'cookie', 'x-api-key', 'refresh', 'access'].map(
    (name) => `marked-${name}-0123456789`,
  )
  const oauth = {
    request: {
      method: 'POST',
      url: 'https://api.hubapi.com/oauth/v1/token',
      headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
      postData: { text: `grant_type=refresh_token&refresh_token=${refresh}` },
    },
    response: { status: 200, headers: [], content: { text: JSON.stringify({ access_token: access }) } },
  }
  const read = {
    request: {
      method: 'GET',
      url: `https://api.hubapi.com${at}?properties=hs_notes&hapikey=${key}`,
      headers: [
        { name: 'Cookie', value: `session=${session}` },
        { name: 'X-Api-Key', value: apiKey },
      ],
    },
    response: {
      status: 200,
      headers: [],
      content: { text: JSON.stringify(campaign({ hs_notes: [key, session, apiKey, refresh, access].join(' ') })) },
    },
  }
  const file = Buffer.from(JSON.stringify({ log: { entries: [read, oauth] } }))
  const { fixture } = importRecordings(readRecordings('my.har', file))
  expect(fixture.campaigns?.[0]?.properties).toEqual({ hs_notes: Array(5).fill('[REDACTED]').join(' ') })
})

test('campaigns of all files of a folder become one fixture', async () => {
  const path = await folder({
    'a.json': JSON.stringify({ total: 2, results: [{ id, properties: { hs_name: 'A' } }] }),
    'b.har': har({
      url: `/marketing/v3/campaigns/${other}?properties=hs_name`,
      body: { id: other, properties: { hs_name: 'B' } },
    }),
    'c.txt': 'nothing',
  })
  const { stdout, stderr } = await command(['import', path]).ended
  expect(parse(stdout).campaigns.map((one: { id: string }) => one.id)).toEqual([id, other])
  expect(stderr).toBe(
    'c.txt: no response of HubSpot found: give a HAR file, the output of curl -i, or the JSON body of a response\n' +
      'b.har log.entries[0]: the mock responds with another value at createdAt\n' +
      'imported 2 campaigns and 0 errors from 2 of 2 responses\n' +
      'the mock answers 0 of 1 recorded request with the recorded body\n',
  )
})

test('recorded requests that the mock would answer in another way are listed', async () => {
  const list = '/marketing/v3/campaigns?properties=hs_name'
  const recording = har(
    { url: list, body: { total: 1, results: [{ ...campaign({ hs_name: 'A' }), archived: false }] } },
    {
      url: `${at}?properties=hs_name`,
      body: {
        ...campaign({ hs_name: 'A' }),
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
        businessUnits: [{ id: 0 }],
      },
    },
  )
  const { stderr } = await commandHere(['import', join(await folder({ 'a.har': recording }), 'a.har')])
  expect(stderr).toBe(
    'a.har log.entries[0]: the mock responds with another value at results[0].assets\n' +
      'imported 1 campaign and 0 errors from 2 of 2 responses\n' +
      'the mock answers 1 of 2 recorded requests with the recorded body\n',
  )
})

test('a body that is a list, where the mock answers with an object, differs as a whole', async () => {
  const recording = har({ url: '/crm/v3/properties/campaigns', body: [] }, { url: at, body: campaign({}) })
  const { stderr } = await commandHere(['import', join(await folder({ 'a.har': recording }), 'a.har')])
  expect(stderr).toContain('a.har log.entries[0]: the mock responds with another value at the whole body\n')
})

describe('--out', () => {
  const recording = { 'a.har': har({ url: at, body: campaign({}) }) }

  test.each(['my.json', 'my.yml'])('writes %s, which loads', async (name) => {
    const path = await folder(recording)
    expect(await commandHere(['import', join(path, 'a.har'), '--out', join(path, name)])).toMatchObject({
      code: 0,
      stdout: '',
    })
    expect(parse(await readFile(join(path, name), 'utf8'))).toEqual({ campaigns: [{ id }] })
    expect(await commandHere(['check', join(path, name)])).toMatchObject({ code: 0 })
  })

  test('replaces a file only with --force', async () => {
    const path = await folder({ ...recording, 'my.yaml': 'mine' })
    const args = ['import', `--out=${join(path, 'my.yaml')}`, join(path, 'a.har')]
    const { code, stderr } = await commandHere(args)
    expect([code, stderr]).toEqual([2, expect.stringContaining('my.yaml exists: remove it, or add --force\n')])
    expect(await readFile(join(path, 'my.yaml'), 'utf8')).toBe('mine')
    expect(await commandHere([...args, '--force'])).toMatchObject({ code: 0 })
  })

  test.each([
    ['my.txt', 'my.txt does not end in .yaml, .yml or .json'],
    ['none/my.yaml', 'my.yaml cannot be written (ENOENT)'],
  ])('refuses %s', async (name, message) => {
    const path = await folder(recording)
    const { code, stderr } = await commandHere(['import', join(path, 'a.har'), '--out', join(path, name)])
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})

test('a fixture that is too large for YAML is written as JSON', async () => {
  const results = Array.from({ length: 1000 }, (_, i) => ({
    id: `id-${i}`,
    properties: { hs_notes: 'x'.repeat(9000) },
  }))
  const path = await folder({ 'a.json': JSON.stringify({ total: 1000, results }) })
  const { code, stderr } = await commandHere(['import', join(path, 'a.json')])
  expect([code, stderr]).toEqual([2, expect.stringContaining('too large for a YAML file: use --out with a .json file')])
  expect(await commandHere(['import', join(path, 'a.json'), '--out', join(path, 'b.json')])).toMatchObject({ code: 0 })
})

test.each([
  [[], 'import: give one HAR file, JSON file or folder'],
  [['a', 'b'], 'import: give one HAR file, JSON file or folder'],
  [['/nowhere'], '/nowhere: no such file or folder'],
])('import %j is a usage error', async (args, message) => {
  expect(await commandHere(['import', ...args])).toEqual({
    code: 2,
    stdout: '',
    stderr: `hubspot-campaigns-mock: ${message}\n`,
  })
})

test('a recording without any use is a usage error, after its reasons', async () => {
  const path = await folder({ 'a.har': har({ url: '/oauth/v1/token', method: 'POST', body: {} }) })
  const { code, stdout, stderr } = await commandHere(['import', join(path, 'a.har')])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('a call with secrets')
  expect(stderr).toContain('none of its responses can be used in a fixture\n')
})

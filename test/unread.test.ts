import { expect, onTestFinished, test } from 'vitest'
import { BadInput, type MockOptions, startMock, UnexpectedRequests } from '../src/index.ts'
import { build, spring, v3 } from './build.ts'
import { commandHere } from './command.ts'

const campaigns = '/marketing/v3/campaigns'

async function running(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: { campaigns: [spring] }, ...options })
  onTestFinished(() => mock.close())
  const call = async (method: string, path: string, body?: string) => {
    const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
    const response = await fetch(mock.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
    return { status: response.status, hint: response.headers.get('x-mock-hint'), text: await response.text() }
  }
  return { mock, call }
}

const requests: [string, string, string | undefined, string[], string][] = [
  [
    'POST',
    `${v3}?property=hs_name`,
    '{"inputs":[]}',
    ['query.property'],
    'HubSpot does not read the parameter property (did you mean properties?)',
  ],
  [
    'POST',
    `${v3}?propertees=`,
    '{"inputs":[]}',
    ['query.propertees'],
    'HubSpot does not read the parameter propertees (did you mean properties?)',
  ],
  [
    'POST',
    v3,
    '{"inputs":[],"properties":["hs_name"]}',
    ['body.properties'],
    'HubSpot does not read properties in the body',
  ],
  [
    'POST',
    v3,
    '{"inputs":[{"id":"a","idProperty":"b"}]}',
    ['body.inputs[0].idProperty'],
    'HubSpot does not read inputs[0].idProperty in the body',
  ],
  [
    'POST',
    `${v3}?properties=hs_nmae`,
    '{"inputs":[]}',
    [],
    'no campaign has the property hs_nmae (did you mean hs_name?)',
  ],
  [
    'POST',
    `${v3}?properties=`,
    '{"inputs":[]}',
    [],
    'properties is empty: name the properties that the response should have',
  ],
  ['GET', `${campaigns}?offset=10`, undefined, ['query.offset'], 'HubSpot does not read the parameter offset'],
  [
    'GET',
    `${campaigns}/${spring.id}?propertys=a`,
    undefined,
    ['query.propertys'],
    'HubSpot does not read the parameter propertys (did you mean properties?)',
  ],
  [
    'GET',
    `${campaigns}/${spring.id}/assets/FORM?startdate=2026-01-01`,
    undefined,
    ['query.startdate'],
    'HubSpot does not read the parameter startdate (did you mean startDate?)',
  ],
  [
    'PATCH',
    `${campaigns}/${spring.id}`,
    '{"properties":{"hs_name":"a"},"name":"a"}',
    ['body.name'],
    'HubSpot does not read name in the body',
  ],
  ['DELETE', `${campaigns}/${spring.id}`, '{"reason":"old"}', ['body'], 'HubSpot does not read the body'],
]

test.each(requests)('%s %s %s draws a hint', async (method, path, body, unread, hint) => {
  const { mock, call } = await running()
  const response = await call(method, path, body)
  expect(response.status).toBeLessThan(300)
  expect(response.hint).toBe(hint)
  expect(mock.journal.last()).toMatchObject({ unread, hint })
  expect(() => mock.journal.expectNoHints()).toThrow(UnexpectedRequests)
  expect(() => mock.journal.expectNoHints()).toThrow(hint)
})

test.each(requests)(
  'in strict mode %s %s %s is a 400 with the hint, and changes nothing',
  async (method, path, body, _unread, hint) => {
    const { mock, call } = await running({ strict: true })
    expect(await call(method, path, body)).toMatchObject({ status: 400, hint })
    expect(mock.portal('any').campaigns.get(spring.id)).toEqual(mock.campaigns.get(spring.id))
  },
)

test.each([
  ['POST', `${v3}?hapikey&campaign_guid=a&properties=hs_name`, '{"inputs":[]}'],
  ['GET', `${campaigns}?limit=1&properties=hs_name,hs_notes`, undefined],
  ['DELETE', `${campaigns}/${spring.id}`, '{}'],
  ['GET', campaigns, undefined],
])('%s %s %s draws no hint, also in strict mode', async (method, path, body) => {
  const { mock, call } = await running({ strict: true })
  expect(await call(method, path, body)).toMatchObject({ hint: null })
  mock.journal.expectNoHints()
})

test('the names of unknown fields of a form are not shown, because they could be secrets', async () => {
  const { send } = await build()
  const { headers } = await send({
    method: 'POST',
    url: '/oauth/v1/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'refresh_tokn=a&secret-of-mine',
  })
  expect(headers['x-mock-hint']).toBe('HubSpot does not read refresh_tokn in the body, (unknown field) in the body')
})

test('exec --strict exits with 1 if a request drew a hint, and says which', async () => {
  const script = `fetch(process.env.HUBSPOT_BASE_URL + '${campaigns}?limits=1', { headers: { authorization: 'Bearer a' } })`
  const { code, stderr } = await commandHere([
    'exec',
    '--strict',
    '--log-level',
    'silent',
    '--',
    process.execPath,
    '-e',
    script,
  ])
  expect(code).toBe(1)
  expect(stderr).toContain(`GET ${campaigns}: HubSpot does not read the parameter limits (did you mean limit?)`)
})

test('exec --strict passes on the exit code of the command if no request drew a hint', async () => {
  const { code } = await commandHere(['exec', '--strict', '--', process.execPath, '-e', 'process.exit(7)'])
  expect(code).toBe(7)
})

test('after close the mock can be read, but not changed', async () => {
  const { mock, call } = await running()
  await call('GET', campaigns)
  const portal = mock.portal('any')
  await mock.close()
  expect(mock.journal.count()).toBe(1)
  expect(mock.campaigns.list().length).toBe(1)
  const changes = [
    () => mock.campaigns.put({ id: 'a' }),
    () => mock.campaigns.remove(spring.id),
    () => mock.scenarios.play('backlog'),
    () => mock.scenarios.define('mine', [{}]),
    () => mock.scenarios.stop(),
    () => mock.journal.clear(),
    () => mock.clock.advance(1),
    () => mock.reset(),
    () => portal.reset(),
    () => portal.campaigns.put({ id: 'a' }),
  ]
  for (const change of changes) {
    expect(change).toThrow(BadInput)
    expect(change).toThrow('the mock is closed')
  }
})

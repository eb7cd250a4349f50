import { describe, expect, test } from 'vitest'
import { type OperationRoute, operationRoutes } from '../src/contract/operation-routes.ts'
import { checkExchanges } from '../src/drift/recording/check-exchange.ts'
import { readRecordings } from '../src/drift/recording/read-recordings.ts'
import type { Fidelity } from '../src/index.ts'
import { type Answer, build, unknownId } from './build.ts'
import { calledCampaign, calledId, callOf } from './calls.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'

type Any = ReturnType<typeof JSON.parse>

const fixture = { campaigns: [calledCampaign], generate: { campaigns: 3, seed: 1 } }

/** A call of each operation, also of those of OAuth. */
function requestOf(route: OperationRoute, campaign = calledId) {
  const call = callOf(route, campaign)
  if (route.operation.form === undefined) return call
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { ...call, headers, payload: 'grant_type=refresh_token&refresh_token=spring&token=spring' }
}

type Call = ReturnType<typeof requestOf>

/** A call and its response as a HAR entry. */
function entryOf({ method = '', url, payload }: Call, { statusCode, headers, text }: Answer): Any {
  const pairs = Object.entries(headers).map(([name, value]) => ({ name, value: String(value) }))
  const postData = payload === undefined ? {} : { postData: { text: String(payload) } }
  return {
    request: { method, url: `https://api.hubapi.com${url}`, ...postData },
    response: { status: statusCode, headers: pairs, content: { text } },
  }
}

const check = (recorded: unknown) =>
  checkExchanges(readRecordings('f', Buffer.from(JSON.stringify(recorded)))).responses
const findingsOf = (recorded: unknown) => check(recorded).flatMap(({ findings }) => findings)

describe.each(['documented', 'observed'] as Fidelity[])('in fidelity %s', (fidelity) => {
  test.each(operationRoutes)('nothing that $name on $version sends is found', async (route) => {
    const { send } = await build(fixture, { fidelity })
    const calls = [requestOf(route), requestOf(route, unknownId), requestOf(route, 'no-guid')]
    const withoutToken = { ...requestOf(route), headers: { 'content-type': 'application/json' } }
    for (const call of [...calls, withoutToken]) {
      const answer = await send(call)
      expect(findingsOf(entryOf(call, answer))).toEqual([])
      if (answer.text.length > '{}'.length) expect(findingsOf(answer.body)).toEqual([])
      const head = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
      const output = `HTTP/1.1 ${answer.statusCode} \r\n${head.join('')}\r\n${answer.text}`
      const { responses } = checkExchanges(readRecordings('f', Buffer.from(output)))
      expect(responses.flatMap(({ findings }) => findings)).toEqual([])
    }
  })
})

/** Changes of a HAR entry that every operation can have. */
const mutations: Record<string, (entry: Any, body: Any) => void> = {
  'another status': ({ response }) => (response.status = 299),
  'a status of an error': ({ response }) => (response.status = 418),
  'no correlation id': ({ response }) =>
    (response.headers = response.headers.filter(({ name }: Any) => name !== 'x-hubspot-correlation-id')),
  'another content type': ({ response }) => response.headers.push({ name: 'Content-Type', value: 'text/plain' }),
  'a retry-after': ({ response }) => response.headers.push({ name: 'Retry-After', value: '1' }),
  'an unknown header of HubSpot': ({ response }) => response.headers.push({ name: 'X-HubSpot-New', value: '1' }),
  'a member more': (_, body) => (body.newMember = 1),
  'a list instead of an object': ({ response }) => (response.content.text = '[]'),
  'a page instead of JSON': ({ response }) => (response.content.text = '<html>'),
  'no body': ({ response }) => (response.content.text = ''),
  'no first member': (_, body) => delete body[Object.keys(body)[0] ?? ''],
  'null as the first member': (_, body) => (body[Object.keys(body)[0] ?? ''] = null),
}

const withBody = operationRoutes.filter(
  ({ operation, name }) => !('204' in operation.responses) && !/revoke|crm.schemas|revenue/.test(name),
)

test.each(withBody)('every mutation of a response to $name on $version is found', async (route) => {
  const { send } = await build(fixture)
  const call = requestOf(route, route.name === 'clone.status' ? unknownId : calledId)
  const answer = await send(call)
  const missed = Object.entries(mutations).filter(([, mutate]) => {
    const [entry, body] = [entryOf(call, answer), JSON.parse(answer.text)]
    mutate(entry, body)
    if (JSON.stringify(body) !== answer.text) entry.response.content.text = JSON.stringify(body)
    return findingsOf(entry).length === 0
  })
  expect(missed.map(([name]) => name)).toEqual([])
})

async function listed(query: string, change: (body: Any) => void) {
  const { send } = await build(fixture)
  const call = {
    method: 'GET' as const,
    url: `/marketing/v3/campaigns?${query}`,
    headers: { authorization: 'Bearer any' },
  }
  const entry = entryOf(call, await send(call))
  const body = JSON.parse(entry.response.content.text)
  change(body)
  entry.response.content.text = JSON.stringify(body)
  return findingsOf(entry).join('\n')
}

test.each<[string, string, (body: Any) => void, string]>([
  ['more campaigns than the limit', 'limit=1', (b) => b.results.push(b.results[0]), '2 on one page, where the mock'],
  [
    'a property that was not requested',
    'properties=hs_name',
    (b) => (b.results[0].properties.hs_utm = 'x'),
    'hs_utm: was not',
  ],
  ['a page that is not full, with a next one', 'limit=3', (b) => b.results.pop(), 'paging: has a next page'],
  ['a total below the number of results', '', (b) => (b.total = 1), 'total: is less than'],
  ['a moment without decimals', '', (b) => (b.results[0].createdAt = '2026-05-05T23:41:20Z'), 'three decimals'],
  ['an empty property', 'properties=hs_name', (b) => (b.results[0].properties.hs_name = ''), 'is empty'],
  ['members in another order', '', (b) => b.results.push({ businessUnits: [], ...b.results[0] }), 'another order'],
])('a list with %s is found', async (_, query, change, finding) => {
  expect(await listed(query, () => {})).toBe('')
  expect(await listed(query, change)).toContain(finding)
})

test('a folder is reported as one, with --verbose also what was skipped', async () => {
  const { send } = await build(fixture)
  const call = requestOf(operationRoutes[0] as OperationRoute)
  const entry = entryOf(call, await send(call))
  const files = { 'a.har': JSON.stringify({ log: { entries: [entry] } }), 'notes.md': '# Notes' }
  const path = await folder(files)
  const short = await commandHere(['drift', '--recorded', path])
  expect(short).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+: 1 response · 0 differ · 1 skipped\n$/) })
  const { stdout } = await commandHere(['drift', '--recorded', path, '--verbose'])
  expect(stdout).toContain('a.har log.entries[0]: campaigns.list on v3, status 200\n  no differences\n')
  expect(stdout).toContain('notes.md: skipped: no response of HubSpot found: give')
  const { responses } = JSON.parse((await commandHere(['drift', '--recorded', path, '--json'])).stdout)
  expect(responses).toMatchObject([{ title: 'campaigns.list on v3, status 200', findings: [], known: [] }])
})

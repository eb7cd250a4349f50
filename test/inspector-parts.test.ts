import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { curlCommand } from '../src/control/inspector/curl-command.ts'
import { emptyFilter, filterExchanges, statusClassOf } from '../src/control/inspector/exchange-filter.ts'
import { jsonLines } from '../src/control/inspector/json-lines.ts'
import { ServerEventParser } from '../src/control/inspector/server-events.ts'
import { type Exchange, startMock } from '../src/index.ts'
import { spring, v3 } from './build.ts'
import { hasTool } from './left-out.ts'

const run = promisify(execFile)

/** The lines as text, with two spaces for each level. */
const written = (text: string) =>
  jsonLines(text)?.map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map((token) => token.text).join(''))

test('JSON is indented as JSON.stringify does it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(written(JSON.stringify(value))?.join('\n')).toBe(JSON.stringify(value, null, 2))
    }),
  )
})

test('values of JSON stay as they are written', () => {
  expect(written('{"a":1.0,"b":12345678901234567890,"c":"\\u0041","a":2}')).toEqual([
    '{',
    '  "a": 1.0,',
    '  "b": 12345678901234567890,',
    '  "c": "\\u0041",',
    '  "a": 2',
    '}',
  ])
})

test('text that is not JSON has no lines', () => {
  for (const text of ['', '<h1>', '{"a":', '[1,]']) expect(jsonLines(text)).toBe(undefined)
})

test('each line of JSON has the path that the journal writes', () => {
  const lines = jsonLines('{"inputs":[{"id":"a"},{"id":"b","a b":{}}]}') ?? []
  expect(lines.map(({ path }) => path)).toEqual([
    '',
    'inputs',
    'inputs[0]',
    'inputs[0].id',
    'inputs[0]',
    'inputs[1]',
    'inputs[1].id',
    'inputs[1]."a b"',
    'inputs[1]',
    'inputs',
    '',
  ])
})

test('server-sent events are complete however their text is cut', () => {
  const text = ': hello\n\nevent: exchange\nid: 7\ndata: {"a":1}\n\nevent: clear\ndata: a\ndata: b\n\ndata:x\n\n'
  const expected = [
    { name: 'exchange', id: '7', data: '{"a":1}' },
    { name: 'clear', id: undefined, data: 'a\nb' },
    { name: 'message', id: undefined, data: 'x' },
  ]
  for (let size = 1; size <= text.length; size++) {
    const parser = new ServerEventParser()
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(expected)
  }
})

/** The exchanges of requests that a mock got. */
async function exchangesOf(
  ...requests: [path: string, init: RequestInit][]
): Promise<{ url: string; list: () => Exchange[] }> {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  for (const [path, init] of requests) await fetch(mock.url + path, init).then((response) => response.text())
  return { url: mock.url, list: () => mock.journal.list() }
}

const bearer = { authorization: 'Bearer a-secret-of-at-least-16' }
const json = { ...bearer, 'content-type': 'application/json' }

test('the filter finds words anywhere in the summary, an operation, and a kind of status', async () => {
  const { list } = await exchangesOf(
    [`${v3}?properties=hs_name`, { method: 'POST', headers: json, body: `{"inputs":[{"id":"${spring.id}"}]}` }],
    ['/marketing/v3/campaigns/none', { headers: bearer }],
    ['/elsewhere', {}],
  )
  const found = (filter: object) => filterExchanges(list(), { ...emptyFilter, ...filter }).map(({ status }) => status)
  expect(found({})).toEqual([200, 400, 404])
  expect(found({ text: `${spring.id.slice(0, 8)} HS_NAME` })).toEqual([200])
  expect(found({ text: 'hs_name none' })).toEqual([])
  expect(found({ operation: 'campaigns.get' })).toEqual([400])
  expect(found({ operation: 'not served' })).toEqual([404])
  expect(found({ statusClass: '4xx' })).toEqual([400, 404])
})

test('an exchange without a status is pending until its connection breaks', () => {
  const exchange = { status: null, ms: null } as Exchange
  expect([statusClassOf(exchange), statusClassOf({ ...exchange, ms: 3 })]).toEqual(['pending', 'broken'])
})

if (hasTool('curl', 'the commands that the inspector copies')) {
  const body = `{"inputs":[{"id":"it's $HOME \`id\` \\"x\\" \\\\ \\n @file"}]}`
  test.each<[string, RequestInit]>([
    [`${v3}?properties=hs_name&properties=a%20b`, { method: 'POST', headers: json, body }],
    [
      "/marketing/v3/campaigns?name=[1-3]{a,b}'%22$HOME&limit=2",
      { headers: { ...bearer, 'x-a': "it's; $HOME", 'x-b': '' } },
    ],
    ['/marketing/v3/campaigns/.a', { method: 'DELETE', headers: bearer }],
    ['/marketing/v3/campaigns', { method: 'HEAD', headers: bearer }],
    ['/oauth/v1/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) }],
  ])('a copied command makes the same request: %s %j', async (path, init) => {
    const { url, list } = await exchangesOf([path, init])
    const command = curlCommand(list()[0] as Exchange, url)
    expect(command).not.toContain('a-secret-of-at-least-16')
    await run('sh', ['-c', `${command} -s`], { env: { ...process.env, HUBSPOT_TOKEN: 'a-secret-of-at-least-16' } })
    const [first, second] = list().map(({ headers: { connection, 'accept-encoding': _, ...headers }, ...rest }) => ({
      ...rest,
      headers,
      at: '',
      ms: 0,
      correlationId: '',
      responseBody: '',
      responseHeaders: {},
    }))
    expect(second).toEqual(first)
  })
}

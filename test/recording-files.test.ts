import { truncate } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readRecordingFiles } from '../src/commands/recording-files.ts'
import { operationRoutes } from '../src/contract/operation-routes.ts'
import { readRecordings } from '../src/drift/recording/read-recordings.ts'
import { whyUnusable } from '../src/drift/recording/recorded-exchange.ts'
import { operationsOfBody, routeOf } from '../src/drift/recording/recorded-operation.ts'
import { build } from './build.ts'
import { calledCampaign, callOf } from './calls.ts'
import { folder } from './folder.ts'

const read = (value: unknown, name = 'f') =>
  readRecordings(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

const list = { total: 0, results: [] }
const entry = {
  request: {
    method: 'post',
    url: 'https://api.hubapi.com/oauth/v1/token',
    headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
    postData: { params: [{ name: 'grant_type', value: 'refresh_token' }] },
  },
  response: { status: 200, headers: [{ name: 'Vary', value: 'origin' }], content: { text: '{"a":1}' } },
}

test('a HAR has one exchange for each entry, with its place', () => {
  const [first, second] = read({ log: { entries: [entry, entry] } }, 'session.har')
  expect(first).toEqual({
    place: 'session.har log.entries[0]',
    request: {
      method: 'POST',
      url: 'https://api.hubapi.com/oauth/v1/token',
      headers: new Map([['content-type', 'application/x-www-form-urlencoded']]),
      body: 'grant_type=refresh_token',
    },
    status: 200,
    headers: new Map([['vary', 'origin']]),
    text: '{"a":1}',
    body: { a: 1 },
  })
  expect(second?.place).toBe('session.har log.entries[1]')
})

test('a body has neither request nor status', () => {
  expect(read(list)).toEqual([
    { place: 'f', request: undefined, status: undefined, headers: undefined, text: JSON.stringify(list), body: list },
  ])
})

const text = JSON.stringify(list)
const head = 'HTTP/2 200 \r\nContent-Type: application/json;charset=utf-8\r\nvary: origin\r\n\r\n'

test('the output of curl -i has a status and headers', () => {
  const [only] = read(head + text)
  expect(only).toMatchObject({ status: 200, body: list, request: undefined })
  expect(only?.headers?.get('content-type')).toBe('application/json;charset=utf-8')
})

test.each([
  ['a proxy', 'HTTP/1.1 200 Connection established\r\n\r\n'],
  ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['a redirect', 'HTTP/1.1 301 Moved Permanently\nlocation: /\n\n'],
])('the response of %s before the last one is left out', (_, before) => {
  expect(read(before + head + text).map(({ status }) => status)).toEqual([200])
})

test('the output of several calls has a response for each', () => {
  const found = read(`${head}${text}${head}${text}\n${head}${text}`, 'out.txt')
  expect(found.map(({ place, body }) => [place, body])).toEqual([
    ['out.txt response 1', list],
    ['out.txt response 2', list],
    ['out.txt response 3', list],
  ])
})

test('a response without a body is read', () => {
  expect(read('HTTP/1.1 204 No Content\nvary: origin\n\n')).toMatchObject([{ status: 204, text: '' }])
  expect(read('HTTP/1.1 204 No Content\nvary: origin\n')).toMatchObject([{ status: 204, text: '' }])
})

test('ten megabytes of status lines are read in one pass', () => {
  expect(read('HTTP/1.1 200 '.repeat(800_000))).toEqual([])
  expect(read('HTTP/1.1 200 a\nb: c\n'.repeat(400_000))).toHaveLength(1)
})

test('a status line in a header begins no response', () => {
  expect(read(`HTTP/1.1 200 OK\nx-echo: HTTP/1.1 404 No\nvary: origin\n\n${text}`)).toMatchObject([
    {
      status: 200,
      headers: new Map([
        ['x-echo', 'HTTP/1.1 404 No'],
        ['vary', 'origin'],
      ]),
    },
  ])
})

test('an entry of a HAR may be without request, URL, status and values', () => {
  const { response } = entry
  const [first, second] = read({
    log: { entries: [{ response }, { request: { postData: { params: [{ name: 'a' }] } }, response: {} }] },
  })
  expect(first).toMatchObject({ request: undefined, status: 200, body: { a: 1 } })
  expect(second).toMatchObject({ request: { method: '', url: '', body: 'a=' }, status: undefined, text: '' })
})

test.each([
  ['OPTIONS', 204, 'a preflight request of a browser'],
  ['GET', 0, 'a request without a response'],
  ['GET', 304, 'a response from the cache of a browser'],
  ['GET', 200, undefined],
])('%s with status %d: %s', (method, status, reason) => {
  const [exchange] = read({ request: { method, url: '/' }, response: { status } })
  expect(exchange && whyUnusable(exchange)).toBe(reason)
})

test.each(operationRoutes)('the URL of $name on $version leads to it', async (route) => {
  const { method = '', url } = callOf(route)
  for (const address of [`https://api.hubapi.com${url}?x=1`, `https://proxy.example:8443/hubspot${url}/#top`, url]) {
    expect(routeOf(method, address)?.route).toBe(route)
  }
})

test('the parameters of a path are decoded', () => {
  expect(routeOf('GET', '/marketing/v3/campaigns/a%20b/assets/FORM')?.parameters).toEqual({
    campaignGuid: 'a b',
    assetType: 'FORM',
  })
})

const bearerRoutes = operationRoutes.filter(
  ({ operation, name }) => operation.auth !== 'none' && name !== 'clone.status',
)
test.each(bearerRoutes)('the body of $name shows its operation', async (route) => {
  const { send } = await build({ campaigns: [calledCampaign], generate: { campaigns: 3, seed: 1 } })
  const { body } = await send(callOf(route))
  if (body !== undefined) expect(operationsOfBody(body)).toContain(route.name)
})

test('a folder has the recordings of its files, and names the others', async () => {
  const path = await folder({
    'a.har': JSON.stringify({ log: { entries: [entry] } }),
    'b.json': text,
    'package.json': '{"name":"my-app"}',
    'README.md': '# Recordings',
    '.hidden.json': text,
    'empty.json': '',
  })
  const { exchanges, unused } = await readRecordingFiles(path)
  expect(exchanges.map(({ place }) => place)).toEqual(['a.har log.entries[0]', 'b.json'])
  const fix = 'give a HAR file, the output of curl -i, or the JSON body of a response'
  expect(unused).toEqual([
    { file: 'README.md', reason: `no response of HubSpot found: ${fix}` },
    { file: 'empty.json', reason: 'empty file' },
    { file: 'package.json', reason: `no response of HubSpot found: ${fix}` },
  ])
})

test.each([
  ['of no recordings', { 'a.txt': 'x' }, 'no recording in this folder: give'],
  ['without a file', {}, 'no recording in this folder: give'],
  [
    'of too many files',
    Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.json`, ''])),
    'over 10000 files: name a smaller folder',
  ],
])('a folder %s is refused', async (_, files, message) => {
  await expect(readRecordingFiles(await folder(files))).rejects.toThrow(message)
})

test('a file that is not complete JSON is refused with the place', async () => {
  const path = join(await folder({ 'session.har': '{"log":\n' }), 'session.har')
  await expect(readRecordingFiles(path)).rejects.toThrow(
    `${path}:2:1: unexpected end, expected a value: give a HAR file`,
  )
})

test('what is not a file is refused, and a file over 100 MiB without being read', async () => {
  await expect(readRecordingFiles(devNull)).rejects.toThrow(`${devNull}: not a file`)
  const path = join(await folder({ 'session.har': '' }), 'session.har')
  await truncate(path, 100 * 1024 * 1024 + 1)
  await expect(readRecordingFiles(path)).rejects.toThrow(`${path}: over 100 MiB: record fewer requests`)
})

test('a compressed file is read, and a missing one refused', async () => {
  expect(readRecordings('f', gzipSync(text))).toHaveLength(1)
  await expect(readRecordingFiles(join(await folder({}), 'none'))).rejects.toThrow('none: no such file or folder')
})

test.each([
  ['lists in one another', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, '1:101'],
  ['a body of many levels', `{"status":"error","message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, '1:128'],
])('%s are refused with the place', async (_, content, place) => {
  const path = join(await folder({ 'deep.json': content }), 'deep.json')
  await expect(readRecordingFiles(path)).rejects.toThrow(
    `${path}:${place}: nested too deeply: the maximum is 100 levels: give a HAR file`,
  )
})

test('a body of too many levels in a HAR is read as text', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  expect(read({ response: { status: 200, content: { text: deep } } })[0]?.body).toBe(deep)
})

test.each([
  ['entries', { log: { entries: Array(10_001).fill({ response: {} }) } }],
  ['a list', Array(10_001).fill({ response: {} })],
  ['a list of no responses', Array(10_001).fill({})],
  ['the output of curl', `${head}{}\n`.repeat(10_001)],
])('more than 10 000 entries are refused: %s', (_, value) => {
  expect(() => read(value)).toThrow('over 10000 entries: split the file, or record fewer requests')
})

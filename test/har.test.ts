import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import harSdk from '@har-sdk/validator'
import { chromium } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BadInput, startMock } from '../src/index.ts'
import { spring, v3 } from './build.ts'
import { commandHere } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'

/** A mock whose journal has a request of each kind. */
async function mockWithJournal() {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const call = async (path: string, init: RequestInit = {}) =>
    (await fetch(mock.url + path, { ...init, headers: { authorization: 'Bearer any', ...init.headers } })).text()
  const json = { 'content-type': 'application/json' }
  await call(`${v3}?properties=hs_name,hs_notes&propertees=a%20b`, {
    method: 'POST',
    headers: { ...json, cookie: 'session=secret; theme=dark' },
    body: JSON.stringify({ inputs: [{ id: spring.id }] }),
  })
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: 'r',
    client_id: 'c',
    client_secret: 's',
  })
  await call('/oauth/v1/token', { method: 'POST', body: form })
  const portal = mock.portal('any')
  portal.scenarios.play([
    { headers: { 'Set-Cookie': 'id=secret; Path=/' }, times: 1 },
    { fault: 'empty', times: 1 },
    { hold: true },
  ])
  await call('/marketing/v3/campaigns')
  await call('/marketing/v3/campaigns').catch(() => {})
  await mock.journal.waitFor({}, { count: 4 })
  const held = call('/marketing/v3/campaigns')
  await mock.journal.waitFor({}, { count: 5, until: 'received' })
  return { mock, portal, held }
}

test('is valid by a schema validator that is not ours', async () => {
  const { mock } = await mockWithJournal()
  const har = await (await fetch(`${mock.url}/_mock/requests?format=har`)).json()
  const validator = new harSdk.HarValidator()
  expect(await validator.verify(har)).toEqual([])
  const broken = { log: { ...Object(har).log, entries: [{ ...Object(har).log.entries[0], time: 'long' }] } }
  expect(await validator.verify(broken)).not.toEqual([])
})

describe('an entry', () => {
  test('has the request with its absolute URL, parameters, cookies and body, and the response', async () => {
    const { mock } = await mockWithJournal()
    const [entry] = mock.journal.har().log.entries
    const { correlationId, at, ms, responseBody } = mock.journal.list()[0] ?? {}
    expect(entry).toMatchObject({
      startedDateTime: at,
      time: ms,
      timings: { wait: ms },
      request: {
        method: 'POST',
        url: `${mock.url}${v3}?properties=hs_name,hs_notes&propertees=a%20b`,
        queryString: [
          { name: 'properties', value: 'hs_name,hs_notes' },
          { name: 'propertees', value: 'a b' },
        ],
        cookies: [
          { name: 'session', value: '[REDACTED]' },
          { name: 'theme', value: '[REDACTED]' },
        ],
        postData: { mimeType: 'application/json', text: JSON.stringify({ inputs: [{ id: spring.id }] }) },
      },
      response: {
        status: 200,
        statusText: 'OK',
        content: { mimeType: 'application/json;charset=utf-8', text: responseBody },
      },
      _operation: 'batch.read',
      _correlationId: correlationId,
      _scenario: null,
      _unread: ['query.propertees'],
    })
    expect(entry?._hint).toContain('propertees')
    expect(entry?.request.headers).toContainEqual({ name: 'authorization', value: 'Bearer [REDACTED]' })
  })

  test('has the parameters of a form, and the cookies that a step sets', async () => {
    const { mock } = await mockWithJournal()
    const [, form, withCookie] = mock.journal.har().log.entries
    expect(form?.request.postData?.params).toEqual([
      { name: 'grant_type', value: 'refresh_token' },
      { name: 'refresh_token', value: '[REDACTED]' },
      { name: 'client_id', value: 'c' },
      { name: 'client_secret', value: '[REDACTED]' },
    ])
    expect(withCookie?.response.cookies).toEqual([{ name: 'id', value: '[REDACTED]' }])
    expect(withCookie?.response.headers).toContainEqual({ name: 'set-cookie', value: 'id=[REDACTED]; Path=/' })
  })

  test('has the status 0 without a response, and says why', async () => {
    const { portal, held } = await mockWithJournal()
    const [, broken, waiting] = portal.journal.har().log.entries.slice(-3)
    expect(broken?.response).toMatchObject({ status: 0, _error: 'the connection was closed without a response' })
    expect(waiting?.response).toMatchObject({ status: 0, _error: 'no response yet' })
    portal.scenarios.release()
    await held
  })
})

test('a filter selects the entries', async () => {
  const { mock } = await mockWithJournal()
  expect(mock.journal.har({ operation: 'batch.read' }).log.entries).toHaveLength(1)
  const response = await fetch(`${mock.url}/_mock/requests?format=har&operation=campaigns.list&limit=2`)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="requests.har"')
  expect(Object(await response.json()).log.entries).toHaveLength(2)
})

test('has no secret: not in headers, cookies, query, form, path, bodies or responses', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const marked = 'pat-na1-0000-marked-0000'
  const headers = { authorization: `Bearer ${marked}`, 'x-api-key': 'marked', cookie: 'a=marked; marked' }
  const send = async (path: string, init: RequestInit = {}) =>
    (await fetch(mock.url + path, { headers, ...init })).text()
  mock.scenarios.play([{ headers: { 'set-cookie': 'a=marked', 'x-echo': marked }, on: 'campaigns.list' }])
  await send(`/marketing/v3/campaigns?hapikey=marked&name=${marked}`)
  await send(`/oauth/v1/access-tokens/marked`)
  await send(`/${marked}/x`)
  const json = { ...headers, 'content-type': 'application/json' }
  await send(v3, { method: 'POST', headers: json, body: JSON.stringify({ inputs: [{ id: marked }] }) })
  const form = { grant_type: 'refresh_token', refresh_token: 'marked', client_id: 'app', client_secret: 'marked' }
  await send('/oauth/v1/token', { method: 'POST', body: new URLSearchParams(form), headers: {} })
  const archive = await (await fetch(`${mock.url}/_mock/requests?format=har`)).text()
  expect(JSON.parse(archive).log.entries).toHaveLength(5)
  expect(archive).toContain('[REDACTED]')
  expect(archive).not.toContain('marked')
})

/** Writes the archive of a mock to a file, and closes the mock. */
async function exportedFile(): Promise<{ url: string; file: string; answer: string }> {
  const { mock } = await mockWithJournal()
  const url = `${mock.url}/marketing/v3/campaigns?limit=1`
  const answer = await (await fetch(url, { headers: { authorization: 'Bearer other' } })).text()
  const file = join(await folder(), 'requests.har')
  await writeFile(file, JSON.stringify(mock.journal.har()))
  await mock.close()
  return { url, file, answer }
}

if (hasTool('chromium', 'the replay of an exported archive in a browser')) {
  test('Chromium replays the responses of an exported archive', async () => {
    const { url, file, answer } = await exportedFile()
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.routeFromHAR(file)
    const response = await page.goto(url)
    expect([response?.status(), await response?.text()]).toEqual([200, answer])
  })
}

test('the command imports an exported archive as a fixture', async () => {
  const { file } = await exportedFile()
  const { code, stdout } = await commandHere(['import', file])
  expect(code).toBe(0)
  expect(stdout).toContain(spring.id)
})

/** A mock whose journal has forms with the given bodies. */
async function mockWithForms(bodies: readonly string[]) {
  const mock = await startMock({ fixtures: {} })
  onTestFinished(() => mock.close())
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: 'a=1;'.repeat(1001) }
  for (const body of bodies) {
    await (await fetch(`${mock.url}/form?${'a&'.repeat(1001)}`, { method: 'POST', headers: form, body })).text()
  }
  return mock
}

test('more than 1000 parameters or cookies are not listed, but their text is there', async () => {
  const mock = await mockWithForms(['a&'.repeat(1001), 'a&'.repeat(900)])
  const [many, few] = mock.journal.har().log.entries.map(({ request }) => request)
  expect(many).toMatchObject({ queryString: [], cookies: [], postData: { params: [], text: 'a&'.repeat(1001) } })
  expect(many?.url).toContain('a&'.repeat(1001))
  expect(few?.postData?.params).toHaveLength(900)
})

test('an archive that would be too large is refused with the filter to use', async () => {
  const mock = await mockWithForms(Array.from({ length: 18 }, () => '\u0001'.repeat(1_000_000)))
  const exportHar = (query: string) => fetch(`${mock.url}/_mock/requests?format=har${query}`)
  const refused = await exportHar('')
  expect([refused.status, await refused.json()]).toMatchObject([
    413,
    {
      message: 'the HTTP Archive of 18 requests would be larger than 104857600 bytes',
      hint: 'select fewer requests with a filter, such as limit=17',
    },
  ])
  expect(() => mock.journal.har()).toThrow(BadInput)
  const accepted = await exportHar('&limit=1')
  expect(accepted.status).toBe(200)
  await accepted.body?.cancel()
})

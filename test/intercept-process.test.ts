import { execFile } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { Agent, Client, type Dispatcher, ProxyAgent, request, fetch as undiciFetch } from 'undici'
import { expect, onTestFinished, test, vi } from 'vitest'
import { intercept, type MockOptions, startMock } from '../src/index.ts'
import { interceptProcess } from '../src/intercept/interception.ts'
import { sample } from './sample.ts'

const list = 'https://api.hubapi.com/marketing/v3/campaigns?limit=1'
const headers = { authorization: 'Bearer any' }
const link = '"link":"https://api.hubapi.com/marketing/v3/campaigns?limit=1&after='

async function running(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: {}, campaigns: 3, ...options })
  onTestFinished(() => mock.close())
  return mock
}

async function intercepted(options: MockOptions = {}) {
  const mock = await running(options)
  onTestFinished(intercept(mock))
  return mock
}

/** Sends a request of `node:http` or `node:https`. @returns the body of the response */
async function bodyOf(sent: http.ClientRequest): Promise<string> {
  const [response] = await once(sent.end(), 'response')
  return text(response)
}

const forms: [string, () => http.ClientRequest][] = [
  ['https.get(text)', () => https.get(list, { headers })],
  ['https.request(URL)', () => https.request(new URL(list), { headers })],
  ['https.request({ hostname, agent })', () => https.request({ ...parts, hostname: host, agent: new https.Agent() })],
  ['https.request({ host, port })', () => https.request({ ...parts, host, port: 443, agent: false })],
  ['https.get with a list of headers', () => https.get(list, { headers: ['Authorization', 'Bearer any'] })],
  ['https.get with a list of pairs', () => https.get(list, { headers: [['Authorization', 'Bearer any']] as never })],
  [
    'http.request with an agent of https',
    () => http.request({ ...parts, host, protocol: 'https:', agent: https.globalAgent }),
  ],
  ['the URL as the path, to a proxy', () => http.request({ host: 'proxy.example', path: list, headers })],
]
const host = 'api.hubapi.com'
const parts = { headers, path: '/marketing/v3/campaigns?limit=1' }

test.each(forms)('%s leads to the mock, and its links to HubSpot’s address', async (_form, send) => {
  const mock = await intercepted()
  expect(await bodyOf(send())).toContain(link)
  expect(mock.journal.list()).toMatchObject([{ status: 200, headers: { host } }])
  expect(JSON.stringify(mock.journal.list())).not.toContain('x-mock-origin')
})

test.each([
  ['a text', () => fetch(list, { headers })],
  ['a URL', () => fetch(new URL(list), { headers: new Headers(headers) })],
  ['a Request', () => fetch(new Request(list, { headers }))],
  ['a Request with other headers', () => fetch(new Request(list), { headers })],
  ['an agent', () => fetch(list, { headers, dispatcher: new ProxyAgent('http://127.0.0.1:1') } as RequestInit)],
])('fetch with %s leads to the mock, under the URL that the client used', async (_form, send) => {
  await intercepted()
  const response = await send()
  expect([response.url, response.status]).toEqual([list, 200])
  expect(await response.text()).toContain(link)
})

test('a client that follows the links of a list reaches every page, by https and by http', async () => {
  const mock = await intercepted()
  for (const first of [list, list.replace('https', 'http'), list.replace('api.', 'api-eu1.')]) {
    const links: string[] = []
    for (let next: string | undefined = first; next !== undefined && links.length < 5; ) {
      links.push(next)
      const page = (await (await fetch(next, { headers })).json()) as { paging?: { next: { link: string } } }
      next = page.paging?.next.link
    }
    expect(links.map((link) => new URL(link).origin)).toEqual(Array(3).fill(new URL(first).origin))
  }
  expect(mock.journal.count({ status: 200 })).toBe(9)
})

test('the Location of a created item leads to HubSpot’s address', async () => {
  await intercepted()
  const body = JSON.stringify({ properties: { hs_name: 'Spring' } })
  const url = 'https://api.hubapi.com/marketing/campaigns/2026-03'
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  expect(response.headers.get('location')).toMatch(/^https:\/\/api\.hubapi\.com\/marketing\//)
})

test('links and the control API do not follow a header that names another host than HubSpot’s', async () => {
  const mock = await running()
  const evil = { ...headers, 'x-mock-origin': 'https://evil.example' }
  const response = await fetch(`${mock.url}/marketing/v3/campaigns?limit=1`, { headers: evil })
  expect(await response.text()).toContain(`"link":"${mock.url}/`)
  const hubspot = { 'x-mock-origin': 'https://api.hubapi.com' }
  expect((await fetch(`${mock.url}/_mock/requests`, { headers: hubspot })).status).toBe(200)
})

test('calls of undici lead to the mock, whichever agent they use', async () => {
  const mock = await intercepted()
  const textOf = async (response: Promise<Dispatcher.ResponseData>) => (await response).body.text()
  const client = new Client('https://api.hubapi.com')
  const agents = [new Agent(), new Agent({ allowH2: true }), client]
  onTestFinished(async () => void (await Promise.all(agents.map((agent) => agent.close()))))
  const texts = await Promise.all([
    undiciFetch(list, { headers }).then((response) => response.text()),
    textOf(request(list, { headers })),
    ...agents.map((dispatcher) => textOf(request(list, { headers, dispatcher }))),
  ])
  expect(texts.filter((body) => !body.includes(link))).toEqual([])
  expect(await textOf(request(list.replace('https', 'http'), { headers }))).toContain('"link":"http://api.hubapi.com/')
  expect(mock.journal.count({ status: 200 })).toBe(6)
})

test('a connection by tls to HubSpot’s hosts leads to the mock, and one to another host does not', async () => {
  const mock = await intercepted({ tls: true })
  const socket = tls.connect(443, host, {}, () =>
    socket.write(`GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
  )
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /)
  const { port } = new URL(mock.httpsUrl ?? '')
  const other = tls.connect({ port: Number(port), host: '127.0.0.1', servername: 'localhost', ca: mock.ca })
  await once(other, 'secureConnect')
  expect(other.getProtocol()).toBe('TLSv1.3')
  other.destroy()
})

test.each(['localhost', '127.0.0.1'])('a mock is reached by https under its https URL on %s', async (name) => {
  const mock = await running({ tls: true })
  onTestFinished(interceptProcess(`https://${name}:${new URL(mock.httpsUrl ?? '').port}`))
  expect(await bodyOf(https.get(list, { headers, ca: mock.ca }))).toContain(link)
  await expect(once(tls.connect(443, host), 'secureConnect')).rejects.toThrow('certificate')
})

test('a connection inside a tunnel of another proxy leads to the mock by its server name', async () => {
  const mock = await intercepted()
  const tunnel = net.connect(Number(new URL(mock.url).port), '127.0.0.1')
  const socket = tls.connect({ socket: tunnel, servername: host })
  socket.write(`GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /)
  expect(tunnel.destroyed).toBe(true)
})

test('a request without a path, or with a user in its URL, leads to the mock', async () => {
  const mock = await intercepted()
  await bodyOf(https.request({ host, headers }))
  await bodyOf(https.get(`https://user:p%40ss@${host}/other?a`))
  expect(mock.journal.list().map(({ path }) => path)).toEqual(['/', '/other'])
})

test('a URL that is not valid is refused as without a mock, and an IPv6 address is called', async () => {
  await intercepted()
  expect(() => https.get('not a URL')).toThrow('Invalid URL')
  await expect(bodyOf(http.request({ host: '::1', port: 1 }))).rejects.toMatchObject({ syscall: 'connect' })
})

test('other hosts are not touched, and the end of an interception restores everything', async () => {
  const [mock, other] = [await running(), await running()]
  const before = [globalThis.fetch, http.request, http.get, https.request, https.get, tls.connect]
  const stop = intercept(mock)
  onTestFinished(stop)
  await (await fetch(`${other.url}/marketing/v3/campaigns`, { headers })).text()
  await (await fetch(new Request(`${other.url}/marketing/v3/campaigns`, { headers }))).text()
  await bodyOf(http.get(`${other.url}/marketing/v3/campaigns`, { headers }))
  await expect(fetch('not a URL')).rejects.toThrow('Failed to parse URL')
  expect([mock.journal.count(), other.journal.count()]).toEqual([0, 3])
  stop()
  stop()
  expect([globalThis.fetch, http.request, http.get, https.request, https.get, tls.connect]).toEqual(before)
})

const total = async () => Object((await (await fetch(list, { headers })).json()) as unknown).total

test('the newest of several intercepting mocks gets the calls, in whichever order they end', async () => {
  const [one, two] = [await running({ campaigns: 1 }), await running({ campaigns: 2 })]
  const { fetch: before } = globalThis
  const stops = [intercept(one), intercept(two)]
  onTestFinished(() => stops.forEach((stop) => void stop()))
  expect(await total()).toBe(2)
  stops[0]?.()
  expect(await total()).toBe(2)
  stops.push(intercept(one))
  expect(await total()).toBe(1)
  await one.close()
  expect(await total()).toBe(2)
  await two.close()
  expect(globalThis.fetch).toBe(before)
})

test('what another tool puts in the place of fetch stays when an interception ends', async () => {
  const mock = await running()
  const { fetch: before } = globalThis
  onTestFinished(() => {
    globalThis.fetch = before
  })
  const stop = intercept(mock)
  const patched = globalThis.fetch
  const other: typeof fetch = (input, init) => patched(input, init)
  globalThis.fetch = other
  stop()
  expect(globalThis.fetch).toBe(other)
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

test('in an environment without fetch there is none while a mock intercepts', async () => {
  vi.stubGlobal('fetch', undefined)
  const mock = await intercepted()
  expect(globalThis.fetch).toBe(undefined)
  expect(await bodyOf(https.get(list, { headers }))).toContain(link)
  expect(mock.journal.count()).toBe(1)
})

test('a preload refuses a HUBSPOT_BASE_URL that is not a URL of a mock', async () => {
  const program = await sample({ 'program.js': '' })
  const args = ['--import', 'hubspot-campaigns-mock/intercept', 'program.js']
  const env = { PATH: process.env['PATH'], HUBSPOT_BASE_URL: 'localhost:4010' }
  await expect(promisify(execFile)(process.execPath, args, { cwd: program, env })).rejects.toThrow(
    'HUBSPOT_BASE_URL: "localhost:4010" is not the URL of a mock: use one such as http://localhost:4010',
  )
})

test('as a preload starts a mock in the process, which does not keep it alive', async () => {
  const script = `
    const response = await fetch('${list}', { headers: { authorization: 'Bearer any' } })
    console.log((await response.json()).total)
    setImmediate(() => console.log(process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'))))`
  const program = await sample({ 'program.mjs': script })
  const args = ['--import', 'hubspot-campaigns-mock/intercept', 'program.mjs']
  const env = { PATH: process.env['PATH'], HUBSPOT_MOCK_CAMPAIGNS: '4' }
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: program, env })
  expect(stdout).toBe('7\n[]\n')
})

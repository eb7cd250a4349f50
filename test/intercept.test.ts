import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type MockOptions, startMock } from '../src/index.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { startMockFor } from '../src/mock.ts'

const _list = 'https://api.hubapi.com/marketing/v3/campaigns?limit=1'
const authorization = 'Authorization: Bearer any'

async function running(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: {}, campaigns: 3, ...options })
  onTestFinished(() => mock.close())
  return mock
}

/** Another HTTPS server on this machine, with a certificate of its own. */
async function otherServer() {
  const { ca, cert, key } = await createCertificateAuthority()
  const server = createServer({ cert, key }, (_request, response) => response.end('the other server'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `https://localhost:${port}`, port, ca }
}

/** Opens a tunnel by CONNECT, and returns the status line with the socket. */
async function openTunnel(mockUrl: string, target: string) {
  const socket = connect(Number(new URL(mockUrl).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  const head = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  return { socket, head }
}

test('a mock without intercept is not a proxy, and says how it becomes one', async () => {
  const mock = await running()
  const { head } = await openTunnel(mock.url, 'api.hubapi.com:443')
  expect(head).toMatch(/^HTTP\/1\.1 405 .*x-mock-hint: this mock is not a proxy: exec --intercept/s)
})

test('a mock that other machines can reach is a proxy for HubSpot’s hosts only', async () => {
  const mock = await running({ intercept: true, host: '0.0.0.0' })
  const { port } = await otherServer()
  expect((await openTunnel(mock.url, `127.0.0.1:${port}`)).head).toMatch(/^HTTP\/1\.1 405 /)
  expect((await openTunnel(mock.url, 'api-eu1.hubapi.com:443')).head).toMatch(/^HTTP\/1\.1 200 /)
})

test.each(['api.hubapi.com.evil.example:443', 'app.hubspot.com:443', 'evilapi.hubapi.com:443', 'hubapi.com:443'])(
  '%s is not a host of the mock',
  async (target) => {
    const mock = await running({ intercept: true, host: '0.0.0.0' })
    expect((await openTunnel(mock.url, target)).head).toMatch(/^HTTP\/1\.1 405 /)
  },
)

test('a host that does not exist is a 502', async () => {
  const mock = await running({ intercept: true })
  expect((await openTunnel(mock.url, '[::1]:1')).head).toMatch(/^HTTP\/1\.1 502 /)
  expect((await openTunnel(mock.url, '127.0.0.1:1')).head).toMatch(/^HTTP\/1\.1 502 /)
})

test('bytes after CONNECT that are not TLS end the connection, and the mock goes on', async () => {
  const mock = await running({ intercept: true })
  const { socket } = await openTunnel(mock.url, 'api.hubapi.com:443')
  socket.write('this is not TLS\r\n\r\n')
  await text(socket).catch(() => {})
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

/** Sends a request by TLS, directly or through CONNECT, and reads until the connection ends or breaks. */
async function sendByTls(
  mock: Awaited<ReturnType<typeof running>>,
  way: 'tls' | 'connect',
  path: string,
  scenario?: string,
) {
  const options = { servername: 'api.hubapi.com', ca: mock.ca, ALPNProtocols: ['h2', 'http/1.1'] }
  const socket =
    way === 'tls'
      ? connectTls({ ...options, port: Number(new URL(mock.httpsUrl ?? '').port), host: '127.0.0.1' })
      : connectTls({ ...options, socket: (await openTunnel(mock.url, 'api.hubapi.com:443')).socket })
  const lines = [`GET ${path} HTTP/1.1`, 'Host: api.hubapi.com', authorization, 'Connection: close']
  socket.write(
    `${[...lines, ...(scenario === undefined ? [] : [`X-Mock-Scenario: ${scenario}`])].join('\r\n')}\r\n\r\n`,
  )
  let received = ''
  socket.on('data', (data) => (received += data))
  const error = await new Promise<string | undefined>((resolve) => {
    socket.once('error', ({ message }) => resolve(message))
    socket.once('close', () => resolve(undefined))
  })
  return { received, error, protocol: socket.alpnProtocol }
}

describe.each(['tls', 'connect'] as const)('by %s', (way) => {
  const path = '/marketing/v3/campaigns?limit=1'

  test('a request is served with HTTP/1.1, and its links lead to https', async () => {
    const mock = await running({ tls: true, intercept: true })
    const { received, protocol } = await sendByTls(mock, way, path)
    expect(received).toMatch(/^HTTP\/1\.1 200 /)
    expect(received).toContain('"link":"https://api.hubapi.com/marketing/v3/campaigns?limit=1&after=')
    expect(protocol === false || protocol === 'http/1.1').toBe(true)
    expect(mock.journal.count({ status: 200 })).toBe(1)
  })

  test('the faults of scenarios arrive', async () => {
    const mock = await running({ tls: true, intercept: true })
    expect(await sendByTls(mock, way, path, 'reset')).toMatchObject({
      received: '',
      error: expect.stringContaining('ECONNRESET'),
    })
    expect(await sendByTls(mock, way, path, 'empty')).toMatchObject({ received: '' })
    const truncated = (await sendByTls(mock, way, path, 'truncated')).received
    const [, length, body = ''] = /content-length: (\d+).*?\r\n\r\n(.*)$/is.exec(truncated) ?? []
    expect(body.length).toBe(Math.floor(Number(length) / 2))
    mock.portal('any').scenarios.play([{ fault: 'drip', delay: 20 }])
    expect((await sendByTls(mock, way, path)).received).toContain('"paging"')
  })
})

test('a client that does not finish its handshake is dropped, by TLS and by CONNECT', async () => {
  const mock = await running({ tls: true, intercept: true })
  const direct = connect(Number(new URL(mock.httpsUrl ?? '').port), '127.0.0.1')
  const { socket: tunnel } = await openTunnel(mock.url, 'api.hubapi.com:443')
  await Promise.all([direct, tunnel].map((socket) => once(socket, 'close')))
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

test('500 connections by TLS at once are served', async () => {
  const mock = await running({ tls: true })
  const all = await Promise.all(Array.from({ length: 500 }, () => sendByTls(mock, 'tls', '/health')))
  expect(all.filter(({ received }) => received.startsWith('HTTP/1.1 200 ')).length).toBe(500)
})

test('the certificate authority of a run can be read, and is another one in each mock', async () => {
  const [mock, other] = [await running({ tls: true }), await running({ intercept: true })]
  const response = await fetch(`${mock.url}/_mock/ca.pem`)
  expect([response.headers.get('content-type'), await response.text()]).toEqual(['application/x-pem-file', mock.ca])
  expect(other.ca).toMatch(/^-----BEGIN CERTIFICATE-----/)
  expect(other.ca).not.toBe(mock.ca)
  const plain = await running()
  expect([plain.ca, plain.httpsUrl, (await fetch(`${plain.url}/_mock/ca.pem`)).status]).toEqual([
    undefined,
    undefined,
    404,
  ])
})

test('an own certificate is checked: its form, its key and its date', async () => {
  const [one, two] = await Promise.all([createCertificateAuthority(), createCertificateAuthority()])
  const start = (cert: string, key: string) => startMock({ tls: { cert, key } })
  await expect(start('x', one.key)).rejects.toThrow('tls.cert: expected a certificate as PEM')
  await expect(start(one.cert, 'x')).rejects.toThrow('tls.key: expected a private key as PEM')
  await expect(start(one.cert, two.key)).rejects.toThrow('tls.key: the key does not belong to the certificate')
  const expired = await createCertificateAuthority([], Date.UTC(2020, 0, 1))
  await expect(start(expired.cert, expired.key)).rejects.toThrow('tls.cert: expired on Mar 31 00:00:00 2020 GMT')
  const early = await createCertificateAuthority([], Date.UTC(2100, 0, 2))
  await expect(start(early.cert, early.key)).rejects.toThrow('tls.cert: not valid before Jan  1 00:00:00 2100 GMT')
  const mock = await running({ tls: { cert: one.cert, key: one.key } })
  expect(mock.ca).toBe(undefined)
  const socket = connectTls({ port: Number(new URL(mock.httpsUrl ?? '').port), ca: one.ca, servername: 'localhost' })
  await new Promise<void>((resolve) => socket.once('secureConnect', resolve))
  expect(socket.authorized).toBe(true)
  socket.destroy()
})

const proxied: [Record<string, string>, string][] = [
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'mock.example' }, 'https://mock.example'],
  [
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'mock.example', 'x-forwarded-port': '8443' },
    'https://mock.example:8443',
  ],
  [
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'mock.example', 'x-forwarded-port': '443' },
    'https://mock.example',
  ],
  [{ 'x-forwarded-host': 'first.example, second.example' }, 'http://first.example'],
  [{ forwarded: 'for=10.0.0.1;proto=https;host="mock.example:8443", for=10.0.0.2' }, 'https://mock.example:8443'],
  [{ 'x-forwarded-host': 'evil.example/path?x="' }, 'http://host.example'],
]

test.each(proxied)('behind a trusted proxy with %j links lead to %s', async (headers, origin) => {
  const { build } = await import('./build.ts')
  const linkOf = async (options: MockOptions) => {
    const { send } = await build({ campaigns: [{ id: 'a' }, { id: 'b' }] }, options)
    const all = { host: 'host.example', authorization: 'Bearer any', ...headers }
    return (await send({ method: 'GET', url: '/marketing/v3/campaigns?limit=1', headers: all })).body.paging.next.link
  }
  expect(new URL(await linkOf({ trustProxy: true })).origin).toBe(origin)
  expect(new URL(await linkOf({})).origin).toBe('http://host.example')
  expect(new URL(await linkOf({ trustProxy: true, publicUrl: 'https://public.example' })).origin).toBe(
    'https://public.example',
  )
})

test('a tunnel passes bytes on in both directions, also those that come with CONNECT', async () => {
  const mock = await running({ intercept: true })
  const { port, ca } = await otherServer()
  const { socket, head } = await openTunnel(mock.url, `127.0.0.1:${port}`)
  expect(head).toBe('HTTP/1.1 200 Connection Established\r\n\r\n')
  const secure = connectTls({ socket, ca, servername: 'localhost' })
  secure.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  expect(await text(secure)).toContain('the other server')
  const echo = createTcpServer((client) => client.pipe(client))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void echo.close())
  const address = echo.address()
  const target = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const early = connect(Number(new URL(mock.url).port), '127.0.0.1')
  early.end(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\nearly bytes`)
  expect(await text(early)).toBe('HTTP/1.1 200 Connection Established\r\n\r\nearly bytes')
})

test('a tunnel goes through the proxy of the user, with its credentials', async () => {
  const seen: string[] = []
  const upstream = createTcpServer((client) => {
    client.once('data', (data) => {
      seen.push(String(data))
      client.end('HTTP/1.1 200 OK\r\n\r\nby the proxy')
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void upstream.close())
  const address = upstream.address()
  const proxy = new URL(`http://user:p%40ss@127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  const mock = await startMockFor({ fixtures: {}, intercept: true }, { http: undefined, https: proxy, noProxy: [] })
  onTestFinished(() => mock.close())
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')
  expect(await text(socket)).toBe('HTTP/1.1 200 OK\r\n\r\nby the proxy')
  const credentials = Buffer.from('user:p@ss').toString('base64')
  expect(seen.map((head) => head.replace(/^Via: .*\r\n/m, ''))).toEqual([
    `CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
  ])
})

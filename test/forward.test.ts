import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import type { MockOptions } from '../src/index.ts'
import { createCertificateAuthority } from '../src/intercept/certificate-authority.ts'
import { noProxies, targetOf, type UpstreamProxies } from '../src/intercept/upstream-proxies.ts'
import { startMockFor } from '../src/mock.ts'

async function running(upstream: Partial<UpstreamProxies> = {}, options: MockOptions = {}) {
  const all = { fixtures: {}, campaigns: 3, intercept: true, ...options }
  const mock = await startMockFor(all, { ...noProxies, ...upstream })
  onTestFinished(() => mock.close())
  return mock
}

/** Listens on a free port of this machine until the test ends. */
async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const otherServer = (handler: (request: IncomingMessage, response: ServerResponse) => void) =>
  portOf(createServer(handler))

/** Sends lines, and reads the response until the connection ends. */
function send(url: string, ...lines: string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(lines.join('\r\n'))
  return text(socket)
}

const end = ['Connection: close', '', '']

test('a request in absolute form to another host arrives there as the client wrote it', async () => {
  const mock = await running()
  const seen: unknown[] = []
  const port = await otherServer((request, response) => {
    seen.push([request.method, request.url, request.rawHeaders.slice(0, 6)])
    request.pipe(response.writeHead(201, 'Made', ['Set-Cookie', 'a=1', 'set-cookie', 'b=2']))
  })
  const head = [
    `PUT http://127.0.0.1:${port}/a%2fb?c=[d]#e HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'X-One: 1',
    'x-one: 2',
  ]
  const response = await send(
    mock.url,
    ...head,
    'Proxy-Connection: keep-alive',
    'Content-Length: 4',
    'Connection: close',
    '',
    'body',
  )
  expect(seen).toEqual([['PUT', '/a%2fb?c=[d]#e', ['Host', `127.0.0.1:${port}`, 'X-One', '1', 'x-one', '2']]])
  expect(response).toMatch(/^HTTP\/1\.1 201 Made\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n.*body/s)
  expect(mock.journal.count()).toBe(0)
})

test('a URL without a path leads to the root of its host, and one of another scheme nowhere', async () => {
  const mock = await running()
  const port = await otherServer(({ url }, response) => response.end(`the URL is ${url}`))
  expect(await send(mock.url, `GET http://127.0.0.1:${port}?a HTTP/1.1`, 'Host: a', ...end)).toContain('the URL is /?a')
  expect(await send(mock.url, `GET ftp://127.0.0.1:${port}/ HTTP/1.1`, 'Host: a', ...end)).toMatch(/^HTTP\/1\.1 404 /)
})

test('a request in absolute form by https is sent by TLS, and fails if the certificate is not trusted', async () => {
  const mock = await running()
  const { cert, key } = await createCertificateAuthority()
  const port = await portOf(createTlsServer({ cert, key }, (_request, response) => response.end('secret')))
  const response = await send(mock.url, `GET https://localhost:${port}/ HTTP/1.1`, `Host: localhost:${port}`, ...end)
  expect(response).toMatch(/^HTTP\/1\.1 502 .*cannot pass this request on: .*certificate/s)
})

test('a host that cannot be reached is a 502, and a response that breaks off breaks off', async () => {
  const mock = await running()
  expect(await send(mock.url, 'GET http://127.0.0.1:1/ HTTP/1.1', 'Host: a', ...end)).toMatch(/^HTTP\/1\.1 502 /)
  const port = await otherServer((_request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half', () => response.destroy())
  })
  expect(await send(mock.url, `GET http://127.0.0.1:${port}/ HTTP/1.1`, 'Host: a', ...end)).toMatch(
    /^HTTP\/1\.1 200 .*half$/s,
  )
})

test('100 Continue of another host is passed on before the body is sent', async () => {
  const mock = await running()
  const port = await otherServer((request, response) => void request.pipe(response))
  const head = [
    `POST http://127.0.0.1:${port}/ HTTP/1.1`,
    'Host: a',
    'Content-Length: 4',
    'Expect: 100-continue',
    ...end,
  ]
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  socket.write(head.join('\r\n'))
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 100 Continue\r\n/)
  socket.write('body')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 .*body/s)
})

test.each(['http://api.hubapi.com', 'https://api-eu1.hubapi.com:443', 'http://localhost:own', 'http://[::1]:own'])(
  'a request in absolute form to %s is served by the mock',
  async (origin) => {
    const mock = await running()
    const url = `${origin.replace('own', new URL(mock.url).port)}/marketing/v3/campaigns`
    const response = await send(mock.url, `GET ${url} HTTP/1.1`, 'Host: a', 'Authorization: Bearer any', ...end)
    expect(response).toMatch(/^HTTP\/1\.1 200 .*"total":3/s)
  },
)

test('a mock that other machines can reach passes no request on, and says why', async () => {
  const mock = await running({}, { host: '0.0.0.0' })
  const port = await otherServer((_request, response) => response.end('reached'))
  const response = await send(mock.url, `GET http://127.0.0.1:${port}/ HTTP/1.1`, 'Host: a', ...end)
  expect(response).toMatch(/^HTTP\/1\.1 405 .*x-mock-hint: other machines can reach this mock/s)
  const own = `GET http://hubspot:${new URL(mock.url).port}/marketing/v3/campaigns HTTP/1.1`
  expect(await send(mock.url, own, 'Host: a', 'Authorization: Bearer any', ...end)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a request to another host goes through the proxy of the user, unless NO_PROXY names the host', async () => {
  const seen: unknown[] = []
  const proxyPort = await otherServer(({ url, headers }, response) => {
    seen.push([url, headers['proxy-authorization']])
    response.end('by the proxy')
  })
  const http = new URL(`http://user:p%40ss@127.0.0.1:${proxyPort}`)
  const mock = await running({ http, noProxy: ['127.0.0.0/8'] })
  const url = 'http://other.example/a?b'
  expect(await send(mock.url, `GET ${url} HTTP/1.1`, 'Host: other.example', ...end)).toContain('by the proxy')
  expect(seen).toEqual([[url, `Basic ${Buffer.from('user:p@ss').toString('base64')}`]])
  const port = await otherServer((_request, response) => response.end('directly'))
  expect(await send(mock.url, `GET http://127.0.0.1:${port}/ HTTP/1.1`, 'Host: a', ...end)).toContain('directly')
})

test.each(['127.0.0.1', 'localhost'])(
  'an https proxy on %s whose certificate is not trusted is a 502',
  async (host) => {
    const { cert, key } = await createCertificateAuthority()
    const port = await portOf(createTlsServer({ cert, key }))
    const mock = await running({ https: new URL(`https://${host}:${port}`) })
    expect(await send(mock.url, 'CONNECT a.example:443 HTTP/1.1', 'Host: a.example', '', '')).toMatch(
      /^HTTP\/1\.1 502 /,
    )
  },
)

test.each([
  ['http://proxy.example', { host: 'proxy.example', port: 80 }],
  ['https://proxy.example', { host: 'proxy.example', port: 443 }],
  ['http://[::1]:3128', { host: '::1', port: 3128 }],
])('the proxy %s is at %j', (url, target) => {
  expect(targetOf(new URL(url))).toEqual(target)
})

test('a tunnel goes through the proxy of the user for its port', async () => {
  const seen: string[] = []
  const proxy = async (name: string) => {
    const port = await portOf(
      createTcpServer((client) => {
        client.on('error', () => {})
        client.once('data', (data) => {
          seen.push(`${name} ${String(data).split('\r\n')[0]}`)
          client.end('HTTP/1.1 200 OK\r\n\r\n')
        })
      }),
    )
    return new URL(`http://127.0.0.1:${port}`)
  }
  const mock = await running({
    http: await proxy('http'),
    https: await proxy('https'),
    noProxy: ['direct.example:444'],
  })
  for (const target of ['a.example:443', 'a.example:80', 'direct.example:443', '[::1]:8443']) {
    await send(mock.url, `CONNECT ${target} HTTP/1.1`, `Host: ${target}`, '', '')
  }
  expect(seen).toEqual([
    'https CONNECT a.example:443 HTTP/1.1',
    'http CONNECT a.example:80 HTTP/1.1',
    'https CONNECT direct.example:443 HTTP/1.1',
    'https CONNECT [::1]:8443 HTTP/1.1',
  ])
})

test.each([
  ['Trailer: X\r\nContent-Length: 2', 'HTTP/1.1 200 OK'],
  ['Trailer: X', 'HTTP/1.1 200 OK'],
  ['Connection: content-length, host', 'HTTP/1.1 200 OK'],
  ['X: 1', 'HTTP/1.1 099 Odd'],
  ['X: 1', 'HTTP/1.1 200 OK\r\nTrailer: Y'],
  ['X: 1', 'HTTP/1.1 200 O\tK'],
  ['X: 1', 'this is not HTTP'],
])('unusual messages do not stop the mock: %j to a host that responds %j', async (header, status) => {
  const mock = await running()
  const port = await portOf(
    createTcpServer((client) =>
      client.on('error', () => {}).once('data', () => client.end(`${status}\r\nContent-Length: 2\r\n\r\nok`)),
    ),
  )
  for (const version of ['1.0', '1.1']) {
    const head = [`GET http://127.0.0.1:${port}/ HTTP/${version}`, 'Host: a', header, 'Connection: close', '', 'ab']
    expect(await send(mock.url, ...head)).toMatch(/^HTTP\/1\.1 (200 O|502 )/)
  }
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

/** Sends what arrives at a free port of this machine to the client as the body of a response. */
async function echoed(mock: { readonly url: string }, request: (port: number) => string[]): Promise<string> {
  const port = await portOf(
    createTcpServer((client) => {
      client.on('error', () => {})
      client.once('data', (data) => client.end(`HTTP/1.1 200 OK\r\nContent-Length: ${data.length}\r\n\r\n${data}`))
    }),
  )
  const response = await send(mock.url, ...request(port))
  return response.slice(response.indexOf('\r\n\r\n') + 4).replaceAll(String(port), 'port')
}

test.each(['1.1', '1.0'])(
  'HTTP/%s: a Host that differs from the URL is replaced by the host of the URL',
  async (version) => {
    const mock = await running()
    const arrived = await echoed(mock, (port) => [
      `GET http://user:secret@127.0.0.1:${port}/a HTTP/${version}`,
      'X-One: 1',
      'Host: other.example',
      ...end,
    ])
    expect(arrived).toMatch(/^GET \/a HTTP\/1\.1\r\nHost: 127\.0\.0\.1:port\r\nX-One: 1\r\n/)
    expect(arrived).not.toContain('other.example')
  },
)

test('a request of HTTP/1.0 without Host is passed on with one', async () => {
  const mock = await running()
  const arrived = await echoed(mock, (port) => [`GET http://localhost:${port}/ HTTP/1.0`, '', ''])
  expect(arrived.match(/^host: .*$/gim)).toEqual(['Host: localhost:port'])
})

test.each([
  ['Content-Length: 4', 'body'],
  ['Transfer-Encoding: chunked', '4\r\nbody\r\n0\r\n\r\n'],
])('a Connection that names %j does not remove it', async (framing, body) => {
  const mock = await running()
  const names = 'Connection: close, Content-Length, transfer-encoding,host, x-drop'
  const arrived = await echoed(mock, (port) => [
    `GET http://127.0.0.1:${port}/ HTTP/1.1`,
    'Host: a',
    'X-Drop: 1',
    framing,
    names,
    '',
    body,
  ])
  expect(arrived).toContain(`\r\n${framing}\r\n`)
  expect(arrived).toContain('\r\nHost: 127.0.0.1:port\r\n')
  expect(arrived).not.toContain('X-Drop')
})

test('a Connection in a response does not remove its Content-Length', async () => {
  const mock = await running()
  const port = await portOf(
    createTcpServer((client) => {
      client.on('error', () => {})
      client.once('data', () =>
        client.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: content-length\r\n\r\nok'),
      )
    }),
  )
  const response = await send(mock.url, `GET http://127.0.0.1:${port}/ HTTP/1.1`, 'Host: a', ...end)
  expect(response).toContain('\r\nContent-Length: 2\r\n')
})

test.each([
  ['OPTIONS', '', '*'],
  ['OPTIONS', '/', '/'],
  ['OPTIONS', '?a', '/?a'],
  ['GET', '', '/'],
])('%s of a URL with the path %j is passed on as %s', async (method, path, expected) => {
  const mock = await running()
  const arrived = await echoed(mock, (port) => [
    `${method} http://127.0.0.1:${port}${path} HTTP/1.1`,
    'Host: a',
    ...end,
  ])
  expect(arrived.split('\r\n')[0]).toBe(`${method} ${expected} HTTP/1.1`)
})

test('a request that is passed on names the mock in Via, after the proxies before it', async () => {
  const mock = await running()
  const arrived = await echoed(mock, (port) => [
    `GET http://127.0.0.1:${port}/ HTTP/1.1`,
    'Host: a',
    'Via: 1.0 first',
    ...end,
  ])
  expect(arrived.match(/^via: .*(?=\r)/gim)).toEqual([
    expect.stringMatching(/^Via: 1\.0 first, 1\.1 hubspot-campaigns-mock-[\w-]+$/),
  ])
})

test.each(['127.0.0.1', 'localhost', '[::1]'])(
  'a mock whose proxy is itself, as %s, refuses to pass on',
  async (host) => {
    const upstream = { http: new URL(`http://${host}`), https: new URL(`http://${host}`) }
    const mock = await running(upstream)
    for (const proxy of Object.values(upstream)) proxy.port = new URL(mock.url).port
    const response = await send(mock.url, 'GET http://foreign.example/ HTTP/1.1', 'Host: foreign.example', ...end)
    expect(response).toMatch(/^HTTP\/1\.1 502 .*is this mock itself: unset the variable/s)
    for (const target of ['foreign.example:443', 'foreign.example:80']) {
      const tunnel = await send(mock.url, `CONNECT ${target} HTTP/1.1`, `Host: ${target}`, '', '')
      expect(tunnel).toMatch(/^HTTP\/1\.1 502 .*X-Mock-Hint: the proxy .* is this mock itself: unset the variable/s)
    }
  },
)

test('two mocks that are the proxies of each other refuse what comes back', async () => {
  const toOther = { http: new URL('http://127.0.0.1'), https: new URL('http://127.0.0.1') }
  const one = await running(toOther)
  const other = await running({ http: new URL(one.url), https: new URL(one.url) })
  for (const proxy of Object.values(toOther)) proxy.port = new URL(other.url).port
  const response = await send(one.url, 'GET http://foreign.example/ HTTP/1.1', 'Host: foreign.example', ...end)
  expect(response).toMatch(/^HTTP\/1\.1 502 .*has passed this mock before/s)
  const tunnel = await send(one.url, 'CONNECT foreign.example:443 HTTP/1.1', 'Host: foreign.example:443', '', '')
  expect(tunnel).toMatch(/^HTTP\/1\.1 502 .*X-Mock-Hint: the request has passed this mock before/s)
})

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'

/** A mock that is a proxy, and a connection to it. */
async function connected() {
  const mock = await startMock({ fixtures: {}, campaigns: 3, intercept: true })
  onTestFinished(() => mock.close())
  const socket = connect({ port: Number(new URL(mock.url).port), host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  const requestTunnel = (target: string) => socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  return { mock, socket, requestTunnel }
}

/** Another server on this machine. */
async function otherServer(onConnection: (remote: Socket) => void): Promise<string> {
  const server = createServer((remote) => onConnection(remote.on('error', () => {})))
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  'a.example:99999',
  'a.example:0',
  'a.example:',
  'a.example',
  ':443',
  '[::1:443',
  'user@a.example:443',
  'http://a.example/',
])('CONNECT %s is a 400, and the mock still responds', async (target) => {
  const { mock, socket, requestTunnel } = await connected()
  requestTunnel(target)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

test('a tunnel whose host breaks the connection ends without further bytes', async () => {
  const { socket, requestTunnel } = await connected()
  requestTunnel(await otherServer((remote) => remote.once('data', () => remote.resetAndDestroy())))
  await once(socket, 'data')
  socket.write('hi')
  expect(await text(socket).catch(() => '')).toBe('')
})

test('an open tunnel ends at both ends when the mock closes', async () => {
  const { mock, socket, requestTunnel } = await connected()
  const accepted: Socket[] = []
  requestTunnel(await otherServer((remote) => accepted.push(remote)))
  await once(socket, 'data')
  await mock.close()
  const [remote] = accepted
  if (remote !== undefined && !remote.closed) await once(remote.resume(), 'close')
  expect(remote?.closed).toBe(true)
})

test('plain HTTP in a tunnel to port 80 of HubSpot is served', async () => {
  const { mock, socket, requestTunnel } = await connected()
  requestTunnel('api.hubapi.com:80')
  await once(socket, 'data')
  socket.write('GET /marketing/v3/campaigns?limit=1 HTTP/1.1\r\nHost: api.hubapi.com\r\n')
  socket.write('Authorization: Bearer any\r\nConnection: close\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 .*"link":"http:\/\/api\.hubapi\.com\/marketing/s)
  expect(mock.journal.count({ status: 200 })).toBe(1)
})

test('a request in the same packet as its CONNECT is served', async () => {
  const { socket } = await connected()
  const target = 'CONNECT api.hubapi.com:80 HTTP/1.1\r\nHost: api.hubapi.com:80\r\n\r\n'
  socket.write(`${target}GET /health HTTP/1.1\r\nHost: api.hubapi.com\r\nConnection: close\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK/)
})

test('both ends of a tunnel can close their direction while the other goes on', async () => {
  const { socket, requestTunnel } = await connected()
  const received: Promise<string>[] = []
  const server = createServer({ allowHalfOpen: true }, (remote) => {
    received.push(text(remote))
    remote.end('all that the host sends')
  })
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  requestTunnel(`127.0.0.1:${(server.address() as AddressInfo).port}`)
  let all = ''
  await once(
    socket.on('data', (data) => (all += data)),
    'end',
  )
  expect(all).toBe('HTTP/1.1 200 Connection Established\r\n\r\nall that the host sends')
  socket.end('sent after the host has closed')
  expect(await received[0]).toBe('sent after the host has closed')
})

test.each([
  { servername: '' },
  { servername: 'unknown.example' },
  { servername: 'api.hubapi.com', maxVersion: 'TLSv1.2' },
] as const)(
  'a client that says %j in its handshake is served, with the certificate for HubSpot’s hosts',
  async (options) => {
    const { mock, socket, requestTunnel } = await connected()
    requestTunnel('api.hubapi.com:443')
    await once(socket, 'data')
    const secure = connectTls({ socket, ca: mock.ca, checkServerIdentity: () => undefined, ...options })
    secure.write('GET /health HTTP/1.1\r\nHost: api.hubapi.com\r\nConnection: close\r\n\r\n')
    expect(await text(secure)).toMatch(/^HTTP\/1\.1 200 /)
    expect(mock.ca).toContain('BEGIN CERTIFICATE')
  },
)

test.each([
  'GET / HTTP/1.1\r\nHost: api.hubapi.com\r\n\r\n',
  '\u0000'.repeat(100_000),
  '\u0016\u0003\u0001\u00ff\u00ff garbage',
])('bytes in a tunnel to HubSpot that are not TLS end it, and the mock goes on (%#)', async (bytes) => {
  const { mock, socket, requestTunnel } = await connected()
  requestTunnel('api.hubapi.com:443')
  await once(socket, 'data')
  socket.end(bytes)
  await text(socket).catch(() => '')
  expect((await fetch(`${mock.url}/health`)).status).toBe(200)
})

test('a client that offers only HTTP/2 is refused in its handshake', async () => {
  const { mock, socket, requestTunnel } = await connected()
  requestTunnel('api.hubapi.com:443')
  await once(socket, 'data')
  const secure = connectTls({ socket, ca: mock.ca, servername: 'api.hubapi.com', ALPNProtocols: ['h2'] })
  expect(String((await once(secure, 'error'))[0])).toMatch(/no application protocol|alert number 120/)
})

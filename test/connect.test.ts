import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'

/** A mock that is a proxy, and a connection to it. */
async function connected() {
  const mock = await startMock({ fixtures: {}, campaigns: 3, intercept: true })
  onTestFinished(() => mock.close())
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
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

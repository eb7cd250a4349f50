import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { v3 } from './build.ts'
import { reportLeftOut } from './left-out.ts'

const addresses = (await lookup('localhost', { all: true })).map(({ address }) => address)
if (!addresses.includes('::1')) reportLeftOut('localhost has no address ::1 here: only its IPv4 address is tested')

/** Sends bytes to one address of a mock on localhost, and reads the response until the connection ends. */
async function send(address: string, bytes: string): Promise<string> {
  const mock = await startMock({ host: 'localhost', fixtures: {} })
  onTestFinished(() => mock.close())
  const socket = connect(Number(new URL(mock.url).port), address)
  socket.write(bytes)
  return text(socket)
}

test.each(addresses)('the server on %s serves requests', async (address) => {
  const request = 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  expect(await send(address, request)).toMatch(/^HTTP\/1\.1 200 /)
})

test.each(addresses)('the server on %s answers bytes that are not HTTP with an envelope', async (address) => {
  expect(await send(address, '\u0001\u0002\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"category":"VALIDATION_ERROR"/s)
})

test.each(addresses)('the server on %s refuses CONNECT', async (address) => {
  const request = 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'
  expect(await send(address, request)).toMatch(/^HTTP\/1\.1 405 /)
})

test.each(addresses)('the server on %s refuses a call before the client sends its body', async (address) => {
  const head = [
    `POST ${v3} HTTP/1.1`,
    'Host: localhost',
    'Expect: 100-continue',
    'Content-Length: 5',
    'Connection: close',
  ]
  expect(await send(address, `${head.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 401 /)
})

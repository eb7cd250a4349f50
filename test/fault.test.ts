import { createHook } from 'node:async_hooks'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type MockOptions, startMock } from '../src/index.ts'
import { type Step, spring, v3 } from './build.ts'

/** Longer than a test may take: a test that waits for it fails. */
const anHourMs = 3_600_000

/** The timers that are set from now on, and not cleared, for longer than the test runner sets any. */
function longWaits(): ReadonlySet<number> {
  const waits = new Set<number>()
  const isLong = (timer: object) => Reflect.get(timer, '_idleTimeout') >= anHourMs / 24
  const hook = createHook({
    init: (id, kind, _trigger, timer) => void (kind === 'Timeout' && isLong(timer) && waits.add(id)),
    destroy: (id) => void waits.delete(id),
  }).enable()
  onTestFinished(() => void hook.disable())
  return waits
}

/** A mock on which these steps play, and a way to see the bytes it sends. */
async function playing(steps: Step[], options: MockOptions = {}) {
  const mock = await startMock({
    fixtures: { campaigns: [spring], scenario: 'mine', scenarios: { mine: steps } },
    ...options,
  })
  onTestFinished(() => mock.close())
  const body = JSON.stringify({ inputs: [{ id: spring.id }] })
  const ask = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `POST ${v3} HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    return socket
  }
  return { mock, ask }
}

/** A batch without ids, from a client that waits for a word before it sends its body. */
const expectingBody = '{"inputs":[]}'
const expecting = `POST ${v3} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\nexpect: 100-continue\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\ncontent-length: ${expectingBody.length}\r\n\r\n${expectingBody}`

/** All that comes until the connection ends, and how it ends. */
async function ending(socket: Socket) {
  const pieces: string[] = []
  let end = 'nothing'
  socket.on('data', (piece) => pieces.push(piece.toString()))
  socket.on('end', () => {
    end = 'FIN'
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code === 'ECONNRESET' ? 'RST' : `${error.code}`
  })
  await once(socket, 'close').catch(() => {})
  return { text: pieces.join(''), pieces, end }
}

const bodyOf = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4)
const lengthOf = (text: string) => Number(/content-length: (\d+)/i.exec(text)?.[1])

test('reset ends in an RST, without a byte', async () => {
  const { ask } = await playing([{ fault: 'reset' }])
  expect(await ending(await ask())).toMatchObject({ text: '', end: 'RST' })
})

test('empty ends in a FIN, without a byte', async () => {
  const { ask } = await playing([{ fault: 'empty' }])
  expect(await ending(await ask())).toMatchObject({ text: '', end: 'FIN' })
})

test('empty sends no 100 Continue, and a response does', async () => {
  const { mock } = await playing([{ fault: 'empty', times: 1 }])
  const send = async () => {
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(expecting)
    return ending(socket)
  }
  expect(await send()).toMatchObject({ text: '', end: 'FIN' })
  expect((await send()).text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
})

test('a 100 Continue is sent before its response, also if that waits behind a slow one', async () => {
  const { ask } = await playing([{ delay: 20, times: 1 }])
  const socket = await ask()
  socket.write(expecting)
  const { text } = await ending(socket)
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 100', 'HTTP/1.1 200'])
  expect(text).toMatch(/100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
})

test('truncate sends the headers and half the body, then a FIN', async () => {
  const { ask } = await playing([{ fault: 'truncate' }])
  const { text, end } = await ending(await ask())
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*x-mock-scenario: mine\r\n/)
  expect(bodyOf(text)).toHaveLength(Math.floor(lengthOf(text) / 2))
  expect(end).toBe('FIN')
})

test('truncate cuts an error too', async () => {
  const { ask } = await playing([{ fault: 'truncate', error: 'unavailable' }])
  const { text } = await ending(await ask())
  expect(text).toMatch(/^HTTP\/1\.1 503 /)
  expect(bodyOf(text).length).toBeLessThan(lengthOf(text))
})

test('drip sends the whole body in small pieces over its delay', async () => {
  const { ask } = await playing([{ fault: 'drip', delay: 200 }])
  const begun = performance.now()
  const socket = await ask()
  const pieces: string[] = []
  socket.on('data', (piece) => pieces.push(piece.toString()))
  while (!(bodyOf(pieces.join('')).length === lengthOf(pieces.join('')))) await once(socket, 'data')
  socket.destroy()
  expect(performance.now() - begun).toBeGreaterThan(150)
  expect(pieces.length).toBeGreaterThan(5)
  expect(JSON.parse(bodyOf(pieces.join('')))).toMatchObject({ results: [{ id: spring.id }] })
})

test('truncate of a status without a body sends its headers all the same', async () => {
  const { ask } = await playing([{ fault: 'truncate', error: { status: 204 } }])
  expect(await ending(await ask())).toMatchObject({
    text: expect.stringMatching(/^HTTP\/1\.1 204 No Content\r\n/),
    end: 'FIN',
  })
})

test('drip of a status without a body sends its headers all the same', async () => {
  const { ask } = await playing([{ fault: 'drip', error: { status: 204 } }])
  const [head] = await once(await ask(), 'data')
  expect(String(head)).toMatch(/^HTTP\/1\.1 204 No Content\r\n/)
})

test('drip needs no delay', async () => {
  const { ask } = await playing([{ fault: 'drip' }])
  const [head] = await once(await ask(), 'data')
  expect(String(head)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
})

test('empty does not wait for a body that never arrives', async () => {
  const { mock } = await playing([{ fault: 'empty' }])
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`POST ${v3} HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer any\r\ncontent-length: 13\r\n\r\n{"inp`)
  expect(await ending(socket)).toMatchObject({ text: '' })
})

test('bytes in the middle of a response get no response inside it', async () => {
  const { mock, ask } = await playing([{ fault: 'drip', delay: anHourMs }])
  const socket = await ask()
  const seen = ending(socket)
  await once(socket, 'data')
  await new Promise((resolve) => socket.write('GARBAGE\r\n\r\n', resolve))
  await fetch(`${mock.url}/health`)
  await mock.close()
  const { text } = await seen
  expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
})

test('pipelined requests of a client that gave up are all recorded, and close does not wait for them', async () => {
  const { mock, ask } = await playing([{ delay: anHourMs }])
  const socket = await ask()
  const body = '{"inputs":[]}'
  const one = `POST ${v3} HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  await new Promise((resolve) => socket.write(one.repeat(20), resolve))
  await fetch(`${mock.url}/health`)
  socket.destroy()
  await expect.poll(() => mock.journal.count()).toBe(21)
  await mock.close()
})

describe('a client that gives up early leaves nothing behind', () => {
  test.each([
    ['a delay', { delay: anHourMs }],
    ['a drip', { fault: 'drip', delay: anHourMs }],
  ] as const)('in %s', async (_what, step) => {
    const waits = longWaits()
    const { mock, ask } = await playing([{ ...step, times: 1 }])
    const socket = await ask()
    await expect.poll(() => waits.size).toBe(1)
    socket.destroy()
    await once(socket, 'close')
    await expect.poll(() => mock.journal.list().map(({ ms }) => ms)).toEqual([expect.any(Number)])
    await expect.poll(() => waits.size).toBe(0)
    await mock.close()
  })
})

test.each([
  ['a delay', { delay: anHourMs }],
  ['a drip', { fault: 'drip', delay: anHourMs }],
] as const)('a mock that closes ends %s at once, and the answer still comes', async (_what, step) => {
  const { mock, ask } = await playing([step])
  const socket = await ask()
  const seen = ending(socket)
  await fetch(`${mock.url}/health`)
  await mock.close()
  expect(JSON.parse(bodyOf((await seen).text))).toMatchObject({ results: [{ id: spring.id }] })
})

test('a delay of {min, max} lies between the two', async () => {
  const { mock } = await playing([{ delay: { min: 30, max: 60 } }])
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  await fetch(mock.url + v3, { method: 'POST', headers, body: '{"inputs":[]}' })
  await expect.poll(() => mock.journal.last()?.ms).toBeGreaterThanOrEqual(29)
})

test('the journal has no status for a request without a response', async () => {
  const { mock, ask } = await playing([
    { fault: 'reset', times: 1 },
    { fault: 'empty', times: 1 },
    { fault: 'truncate' },
  ])
  for (let i = 0; i < 3; i++) await ending(await ask())
  await expect.poll(() => mock.journal.list()).toMatchObject([{ status: null }, { status: null }, { status: 200 }])
})

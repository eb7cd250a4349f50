import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { EventSource } from 'eventsource'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { EventTexts } from '../src/control/event-texts.ts'
import { buildApp, type JournalEvent, type MockOptions, startMock } from '../src/index.ts'
import type { ExchangeRecord } from '../src/world/journal/exchange.ts'

const me = '/integrations/v1/me'

async function mockWithCalls(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: {}, ...options })
  onTestFinished(() => mock.close())
  const call = async (token = 'any', path = me) => {
    const response = await fetch(mock.url + path, { headers: { authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
  }
  return { mock, call, portal: mock.portal('any') }
}

/** The next events of an iterator, in short. */
async function next(events: AsyncIterator<JournalEvent, undefined>, count: number) {
  const seen: unknown[] = []
  while (seen.length < count) {
    const { value } = await events.next()
    seen.push(value?.type === 'exchange' ? [value.exchange.path, value.exchange.status] : value?.type)
  }
  return seen
}

describe('journal.events()', () => {
  test('has an exchange when its request has been read, and when its response has ended', async () => {
    const { call, portal } = await mockWithCalls()
    const events = portal.journal.events()
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const answered = call()
    expect(await next(events, 1)).toEqual([[me, null]])
    expect(portal.scenarios.release()).toBe(1)
    expect(await next(events, 1)).toEqual([[me, 200]])
    await answered
  })

  test('of a portal has no exchanges of others', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const [ours, all] = [portal.journal.events(), mock.journal.events()]
    await call('second', '/other')
    await call()
    expect(await next(ours, 1)).toEqual([[me, 200]])
    expect(await next(all, 2)).toEqual([
      ['/other', 404],
      [me, 200],
    ])
  })

  test('of a portal does not say that another was cleared', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const events = portal.journal.events()
    mock.portal('second').journal.clear()
    await call()
    expect(await next(events, 1)).toEqual([[me, 200]])
  })

  test('says once that the journal was cleared if a thousand portals were', async () => {
    const { mock, call } = await mockWithCalls()
    const events = mock.journal.events()
    for (let i = 0; i <= 1000; i++) mock.portal(`portal-${i}`).journal.clear()
    await call()
    expect(await next(events, 2)).toEqual(['clear', [me, 200]])
  })

  test('says that the journal was cleared or reset, of the portal or of the mock', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const [ours, all] = [portal.journal.events(), mock.journal.events()]
    await call()
    portal.journal.clear()
    mock.reset()
    await call()
    expect(await next(ours, 3)).toEqual(['clear', 'clear', [me, 200]])
    const [first, second] = [await all.next(), await all.next()]
    expect(first.value).toMatchObject({ type: 'clear', portal: expect.stringMatching(/^\w{12}$/) })
    expect(second.value).toMatchObject({ type: 'clear', portal: null })
  })

  test('has no exchange that a reset removed while its request was held', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const events = mock.journal.events()
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const held = call()
    expect(await next(events, 1)).toEqual([[me, null]])
    mock.reset()
    await held
    await call('second', '/other')
    expect(await next(events, 2)).toEqual(['clear', ['/other', 404]])
  })

  test('ends with its loop and when the mock closes, also while it waits', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const [stopped, waiting] = [portal.journal.events(), portal.journal.events()]
    await call()
    for await (const { type } of stopped) {
      expect(type).toBe('exchange')
      break
    }
    expect(await stopped.next()).toEqual({ done: true, value: undefined })
    await waiting.next()
    const pending = waiting.next()
    await mock.close()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(await mock.journal.events().next()).toEqual({ done: true, value: undefined })
  })

  test('has an exchange once if its reader comes late, and counts those that were dropped', async () => {
    const { call, portal } = await mockWithCalls()
    const events = portal.journal.events()
    for (let i = 0; i < 1003; i++) await call()
    expect(await events.next()).toMatchObject({ value: { type: 'dropped', count: 3 } })
    expect(await next(events, 1000)).toEqual(Array.from({ length: 1000 }, () => [me, 200]))
  })
})

/** The server-sent events of a mock. Ends after the test. */
async function follow(url: string, query = '', headers: Record<string, string> = {}) {
  const aborted = new AbortController()
  onTestFinished(() => aborted.abort())
  const response = await fetch(`${url}/_mock/requests/events${query}`, { headers, signal: aborted.signal })
  const decoder = new TextDecoder()
  const chunks = response.body?.[Symbol.asyncIterator]()
  let text = ''
  const nextEvent = async () => {
    for (;;) {
      const [block = '', rest] = text.split(/\n\n(.*)/s)
      if (rest === undefined) {
        const chunk = await chunks?.next()
        if (chunk?.done !== false) return undefined
        text += decoder.decode(chunk.value, { stream: true })
        continue
      }
      text = rest
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
      if (fields.event !== undefined) return { ...fields, data: JSON.parse(fields.data) }
    }
  }
  return { response, nextEvent, abort: () => aborted.abort() }
}

/** The first event of an exchange that is answered. */
async function untilAnswered(nextEvent: Awaited<ReturnType<typeof follow>>['nextEvent']) {
  for (;;) {
    const event = await nextEvent()
    if (event === undefined || event.data.ms !== null) return event
  }
}

const bearer = { authorization: 'Bearer any' }

describe('GET /_mock/requests/events', () => {
  test('sends exchanges as server-sent events', async () => {
    const { mock, call, portal } = await mockWithCalls()
    const { response, nextEvent } = await follow(mock.url, '', bearer)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const answered = call()
    const first = await nextEvent()
    expect(first).toMatchObject({ event: 'exchange', data: { path: me, status: null, responseHeaders: {} } })
    portal.scenarios.release()
    await answered
    const second = await nextEvent()
    expect(second?.data).toEqual(portal.journal.last())
    expect(second?.data.correlationId).toBe(first?.data.correlationId)
    expect(Number(second?.id)).toBeGreaterThan(Number(first?.id))
    portal.reset()
    expect(await nextEvent()).toMatchObject({ event: 'clear', data: { portal: second?.data.portal } })
  })

  test('begins with what the journal has after an id; 0 is before all', async () => {
    const { mock, call } = await mockWithCalls()
    for (const path of ['/1', '/2', '/3']) await call('any', path)
    const { nextEvent } = await follow(mock.url, '?after=0')
    expect(await nextEvent()).toMatchObject({ event: 'clear', data: { portal: null } })
    expect((await nextEvent())?.data.path).toBe('/1')
    const { id } = Object(await nextEvent())
    const rest = await follow(mock.url, '?after=0', { 'last-event-id': id })
    expect((await rest.nextEvent())?.data.path).toBe('/3')
  })

  test('sends the end of a response that a reader has missed', async () => {
    const { mock, call, portal } = await mockWithCalls()
    portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
    const first = await follow(mock.url)
    const answered = call()
    await first.nextEvent()
    await call('second', '/other')
    const { id } = Object(await untilAnswered(first.nextEvent))
    first.abort()
    portal.scenarios.release()
    await answered
    const second = await follow(mock.url, '', { 'last-event-id': id })
    expect((await second.nextEvent())?.data).toMatchObject({ path: me, status: 200 })
  })

  test.each([0, 999_999_999_999_999])('starts over after the id %d of another run', async (after) => {
    const { mock, call } = await mockWithCalls()
    await call('any', '/1')
    const { nextEvent } = await follow(mock.url, '', { 'last-event-id': String(after) })
    expect([(await nextEvent())?.event, (await nextEvent())?.data.path]).toEqual(['clear', '/1'])
  })

  test('starts over for a reader that was away during a reset', async () => {
    const { mock, call } = await mockWithCalls()
    const first = await follow(mock.url)
    await call('any', '/1')
    const { id } = Object(await first.nextEvent())
    first.abort()
    mock.reset()
    await call('any', '/2')
    const { nextEvent } = await follow(mock.url, '', { 'last-event-id': id })
    expect([(await nextEvent())?.event, (await nextEvent())?.data.path]).toEqual(['clear', '/2'])
  })

  test('refuses an id that is not a number', async () => {
    const { mock } = await mockWithCalls()
    for (const [query, headers] of [
      ['?after=x', {}],
      ['', { 'last-event-id': 'x' }],
    ] as const) {
      const response = await fetch(`${mock.url}/_mock/requests/events${query}`, { headers })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('got "x"') })
    }
  })

  test('needs the control token, if the mock has one', async () => {
    const { mock, call } = await mockWithCalls({ controlToken: 'secret' })
    expect((await follow(mock.url)).response.status).toBe(403)
    const { nextEvent } = await follow(mock.url, '', { 'x-mock-control-token': 'secret' })
    await call()
    expect((await nextEvent())?.event).toBe('exchange')
  })

  test('ends when the mock closes', async () => {
    const { mock } = await mockWithCalls()
    const { nextEvent } = await follow(mock.url)
    await mock.close()
    expect(await nextEvent()).toBeUndefined()
  })

  test('sends what has happened before the app closes', async () => {
    const app = await buildApp({ fixtures: {} })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const { nextEvent } = await follow(url)
    await (await fetch(url + me, { headers: bearer })).text()
    await app.close()
    expect((await untilAnswered(nextEvent))?.data).toMatchObject({ path: me, status: 200 })
    expect(await nextEvent()).toBeUndefined()
  })

  test('goes on after a lost connection in a client that follows the standard', async () => {
    const app = await createApp({ fixtures: {} })
    onTestFinished(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const connected = once(app.server, 'connection')
    const source = new EventSource(`${url}/_mock/requests/events?after=0`)
    onTestFinished(() => source.close())
    const paths: string[] = []
    const until = (path: string) =>
      new Promise<void>((resolve) => {
        source.addEventListener('exchange', ({ data }) => {
          if (JSON.parse(data).path === path) resolve()
        })
      })
    source.addEventListener('exchange', ({ data }) => paths.push(JSON.parse(data).path))
    const [socket] = await connected
    const [first, second] = [until('/1'), until('/2')]
    await (await fetch(`${url}/1`, { headers: bearer })).text()
    await first
    socket.destroy()
    await (await fetch(`${url}/2`, { headers: bearer })).text()
    await second
    expect([...new Set(paths)]).toEqual(['/1', '/2'])
    expect(source.readyState).toBe(EventSource.OPEN)
  })

  test('disconnects a reader that does not read, and keeps the one that does', async () => {
    const app = await createApp({ fixtures: {} })
    onTestFinished(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const connected = once(app.server, 'connection')
    const stuck = connect(Number(new URL(url).port), '127.0.0.1').pause()
    onTestFinished(() => void stuck.destroy())
    stuck.write('GET /_mock/requests/events HTTP/1.1\r\nhost: localhost\r\n\r\n')
    const [socket]: Socket[] = await connected
    const reading = await follow(url)
    const { journal } = app.world
    const closed = once(socket ?? stuck, 'close')
    for (let i = 0; i < 100; i++) journal.file(exchange('one', 'x'.repeat(100_000)), journal.open())
    for (let i = 0; i < 100; i++) expect((await reading.nextEvent())?.event).toBe('exchange')
    expect(socket?.writableLength).toBeLessThan(500_000)
    for (let i = 0; i < 1100; i++) journal.file(exchange('one', ''), journal.open())
    await closed
    expect(await reading.nextEvent()).toMatchObject({ event: 'dropped', data: { count: 100 } })
  })
})

/** A mock with readers that do not read, and the sockets of these on the side of the mock. */
async function appWithStuckReaders(count: number) {
  const app = await createApp({ fixtures: {} })
  onTestFinished(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const sockets: Socket[] = []
  app.server.on('connection', (socket) => void sockets.push(socket))
  for (let i = 0; i < count; i++) {
    const reader = connect(Number(new URL(url).port), '127.0.0.1')
    onTestFinished(() => void reader.destroy())
    reader.write('GET /_mock/requests/events HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await once(reader, 'data')
    reader.pause()
  }
  return { app, url, sockets }
}

test('a reader after the 50th is refused until another has left', async () => {
  const { url, sockets } = await appWithStuckReaders(50)
  const refused = await fetch(`${url}/_mock/requests/events`)
  expect([refused.status, await refused.json()]).toMatchObject([
    429,
    {
      message: '50 readers of events are connected, which is the maximum for one mock',
      hint: 'disconnect a reader, or read GET /_mock/requests instead',
    },
  ])
  const [socket] = sockets
  socket?.destroy()
  if (socket !== undefined) await once(socket, 'close')
  expect((await follow(url)).response.status).toBe(200)
})

test('readers that do not read are disconnected before 64 MiB wait for all of them', async () => {
  const { app, url, sockets } = await appWithStuckReaders(20)
  const reading = await follow(url)
  const closed = once(sockets[0] ?? app.server, 'close')
  const { journal } = app.world
  journal.file(exchange('one', '\u0001'.repeat(1024 * 1024)), journal.open())
  expect((await reading.nextEvent())?.event).toBe('exchange')
  await closed
  journal.file(exchange('one', 'next'), journal.open())
  expect((await reading.nextEvent())?.data.body).toBe('next')
  const waiting = sockets.reduce((sum, { writableLength, destroyed }) => sum + (destroyed ? 0 : writableLength), 0)
  expect(waiting).toBeLessThan(64 * 1024 * 1024)
})

test('readers share the text of an event', async () => {
  const app = await createApp({ fixtures: {} })
  onTestFinished(() => app.close())
  const { journal } = app.world
  const entry = journal.file(exchange('one', 'body'), journal.open())
  const texts = new EventTexts()
  const text = () => texts.textOf({ type: 'exchange', id: entry.eventId, entry })
  expect(text()).toBe(text())
  expect(String(text())).toContain('"body":"body"')
})

test('all readers get the same events', async () => {
  const { mock, call } = await mockWithCalls()
  const readers = await Promise.all([follow(mock.url), follow(mock.url), follow(mock.url, '', bearer)])
  for (let i = 0; i < 20; i++) await call('any', `/${i}`)
  for (const { nextEvent } of readers) {
    const paths = new Set<string>()
    while (paths.size < 20) paths.add((await nextEvent())?.data.path)
    expect([...paths]).toEqual(Array.from({ length: 20 }, (_, i) => `/${i}`))
  }
})

const exchange = (portal: string, body: string): ExchangeRecord => ({
  operation: null,
  campaignId: undefined,
  correlationId: '00000000-0000-4000-8000-000000000001',
  at: 0,
  portal,
  method: 'POST',
  url: '/',
  headers: {},
  baseUrl: 'http://localhost:4010',
  body,
  scenario: null,
  status: 200,
  responseBody: '',
  responseHeaders: {},
  hint: null,
  unread: [],
  ms: 1,
})

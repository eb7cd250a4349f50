import { once } from 'node:events'
import { mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CannotListen, type MockOptions, startMock } from '../src/index.ts'
import { spring, v3 } from './build.ts'
import { folder } from './folder.ts'

async function running(options: MockOptions = {}) {
  const mock = await startMock({ fixtures: { campaigns: [spring] }, ...options })
  onTestFinished(() => mock.close())
  return mock
}

const readFrom = (url: string, ids: string[]) =>
  fetch(url + v3, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: ids.map((id) => ({ id })) }),
  })

test('listens on a free port of loopback', async () => {
  const { url } = await running()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const answer = await readFrom(url, [spring.id])
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ results: [{ id: spring.id }] })
})

test.each([
  [{ fixture: {} }, 'fixture: unknown key "fixture": did you mean "fixtures"?'],
  [
    { fidelity: 'Observed' },
    'fidelity: unknown value "Observed": did you mean "observed"? expected documented or observed',
  ],
  [{ campaigns: -1 }, 'campaigns: expected a whole number from 0 to 4294967295, got -1'],
  [{ tokens: 'secret' }, 'tokens: expected a list of tokens, got a value that is not shown'],
  [{ seed: -1 }, 'seed: expected a whole number from 0 to 9007199254740991, got -1'],
  [{ clock: {} }, 'clock: expected an object with a function now()'],
  [{ port: 99999 }, 'port: expected a whole number from 0 to 65535, got 99999'],
])('an option that cannot be used is reported: %j', async (options, message) => {
  // A program that is not compiled is not held to the types.
  const starting = startMock(JSON.parse(JSON.stringify(options)))
  await expect(starting).rejects.toThrow(message)
})

test('two mocks in one process share nothing', async () => {
  const [one, two] = [await running(), await running({ fixtures: {} })]
  expect((await readFrom(one.url, [spring.id])).status).toBe(200)
  expect((await readFrom(two.url, [spring.id])).status).toBe(207)
})

test('a port in use is reported with the fix', async () => {
  const { url } = await running()
  const port = Number(new URL(url).port)
  const second = startMock({ port })
  await expect(second).rejects.toThrow(CannotListen)
  await expect(second).rejects.toThrow(
    `port ${port} is in use: stop what uses it, or choose another port (0 for a free one)`,
  )
})

test('a mock that other machines can reach logs a warning, unless it has a control token', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  await running({ host: '0.0.0.0', controlToken: 'secret', logger })
  await running({ host: '127.0.0.1', logger })
  expect(lines).toEqual([])
  await running({ host: '0.0.0.0', logger })
  expect(lines.join()).toContain(
    'other machines can reach the control API under /_mock: set a control token to prevent that',
  )
})

test('a host of another machine is reported with the fix', async () => {
  await expect(startMock({ host: '192.0.2.1' })).rejects.toThrow(
    'host 192.0.2.1 is not an address of this machine: choose another host',
  )
})

test('after close the port is free, and closing twice does no harm', async () => {
  const mock = await startMock()
  const port = Number(new URL(mock.url).port)
  await Promise.all([mock.close(), mock.close()])
  await running({ port })
})

test('await using closes it', async () => {
  const url = await (async () => {
    await using mock = await startMock()
    return mock.url
  })()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('close does not wait for connections that are kept alive', async () => {
  const mock = await startMock()
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(socket, 'data')
  const ended = once(socket, 'close')
  await mock.close()
  await ended
})

test.each([
  ['NONSENSE\r\n\r\n', '400 Bad Request'],
  ['CONNECT mock:1 HTTP/1.1\r\nhost: mock\r\n\r\n', '405 Method Not Allowed'],
  ['GET /x#% HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n', '404 Not Found'],
  ['GET / HTTP/1.1\r\nexpect: miracles\r\nconnection: close\r\n\r\n', '404 Not Found'],
])('%j on the socket is answered with the envelope', async (bytes, statusLine) => {
  const { url } = await running()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end(bytes)
  const text = Buffer.concat(await socket.toArray()).toString()
  expect(text.startsWith(`HTTP/1.1 ${statusLine}\r\n`)).toBe(true)
  const [, id] = /x-hubspot-correlation-id: (\S+)/.exec(text) ?? []
  expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ status: 'error', correlationId: id })
})

test('a client that resets its connection leaves nothing behind', async () => {
  const { url } = await running()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(`POST ${v3} HTTP/1.1\r\nhost: mock\r\n`, resolve))
  await fetch(`${url}/health`)
  socket.resetAndDestroy()
  await once(socket, 'close')
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('headers that are too large get an error in HubSpot’s envelope', async () => {
  const { url } = await running()
  const answer = await fetch(`${url}/health`, { headers: { 'x-large': 'x'.repeat(70_000) } })
  expect(answer.status).toBe(431)
  expect(await answer.json()).toMatchObject({ status: 'error', message: 'The request headers are too large' })
})

test('a request without a Host header is served, and its links have the address of the mock', async () => {
  const assets = { CTA: Array.from({ length: 51 }, (_, i) => ({ id: String(i) })) }
  const { url } = await running({ fixtures: { campaigns: [{ id: 'a', assets }] } })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const body = '{"inputs":[{"id":"a"}]}'
  socket.end(
    `POST ${v3} HTTP/1.0\r\nauthorization: Bearer any\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  expect(Buffer.concat(await socket.toArray()).toString()).toContain(
    `"link":"${url}/marketing/v3/campaigns/a/assets/CTA`,
  )
})

describe('a watched fixture', () => {
  const watched = async (name: 'file' | 'folder') => {
    const path = await folder({ 'my.yaml': 'campaigns: [{ id: old }]\n' })
    const file = join(path, 'my.yaml')
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const mock = await running({
      fixtures: name === 'file' ? file : path,
      watch: true,
      logger: pino({}, stream),
    })
    const found = async (id: string) => (await readFrom(mock.url, [id])).status === 200
    return { folder: path, file, found, lines, mock }
  }

  test.each(['file', 'folder'] as const)('%s is reloaded when it changes', async (name) => {
    const { file, found, lines } = await watched(name)
    expect(await found('old')).toBe(true)
    await writeFile(file, 'campaigns: [{ id: new }]\n')
    await expect.poll(() => found('new')).toBe(true)
    expect(await found('old')).toBe(false)
    expect(lines.join()).toContain('fixtures reloaded: 1 campaigns')
  })

  test('folder is reloaded when a file is added', async () => {
    const { folder, found } = await watched('folder')
    await writeFile(join(folder, 'more.json'), '{"campaigns":[{"id":"more"}]}')
    await expect.poll(() => found('more')).toBe(true)
    expect(await found('old')).toBe(true)
  })

  test('folder can be replaced, and is reloaded each time', async () => {
    const { folder, found } = await watched('folder')
    for (const id of ['second', 'third']) {
      await rm(folder, { recursive: true })
      await mkdir(folder)
      await writeFile(join(folder, 'my.yaml'), `campaigns: [{ id: ${id} }]\n`)
      await expect.poll(() => found(id)).toBe(true)
    }
  })

  test('folder can have links that change, as a mounted ConfigMap does', async () => {
    const { folder, found } = await watched('folder')
    await mkdir(join(folder, 'one'))
    await mkdir(join(folder, 'two'))
    for (const name of ['one', 'two']) await writeFile(join(folder, name, 'a.yaml'), `campaigns: [{ id: ${name} }]\n`)
    await symlink(join(folder, 'one', 'a.yaml'), join(folder, 'linked.yaml'))
    await expect.poll(() => found('one')).toBe(true)
    await symlink(join(folder, 'two', 'a.yaml'), join(folder, 'turned'))
    await rename(join(folder, 'turned'), join(folder, 'linked.yaml'))
    await expect.poll(() => found('two')).toBe(true)
    expect(await found('one')).toBe(false)
  })

  test('that was touched, or deleted and restored, is not loaded again', async () => {
    const { file, found, lines } = await watched('file')
    const content = await readFile(file)
    await rm(file)
    await expect.poll(() => lines.join()).toContain('fixtures not reloaded')
    await writeFile(file, content)
    await utimes(file, 0, 0)
    await writeFile(file, 'campaigns: [{ id: new }]\n')
    await expect.poll(() => found('new')).toBe(true)
    expect(lines.join().match(/fixtures reloaded/g)).toHaveLength(1)
  })

  test('keeps what tests have changed when it is reloaded', async () => {
    const { file, found, mock } = await watched('file')
    mock.campaigns.put({ id: 'planted' })
    await writeFile(file, 'campaigns: [{ id: new }]\n')
    await expect.poll(() => found('new')).toBe(true)
    expect(await found('planted')).toBe(true)
    expect(mock.journal.count()).toBeGreaterThan(1)
  })

  test('that is invalid is logged, and the previous one stays in use', async () => {
    const { file, found, lines } = await watched('file')
    await writeFile(file, 'zebra: true\n')
    await expect.poll(() => lines.join()).toContain('fixtures not reloaded')
    expect(lines.join()).toContain('my.yaml:1:1: zebra: unknown key')
    expect(await found('old')).toBe(true)
  })

  test('must be a file or folder', async () => {
    await expect(startMock({ fixtures: {}, watch: true })).rejects.toThrow(
      'watch: expected fixtures to be a file or a folder, got an object',
    )
  })
})

describe('the journal has the request of a call that failed', () => {
  test.each([
    ['an error', [{ error: 'rate-limited' }], 429],
    ['an error of one’s own', [{ error: { status: 418 } }], 418],
    ['a reset', [{ fault: 'reset' }], null],
    ['an empty answer', [{ fault: 'empty' }], null],
  ] as const)('by %s', async (_, steps, status) => {
    const { url, portal } = await running()
    portal('any').scenarios.play([...steps])
    await readFrom(`${url}`, [spring.id]).catch(() => {})
    await expect.poll(() => portal('any').journal.count()).toBe(1)
    const where = { ids: [spring.id], status }
    expect(portal('any').journal.last()).toMatchObject(where)
  })

  test('by the rate limit', async () => {
    const { url, journal } = await running({ rateLimit: 1 })
    await readFrom(url, [])
    await readFrom(url, [spring.id])
    expect(journal.last({ status: 429 })).toMatchObject({ ids: [spring.id] })
  })
})

test('a token that is not there is refused, and does not mean the whole mock', async () => {
  const mock = await running()
  // A program that is not compiled may well hand on what an environment lacks.
  expect(() => mock.portal(JSON.parse('{}').token)).toThrow('the token is empty')
  expect(() => mock.portal('Bearer any')).toThrow('contains a space')
})

test('the journal refuses unknown filters, as the control API does', async () => {
  const { journal } = await running()
  const [filter, verification] = [JSON.parse('{"statuss":1}'), JSON.parse('{"where":{},"time":2}')]
  expect(() => journal.count(filter)).toThrow('statuss: unknown key "statuss": did you mean "status"?')
  expect(() => journal.verify(verification)).toThrow('time: unknown key "time": did you mean "times"?')
})

test('campaigns and exchanges can be counted up to a limit', async () => {
  const { url, journal, campaigns } = await running()
  for (let i = 0; i < 3; i++) await readFrom(url, [])
  expect([journal.count(), journal.count({ limit: 2 }), journal.count({ limit: 5 })]).toEqual([3, 2, 3])
  expect(campaigns.list({ limit: 0 })).toEqual([])
})

test('a request that names more ids than expected is explained', async () => {
  const { url, journal } = await running()
  await readFrom(url, ['a', 'b'])
  expect(() => journal.expect({ ids: ['a'] })).toThrow('ids with "b" in addition')
})

test('an id that is no text is refused', async () => {
  const { campaigns } = await running()
  expect(() => campaigns.get(JSON.parse('7'))).toThrow('id: expected text, got 7')
})

test('an error that is played as a scenario is explained', async () => {
  const { scenarios } = await running()
  expect(() => scenarios.play('too-many-inputs')).toThrow(
    'that is an error, which a step can name: [{ "error": "too-many-inputs" }]',
  )
})

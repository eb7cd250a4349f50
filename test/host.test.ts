import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { v3 } from './build.ts'
import { sample } from './sample.ts'

const run = promisify(execFile)

/** Runs a program that uses the library until it ends by itself. */
async function program(text: string) {
  const folder = await sample({ 'program.js': text })
  return run(process.execPath, [join(folder, 'program.js')])
}

const read = `const read = (url, token = 'any') => fetch(url + '${v3}', {
  method: 'POST', headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
  body: '{"inputs":[{"id":"spring"}]}' }).then((answer) => answer.json())`

test('nothing is left after close: two dozen mocks, and the process ends by itself', async () => {
  const { stdout, stderr } = await program(`
    import { createHook } from 'node:async_hooks'
    import { startMock } from 'hubspot-campaigns-mock'
    ${read}
    // Timers, listeners and sockets that are made by the mock, or by what it is made of; not by Node and its fetch.
    const live = new Map()
    const kinds = ['Timeout', 'Immediate', 'TCPSERVERWRAP', 'FSEVENTWRAP', 'STATWATCHER']
    createHook({
      init(id, kind) {
        if (!kinds.includes(kind)) return
        const { stack } = new Error()
        if (/\\/(dist|node_modules)\\//.test(stack)) live.set(id, kind + stack)
      },
      destroy: (id) => live.delete(id),
    }).enable()
    for (let i = 0; i < 24; i++) {
      const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] }, campaigns: i % 2 })
      await read(mock.url)
      mock.portal('other').scenarios.play(['slow', 'empty', 'reset', 'drip'][i % 4])
      const late = read(mock.url, 'other').catch(() => {})
      await mock.close()
      await late
    }
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    const left = [...live.values()]
    process.on('exit', () => console.log(JSON.stringify(left)))`)
  expect({ stdout, stderr }).toEqual({ stdout: '[]\n', stderr: '' })
})

test('does not touch the process it runs in', async () => {
  const { stdout, stderr } = await program(`
    import { faker } from '@faker-js/faker/locale/en'
    const listeners = () => Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]))
    const host = () => JSON.stringify({ listeners: listeners(), env: process.env, globals: Object.getOwnPropertyNames(globalThis).sort(),
      exitCode: process.exitCode, cwd: process.cwd(), title: process.title, stack: Error.stackTraceLimit })
    faker.seed(7)
    const expected = [faker.number.int(), faker.number.int()]
    faker.seed(7)
    ${read}
    const written = []
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      stream.write = (...args) => (written.push(String(args[0])), write(...args))
    }
    await fetch('data:,warm')
    const before = host()
    const { startMock } = await import('hubspot-campaigns-mock')
    const mock = await startMock({ campaigns: 10 })
    await read(mock.url)
    const first = faker.number.int()
    const during = host()
    await fetch(mock.url + '/_mock/campaigns')
    await mock.close()
    const after = host()
    console.log(JSON.stringify({ before, during, after, written, faker: [first, faker.number.int()], expected }))`)
  expect(stderr).toBe('')
  const told = JSON.parse(stdout)
  expect(told.during).toBe(told.before)
  expect(told.after).toBe(told.before)
  expect(told.written).toEqual([])
  expect(told.faker).toEqual(told.expected)
})

test('the environment of the process changes nothing', async () => {
  const folder = await sample({
    'program.js': `
      import { startMock } from 'hubspot-campaigns-mock'
      const mock = await startMock()
      console.log(new URL(mock.url).hostname, mock.campaigns.list().length)
      await mock.close()`,
  })
  const env = {
    ...process.env,
    HUBSPOT_MOCK_HOST: '0.0.0.0',
    HUBSPOT_MOCK_CAMPAIGNS: '50',
    HUBSPOT_MOCK_PORT: '1',
    PORT: '1',
  }
  const { stdout } = await run(process.execPath, [join(folder, 'program.js')], { env })
  expect(stdout).toBe('127.0.0.1 3\n')
})

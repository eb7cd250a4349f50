import { once } from 'node:events'
import { createServer } from 'node:http'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { run } from '../src/commands/run.ts'
import type { Mock } from '../src/index.ts'
import { v3 } from './build.ts'
import { hasSignals } from './left-out.ts'

/** Runs a command inside this process, with streams that can be read, and closes the mock it starts. */
async function runHere(args: readonly string[], { isTTY = false, env = {} } = {}) {
  const stdout = new PassThrough()
  const stderr = Object.assign(new PassThrough(), { isTTY })
  const started: Promise<Mock>[] = []
  onTestFinished(async () => {
    for (const mock of await Promise.allSettled(started)) if (mock.status === 'fulfilled') await mock.value.close()
  })
  const code = await run(args, { env, stdout, stderr }, (starting) => started.push(starting))
  const [mock] = await Promise.allSettled(started)
  const url = mock?.status === 'fulfilled' ? mock.value.url : ''
  return { code, url, stdout, stderr }
}

const said = (stream: PassThrough): string => String(stream.read() ?? '')

test('start passes on the mock that is starting, and returns when it is ready', async () => {
  const { code, url, stdout } = await runHere(['start', '--port', '0', '--log-level', 'silent'])
  expect(code).toBe(0)
  expect(said(stdout)).toBe(`listening on ${url}\n`)
  const patientReady = ['ready', '--wait', '--timeout', '10m']
  expect((await runHere([...patientReady, '--url', url])).code).toBe(0)
  expect((await runHere(patientReady, { env: { HUBSPOT_MOCK_PORT: new URL(url).port } })).code).toBe(0)
})

test.each([
  ['0.0.0.0', 'http://0.0.0.0:'],
  ['::', 'http://[::]:'],
])('start prints that it listens on %s, and warns of unknown variables', async (host, url) => {
  const env = { HUBSPOT_MOCK_ZEBRA: '1' }
  const { stdout, stderr } = await runHere(['--port', '0', '--host', host, '--log-level', 'silent'], { env })
  expect(said(stdout)).toContain(`listening on ${url}`)
  expect(said(stderr)).toContain('unknown environment variable HUBSPOT_MOCK_ZEBRA')
})

test('exec gives the exit code of its command, which finds the mock', async () => {
  const script = "fetch(process.env.HUBSPOT_BASE_URL + '/health').then(({ ok }) => process.exit(ok ? 7 : 1))"
  expect((await runHere(['exec', '--', process.execPath, '-e', script])).code).toBe(7)
})

test('exec gives its command the token for control', async () => {
  const script = "process.exit(process.env.HUBSPOT_MOCK_CONTROL_TOKEN === 'secret' ? 7 : 1)"
  expect((await runHere(['exec', '--control-token', 'secret', '--', process.execPath, '-e', script])).code).toBe(7)
})

test('exec gives the exit code of a shell for a command that a signal ended', async () => {
  if (!hasSignals('the exit code of exec after a signal')) return
  const killed = "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)"
  expect((await runHere(['exec', '--', process.execPath, '-e', killed])).code).toBe(128 + 15)
})

test('on a terminal the log is for people, one line a request', async () => {
  const { url, stderr } = await runHere(['--port', '0'], { isTTY: true })
  await fetch(url + v3, { method: 'POST' })
  let text = ''
  await expect
    .poll(() => (text += said(stderr)))
    .toMatch(
      /\n\[[\d:.]+\] .*WARN.*: .*POST \/marketing\/\S+ 401 · unauthorized · send Authorization.* · [\d.]+ ms.*\n$/,
    )
})

test.each([
  [['start', '--port', 'x'], 2, '--port: expected a whole number from 0 to 65535, got "x"'],
  [['--fixtures', '/nowhere.yaml'], 2, '/nowhere.yaml: there is no such file or folder'],
  [['strat'], 2, 'unknown command strat: did you mean "start"?'],
  [['stop'], 2, 'unknown command stop: expected one of: start, ready, exec, check, import, drift, compare, help'],
  [['--host', '192.0.2.1'], 1, 'host 192.0.2.1 is not an address of this machine: choose another host'],
  [['exec', '--port', '0'], 2, 'exec: the command is missing: write it after --, such as exec -- npm test'],
  [['exec', '--', 'no-such-command'], 2, 'exec: cannot run no-such-command (ENOENT)'],
  [['ready', '--url', 'http://127.0.0.1:1'], 1, 'http://127.0.0.1:1/health does not respond'],
  [
    ['ready', '--wait', '--timeout', '150ms', '--url', 'http://127.0.0.1:1/'],
    1,
    'http://127.0.0.1:1/health does not respond',
  ],
])('%j exits %d with one line', async (args, exitCode, message) => {
  const { code, stdout, stderr } = await runHere(args)
  expect({ code, stdout: said(stdout), stderr: said(stderr) }).toEqual({
    code: exitCode,
    stdout: '',
    stderr: `hubspot-campaigns-mock: ${message}\n`,
  })
})

test('ready accepts only a healthy mock, not another server on the port', async () => {
  const answers = [[200, '{}'], [200, 'not a mock'], [503, '{"status":"ok"}'], undefined] as const
  let asked = 0
  const other = createServer((_request, response) => {
    const answer = answers[asked++]
    if (answer === undefined) response.socket?.destroy()
    else response.writeHead(answer[0]).end(answer[1])
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const unhealthy = 'responded, but is not a healthy mock'
  const said = [unhealthy, unhealthy, unhealthy, 'does not respond']
  for (const words of said) {
    const { code, stderr } = await runHere(['ready', '--url', url])
    expect([code, String(stderr.read())]).toEqual([1, `hubspot-campaigns-mock: ${url}/health ${words}\n`])
  }
})

test.each([
  ['start', '--help'],
  ['ready', '-h'],
  ['exec', '--help'],
  ['--port', '1', '--help'],
])('%s %s lists commands and flags too', async (...args) => {
  expect(said((await runHere(args)).stdout)).toContain('--fixtures')
})

test.each(['--help', '-h', 'help'])('%s lists commands and flags', async (flag) => {
  const { code, stdout } = await runHere([flag])
  expect(code).toBe(0)
  expect(said(stdout)).toMatch(/\[start\][\s\S]*--fixtures[\s\S]*ready[\s\S]*--timeout/)
})

test.each(['--version', '-v'])('%s prints the version', async (flag) => {
  expect(said((await runHere([flag])).stdout)).toMatch(/^\d+\.\d+\.\d+\n$/)
})

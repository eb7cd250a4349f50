import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type ClientRequest, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { v3 } from './build.ts'
import { command, started } from './command.ts'
import { folder } from './folder.ts'

const defaultId = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'
const body = JSON.stringify({ inputs: [{ id: defaultId }] })
const rawHeaders = 'authorization: Bearer any\r\ncontent-type: application/json\r\n'
const headers = { authorization: 'Bearer pat-na1-marked-secret', 'content-type': 'application/json' }

describe('start', () => {
  test('prints its address in one line on stdout when it is ready', async () => {
    const { url, said } = await started()
    const answer = await fetch(url + v3, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    expect(said.stdout).toBe(`listening on ${url}\n`)
  })

  test.each([
    ['0.0.0.0', /^listening on http:\/\/0\.0\.0\.0:\d+\n$/],
    ['127.0.0.1', /^listening on http:\/\/127\.0\.0\.1:\d+\n$/],
  ])('says that it listens on %s', async (host, line) => {
    const { said } = await started(['--host', host])
    expect(said.stdout).toMatch(line)
  })

  test('ignores the variables that Kubernetes sets for a Service with the name hubspot-mock', async () => {
    const { said } = await started(['--log-level', 'silent'], {
      HUBSPOT_MOCK_PORT: 'tcp://10.96.0.7:4010',
      HUBSPOT_MOCK_PORT_4010_TCP: 'tcp://10.96.0.7:4010',
      HUBSPOT_MOCK_PORT_4010_TCP_ADDR: '10.96.0.7',
      HUBSPOT_MOCK_SERVICE_HOST: '10.96.0.7',
      HUBSPOT_MOCK_SERVICE_PORT: '4010',
    })
    expect(said.stderr).toBe('')
  })

  test('warns of an unknown variable, and refuses one that is similar to a flag', async () => {
    const { said } = await started(['--log-level', 'silent'], { HUBSPOT_MOCK_ZEBRA: '1' })
    expect(said.stderr).toBe(
      'hubspot-campaigns-mock: unknown environment variable HUBSPOT_MOCK_ZEBRA: it has no effect\n',
    )
    expect(await command(['start'], { HUBSPOT_MOCK_CAMPAIGN: '7' }).ended).toMatchObject({
      code: 2,
      stderr:
        'hubspot-campaigns-mock: unknown environment variable HUBSPOT_MOCK_CAMPAIGN: did you mean HUBSPOT_MOCK_CAMPAIGNS?\n',
    })
  })

  test('is the default command', async () => {
    const { child, said, ended } = command(['--port', '0'])
    await once(child.stdout ?? child, 'data')
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
    expect(said.stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/)
  })

  test('logs JSON to stderr where that is no terminal, and no token', async () => {
    const { url, child, ended } = await started()
    await fetch(url + v3, { method: 'POST', headers, body })
    child.kill('SIGTERM')
    const { stderr } = await ended
    const [serving, inspector, asked] = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(serving.msg).toMatch(/^serving 3 campaigns of \S+default\.yaml, documented$/)
    expect(inspector.msg).toBe(`inspector at ${url}/_mock/`)
    expect(asked).toMatchObject({ level: 'info', status: 200, found: 1, failed: 0 })
    expect(asked.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(stderr).not.toContain('marked')
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('exits 0 on %s', async (signal) => {
    const { child, ended } = await started()
    child.kill(signal)
    expect((await ended).code).toBe(0)
  })

  test('under load responds to every request that was sent before the signal, and exits 0', async () => {
    const { url, child, ended } = await started(['--log-level', 'silent'])
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    let answered = 0
    // Requests whose bytes the operating system has, and whose response has not come.
    const underWay = new Set<ClientRequest>()
    const failed = new Set<ClientRequest>()
    const ask = (): Promise<void> =>
      new Promise((resolve) => {
        const asked = request(url + v3, { method: 'POST', headers, agent }, (answer) => {
          answer.resume().on('end', () => {
            answered += answer.statusCode === 200 ? 1 : 0
            underWay.delete(asked)
            resolve(ask())
          })
          answer.on('error', fail)
        })
        const fail = () => {
          failed.add(asked)
          resolve()
        }
        asked.on('finish', () => underWay.add(asked))
        // After the signal, a new connection may be refused.
        asked.on('error', fail)
        asked.end(body)
      })
    const clients = Array.from({ length: 20 }, ask)
    await expect.poll(() => answered).toBeGreaterThan(100)
    await expect.poll(() => underWay.size).toBeGreaterThan(0)
    const sentBefore = [...underWay]
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
    await Promise.all(clients)
    expect(sentBefore.filter((asked) => failed.has(asked))).toEqual([])
  })

  test.each([
    ['on which nothing ever came', '', ''],
    ['with half a header', 'POST /marketing/v3/campaigns/batch/read HTTP/1.1\r\nhost:', ''],
    ['with half a body', `POST ${v3} HTTP/1.1\r\nhost: a\r\n${rawHeaders}content-length: 90\r\n\r\n{"inputs"`, ''],
    [
      'that was refused and left open',
      'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
      'HTTP/1.1 405 Method Not Allowed\r\nallow: POST\r\n',
    ],
  ])('exits 0 with a connection %s, and waits for no timeout of it', async (_what, bytes, firstLines) => {
    const { url, child, ended } = await started(['--log-level', 'silent'])
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => {})
    let received = ''
    socket.on('data', (piece) => (received += piece))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    await new Promise((resolve) => socket.write(bytes, resolve))
    await fetch(`${url}/health`)
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    socket.end()
    await closed
    // A connection that timed out is answered with 408.
    expect(received.slice(0, firstLines.length || undefined)).toBe(firstLines)
  })

  test('survives clients that request a tunnel and reset it', async () => {
    const { url, child, ended } = await started(['--log-level', 'silent'])
    for (let i = 0; i < 50; i++) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      await once(socket, 'connect')
      await new Promise((resolve) => socket.write('CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n', resolve))
      socket.resetAndDestroy()
    }
    expect((await fetch(`${url}/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('reports a port in use in one line and exits 1', async () => {
    const { url } = await started()
    const { port } = new URL(url)
    expect(await command(['--port', port]).ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `hubspot-campaigns-mock: port ${port} is in use: stop what uses it, or choose another port (0 for a free one)\n`,
    })
  })

  test('lists the problems of a fixture, those with a suggestion first, and exits 2', async () => {
    const file = join(await folder({ 'my.yaml': 'campaigns:\n  - propertys: {}\n' }), 'my.yaml')
    expect(await command(['--fixtures', file]).ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `hubspot-campaigns-mock: ${file}:2:5: campaigns[0].propertys: unknown key "propertys": did you mean "properties"?\n${file}:2:5: campaigns[0].id: "id" is missing\n`,
    })
  })

  test('takes its flags from the environment too', async () => {
    const { url } = await started(['--log-level', 'silent'], { HUBSPOT_MOCK_CAMPAIGNS: '10000000' })
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ campaigns: 10_000_003 })
  })

  test('ends when the npm that started it is killed', async () => {
    const npm = spawn('npm', ['start', '--', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    while (!said.includes('listening on')) said += (await once(npm.stdout, 'data'))[0]
    const [, url = ''] = /listening on (\S+)/.exec(said) ?? []
    expect((await fetch(`${url}/health`)).status).toBe(200)
    npm.kill('SIGTERM')
    // Its stdout closes when the last process that holds it is gone.
    await once(npm.stdout, 'close')
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
  })
})

describe('ready', () => {
  const patientReady = ['ready', '--wait', '--timeout', '10m', '--url']

  test('exits 0 if the mock responds, also for a URL that ends with a slash', async () => {
    const { url } = await started()
    expect(await command([...patientReady, `${url}/`]).ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('requests the mock that start starts with the same flags or environment', async () => {
    const { url } = await started(['--host', '0.0.0.0', '--log-level', 'silent'])
    const { port } = new URL(url)
    const flags = ['--host', '0.0.0.0', '--port', port, '--campaigns', '3']
    expect((await command(['ready', ...flags]).ended).code).toBe(0)
    const variables = { HUBSPOT_MOCK_PORT: port, HUBSPOT_MOCK_HOST: '0.0.0.0' }
    expect((await command(['ready'], variables).ended).code).toBe(0)
    expect((await command(['ready', '--port', '1', '--host', 'localhost']).ended).stderr).toBe(
      'hubspot-campaigns-mock: http://localhost:1/health does not respond\n',
    )
  })

  test('exits 1 with one line when it does not', async () => {
    const { url, child, ended } = await started()
    child.kill('SIGTERM')
    await ended
    const failed = { code: 1, stdout: '', stderr: `hubspot-campaigns-mock: ${url}/health does not respond\n` }
    expect(await command(['ready', '--url', url]).ended).toEqual(failed)
  })

  test('waits until the mock responds', async () => {
    const first = await started()
    const { port } = new URL(first.url)
    first.child.kill('SIGTERM')
    await first.ended
    const waiting = command([...patientReady, first.url])
    await once(waiting.child, 'spawn')
    await started(['--port', port])
    expect((await waiting.ended).code).toBe(0)
  })
})

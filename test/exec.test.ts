import { once } from 'node:events'
import { expect, test } from 'vitest'
import { v3 } from './build.ts'
import { command, commandHere } from './command.ts'
import { hasSignals } from './left-out.ts'

const script = (text: string) => ['--', process.execPath, '-e', text]

test('runs a command with HUBSPOT_BASE_URL set to a mock, and stops it', async () => {
  const read = `fetch(process.env.HUBSPOT_BASE_URL + '${v3}', { method: 'POST', body: '{"inputs":[]}',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' } })
    .then((answer) => answer.json()).then(({ status }) => console.log(status, process.env.HUBSPOT_BASE_URL))`
  const { code, stdout, stderr } = await command(['exec', ...script(read)]).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [, url = ''] = /^COMPLETE (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(stdout) ?? []
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
})

test('takes the flags of start before the dashes', async () => {
  const health = `fetch(process.env.HUBSPOT_BASE_URL + '/health').then((answer) => answer.json())
    .then(({ campaigns }) => console.log(campaigns))`
  expect(await command(['exec', '--campaigns', '7', ...script(health)]).ended).toMatchObject({
    code: 0,
    stdout: '10\n',
  })
})

test('passes the exit code on, and the command’s own flags', async () => {
  expect((await command(['exec', ...script('process.exit(7)')]).ended).code).toBe(7)
  expect(await command(['exec', '--', process.execPath, '--version']).ended).toMatchObject({
    stdout: `${process.version}\n`,
  })
})

test('keeps a proxy of the environment away from the mock', async () => {
  const text = 'console.log(process.env.NO_PROXY, process.env.no_proxy, process.env.HTTP_PROXY)'
  const proxies = { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'example.com' }
  const { stdout } = await command(['exec', ...script(text)], proxies).ended
  const hosts = 'example.com,localhost,127.0.0.1,::1'
  expect(stdout).toBe(`${hosts} ${hosts} http://127.0.0.1:9\n`)
})

if (hasSignals('how exec passes signals on')) {
  test('passes a signal on, and exits as a shell does when one ended the command', async () => {
    const { child, ended } = command(['exec', ...script("console.log('up'); setInterval(() => {}, 1000)")])
    await once(child.stdout ?? child, 'data')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(128 + 15)
  })

  test.each(['SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const)('passes %s on', async (signal) => {
    const text = `process.on('${signal}', () => process.exit(9)); console.log('up'); setInterval(() => {}, 1000)`
    const { child, ended } = command(['exec', ...script(text)])
    await once(child.stdout ?? child, 'data')
    child.kill(signal)
    expect((await ended).code).toBe(9)
  })

  test('leaves it to the command how to end', async () => {
    const tidy =
      "process.on('SIGINT', () => { console.log('tidied'); process.exit(3) }); console.log('up'); setInterval(() => {}, 1000)"
    const { child, ended } = command(['exec', ...script(tidy)])
    await once(child.stdout ?? child, 'data')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 3, stdout: 'up\ntidied\n' })
  })
}

test.each([
  [['exec'], 'exec: the command is missing: write it after --, such as exec -- npm test'],
  [['exec', '--'], 'exec: the command is missing: write it after --, such as exec -- npm test'],
  [['exec', '--', 'no-such-command'], 'exec: cannot run no-such-command (ENOENT)'],
  [['exec', '--prot', '1', '--', 'true'], 'unknown flag --prot: did you mean "--port"?'],
])('%j exits 2 with one line', async (args, message) => {
  expect(await commandHere(args)).toEqual({ code: 2, stdout: '', stderr: `hubspot-campaigns-mock: ${message}\n` })
})

import { execFile } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { projectFolder } from '../programs.ts'
import { toolbox } from '../toolbox.ts'

const run = promisify(execFile)
const root = projectFolder

// What npm has to bring first takes longer than a test may.
let testcontainers = ''
beforeAll(() => {
  testcontainers = toolbox('testcontainers', { testcontainers: '11.14.0' })
}, 600_000)

test('compose starts the tests when the mock is healthy, on the fixture that is mounted', async () => {
  const guide = await readFile(join(root, 'docs/test-runners.md'), 'utf8')
  const [, words = ''] = /^docker compose (run .+)$/m.exec(guide) ?? []
  const compose = (...args: string[]) =>
    run('docker', ['compose', '-p', 'hubspot-campaigns-mock-test', ...args], { cwd: root })
  onTestFinished(async () => void (await compose('down', '--timeout', '5')))
  const { services } = JSON.parse((await compose('config', '--format', 'json')).stdout)
  expect(services.tests.depends_on.hubspot.condition).toBe('service_healthy')
  const { stdout } = await compose(...words.split(' '))
  expect(stdout).toMatch(/pass 2\n.*fail 0\n/)
  expect((await compose('ps', '--format', '{{.Service}} {{.Health}}')).stdout).toBe('hubspot healthy\n')
})

test('Testcontainers waits until the mock is healthy, and copies a fixture into it', async () => {
  const sample = join(root, 'test/clients/testcontainers/container.test.js')
  await copyFile(sample, join(testcontainers, 'container.test.mjs'))
  const { stdout } = await run(process.execPath, ['--test', 'container.test.mjs'], { cwd: testcontainers })
  expect(stdout).toMatch(/pass 1\n(.+\n)*.*fail 0/)
})

test('a client container reaches the mock as api.hubapi.com, by a network alias and its authority', async () => {
  const file = join(root, 'test/clients/compose-tls/compose.yaml')
  const compose = (...args: string[]) => run('docker', ['compose', '-p', 'hubspot-tls-test', '-f', file, ...args])
  onTestFinished(async () => void (await compose('down', '--timeout', '5')))
  expect((await compose('run', '--rm', 'client')).stdout).toBe('200\n')
})

test('in Compose behind HAProxy, a replica with a new address gets its portals back, which start over', async () => {
  const file = ['compose', '-p', 'hubspot-deploy-test', '-f', join(root, 'deploy/compose.yaml')]
  const compose = async (...args: string[]) =>
    (await run('docker', [...file, ...args], { env: { ...process.env, PORT: '0' } })).stdout.trim()
  onTestFinished(async () => void (await compose('down', '--timeout', '1')))
  await compose('up', '--detach', '--no-build', '--wait')
  const url = `http://${await compose('port', 'balancer', '4010')}`
  const statusesOf = (method: string) =>
    Promise.all(
      Array.from({ length: 40 }, (_none, index) =>
        fetch(`${url}/_mock/campaigns/own`, {
          method,
          headers: { authorization: `Bearer portal-${index}`, 'content-type': 'application/json' },
          ...(method === 'PUT' && { body: '{}' }),
        }).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
  await expect.poll(() => statusesOf('PUT')).toEqual(Array(40).fill(200))
  await compose('rm', '--force', '--stop', 'mock-1')
  const without = await statusesOf('GET')
  expect(new Set(without)).toEqual(new Set([200, 0]))
  // Takes the address that the replica had.
  await compose('up', '--detach', '--no-build', '--no-deps', '--scale', 'mock-2=2', 'mock-2')
  await compose('up', '--detach', '--no-build', '--no-deps', '--wait', 'mock-1')
  await expect.poll(() => statusesOf('GET')).toEqual(without.map((status) => (status === 0 ? 404 : 200)))
})

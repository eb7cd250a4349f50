import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { toolbox } from '../toolbox.ts'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname

test('compose starts the tests when the mock is healthy, on the fixtures that are mounted', async () => {
  const compose = (...args: string[]) =>
    run('docker', ['compose', '-p', 'hubspot-campaigns-mock-test', ...args], { cwd: root })
  onTestFinished(async () => void (await compose('down', '--timeout', '5')))
  const { stdout } = await compose('run', '--rm', 'tests')
  expect(stdout).toMatch(/pass 50\n.*fail 0\n/)
  expect((await compose('ps', '--format', '{{.Service}} {{.Health}}')).stdout).toBe('hubspot healthy\n')
})

test('Testcontainers waits until the mock is healthy, and copies a fixture into it', async () => {
  const folder = toolbox('testcontainers', { testcontainers: '11.14.0' })
  await copyFile(join(root, 'test/clients/testcontainers/container.test.js'), join(folder, 'container.test.mjs'))
  const { stdout } = await run(process.execPath, ['--test', 'container.test.mjs'], { cwd: folder })
  expect(stdout).toMatch(/pass 1\n(.+\n)*.*fail 0/)
})

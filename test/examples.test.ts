import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root, samplesOf } from './pages.ts'

const run = promisify(execFile)
const [tested = '', executed = ''] = samplesOf('examples/README.md', 'sh')[0]?.trim().split('\n') ?? []

/** Runs a command of the page with this Node, and without the environment of the test runner. */
function runLine(line: string) {
  const [, ...args] = line.split(' ')
  return run(process.execPath, args, { cwd: root, env: { PATH: process.env['PATH'] } })
}

test('the tests of the example pass', async () => {
  expect((await runLine(tested)).stdout).toMatch(/pass 4\n(.+\n)*.*fail 0/)
})

test('the example lists the campaigns of a mock', async () => {
  const { stdout } = await runLine(executed)
  expect(stdout.trim().split('\n').length).toBe(6)
  expect(stdout).toContain('430318c4-abb7-4bf7-a75e-9c5fa8f475a6 Clothing Promotion')
})

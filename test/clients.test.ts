import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasTool } from './left-out.ts'
import { projectFolder } from './programs.ts'

const root = projectFolder
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const guide = readFileSync(join(root, 'docs/test-runners.md'), 'utf8')

/** How often in a row each suite has to pass; with more than one, once more with its files surely side by side. */
const rounds = Number(process.env['ROUNDS'] ?? 1)

/** A command of the guide to test runners that runs another command with a mock. */
function exec(what: string): string[] {
  const line = guide
    .split('\n')
    .find((line) => line.startsWith('npx hubspot-campaigns-mock exec') && line.endsWith(what))
  const words = line?.split(' ').slice(2) ?? []
  expect(words).not.toEqual([])
  return [process.execPath, join(root, 'dist/cli.js'), ...words]
}

/** Runs a suite as its users do: in its folder, with the runner's default parallelism. */
function suite(folder: string, [command = '', ...args]: readonly string[], env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: join(root, 'test/clients', folder),
    env: {
      NO_COLOR: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ...env,
    },
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

/** The time limit of a round, which ends a suite that hangs. */
const patientMs = 300_000

const hasPython = hasTool('python3', 'the client in Python')

const suites = [
  {
    name: 'vitest',
    command: () => [bin('vitest'), 'run', '--testTimeout=120000'],
    sideBySide: ['--maxWorkers=4'],
    says: /Tests +55 passed \(55\)/,
  },
  {
    name: 'jest',
    command: () => [bin('jest'), '--testTimeout=120000'],
    sideBySide: ['--maxWorkers=4'],
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
    says: /Tests: +57 passed, 57 total/,
  },
  {
    name: 'node-test',
    command: () => exec('node --test'),
    sideBySide: ['--test-concurrency=4'],
    says: /pass 56\n(.+\n)*.*fail 0/,
  },
  ...(hasPython
    ? [
        {
          name: 'python',
          command: () => exec('python3 -m unittest'),
          sideBySide: [],
          says: /Ran 5 tests [\s\S]*OK/,
        },
      ]
    : []),
]

test.each(suites)('a suite of $name passes with one mock', { timeout: (rounds + 1) * patientMs }, (suiteOf) => {
  const { name, command, sideBySide, env, says } = suiteOf
  const runs = Array.from({ length: rounds }, (): string[] => [])
  for (const more of rounds > 1 ? [...runs, sideBySide] : runs) {
    const { status, said } = suite(name, [...command(), ...more], env)
    expect(said).toMatch(says)
    expect(status).toBe(0)
  }
})

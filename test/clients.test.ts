import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const exec = [process.execPath, join(root, 'dist/cli.js'), 'exec', '--']

/** How often in a row each suite has to pass: ROUNDS=10 npx vitest run test/clients.test.ts. */
const rounds = Number(process.env['ROUNDS'] ?? 1)

/** Runs a suite as its users do: in its folder, with the runner's default parallelism. */
function suite(folder: string, [command = '', ...args]: readonly string[], env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: join(root, 'test/clients', folder),
    env: { NO_COLOR: '1', PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    encoding: 'utf8',
  })
  const said = stdout + stderr
  return { status, said }
}

const python = spawnSync('python3', ['--version']).status === 0

const suites = [
  {
    name: 'vitest',
    command: [bin('vitest'), 'run'],
    says: /Tests +54 passed \(54\)/,
  },
  {
    name: 'jest',
    command: [bin('jest')],
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
    says: /Tests: +54 passed, 54 total/,
  },
  { name: 'node-test', command: [...exec, 'node', '--test'], says: /pass 55\n(.+\n)*.*fail 0/ },
  ...(python
    ? [{ name: 'python', command: [...exec, 'python3', '-m', 'unittest'], says: /Ran 5 tests [\s\S]*OK/ }]
    : []),
]

if (!python) console.warn('LEFT OUT, since there is no python3: the client in Python')

test.each(suites)('a suite of $name passes beside one mock, its files in parallel', ({ name, command, env, says }) => {
  for (let round = 0; round < rounds; round++) {
    const { status, said } = suite(name, command, env)
    expect(said).toMatch(says)
    expect(status).toBe(0)
  }
})

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const tarball = inject('tarball')
const project = inject('project')
const tools = inject('tools')
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')

/** The sample of the README that uses the library. */
const [, sample = ''] = /```js\n(import \{ startMock \} from 'hubspot-campaigns-mock'\n[\s\S]*?)```/.exec(readme) ?? []

const life = `
  const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] }, campaigns: 5 })
  const read = () => fetch(mock.url + '/marketing/v3/campaigns/batch/read', {
    method: 'POST', headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: mock.campaigns.list().map(({ id }) => ({ id })) }),
  }).then((response) => response.json())
  console.log((await read()).results.length, mock.journal.count())
  mock.campaigns.remove('spring')
  mock.reset()
  console.log((await read()).results.length, mock.journal.count())
  await mock.close()`

describe.each(['20', '20.19.0', '22', '22.13.0', '24', '24.0.0'])('on Node %s', (version) => {
  const bin = join(tools, `node_modules/node${version}/bin`)
  const env = { ...process.env, NODE_OPTIONS: '', PATH: bin + delimiter + process.env['PATH'] }
  const node = async (file: string, text: string) => {
    await writeFile(join(project, file), text)
    return run('node', [file], { cwd: project, env })
  }
  const npx = (...args: string[]) => run('npx', ['hubspot-campaigns-mock', ...args], { cwd: project, env })

  test('it is this version of Node', async () => {
    expect((await run('node', ['--version'], { env })).stdout).toMatch(new RegExp(`^v${version}(\\.|\n)`))
  })

  test('the library is imported, starts, reads, resets and closes', async () => {
    const { stdout, stderr } = await node('life.mjs', `import { startMock } from 'hubspot-campaigns-mock'\n${life}`)
    expect({ stdout, stderr }).toEqual({ stdout: '6 1\n6 1\n', stderr: '' })
  })

  test.each([
    ['require', "const { startMock } = require('hubspot-campaigns-mock')"],
    ['import()', "const { startMock } = await import('hubspot-campaigns-mock')"],
  ])('under CommonJS by %s', async (how, line) => {
    const top = how === 'require' ? line : ''
    const inside = how === 'require' ? '' : line
    const { stdout } = await node('life.cjs', `${top}\n;(async () => {\n${inside}\n${life}\n})()`)
    expect(stdout).toBe('6 1\n6 1\n')
  })

  test('the sample of the README runs', async () => {
    expect((await node('sample.mjs', sample)).stdout).toMatch(/status: 'COMPLETE'/)
  })

  test('npx starts a mock that ready finds, and exec runs a command with a mock', async () => {
    const child = run('npx', ['hubspot-campaigns-mock', 'start', '--port', '0'], { cwd: project, env })
    const url = await new Promise<string>((resolve, reject) => {
      child.catch(reject)
      child.child.stdout?.on('data', (text) => resolve(/listening on (\S+)/.exec(String(text))?.[1] ?? ''))
    })
    await npx('ready', '--url', url, '--wait')
    child.child.kill('SIGTERM')
    await child.catch(() => {})
    const [exec = ''] = /^npx hubspot-campaigns-mock exec .*$/m.exec(readme) ?? []
    await writeFile(
      join(project, 'test.js'),
      "fetch(process.env.HUBSPOT_BASE_URL + '/health').then((a) => console.log(a.status))",
    )
    expect((await run('sh', ['-c', exec], { cwd: project, env })).stdout).toMatch(/\n200\n$/)
  })
})

test('the oldest versions of Node that are tested are those that package.json promises', async () => {
  const { engines } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(engines.node.match(/\d+\.\d+\.\d+/g)).toEqual(['20.19.0', '22.13.0', '24.0.0'])
})

test('npx runs the command from the packed file, without an installation', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'npx-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const program = ['node', '-p', 'process.env.HUBSPOT_BASE_URL']
  const args = ['--yes', '--package', tarball, 'hubspot-campaigns-mock', 'exec', '--', ...program]
  const { stdout } = await run('npx', args, { cwd: folder })
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/m)
})

describe.each(['5.9', '7'])('with TypeScript %s', (version) => {
  const tsc = async (file: string, text: string) => {
    await writeFile(join(project, file), text)
    const options = {
      compilerOptions: {
        module: 'nodenext',
        strict: true,
        noEmit: true,
        types: [],
      },
      files: [file],
    }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(options))
    const bin = join(tools, `node_modules/typescript-${version}/bin/tsc`)
    const { stdout } = await run(process.execPath, [bin, '-p', project]).catch((error) => error)
    return stdout
  }

  test('the code of the README about mocks compiles without skipLibCheck and without @types/node', async () => {
    expect(await tsc('sample.mts', `declare const fetch: any, console: any\n${sample}`)).toBe('')
  })

  test('under CommonJS too', async () => {
    expect(
      await tsc('life.cts', "import { startMock } from 'hubspot-campaigns-mock'\nstartMock({ campaigns: 5 })"),
    ).toBe('')
  })

  test('a step that is wrong does not compile', async () => {
    const wrong = "import type { Step } from 'hubspot-campaigns-mock'\nexport const step: Step = { status: 'DONE' }\n"
    expect(await tsc('wrong.mts', wrong)).toMatch(/wrong\.mts\(2,\d+\): error TS2322: Type '"DONE"'/)
  })
})

test('it is one package, of the size that the README says', async () => {
  const { stdout: kib } = await run('du', ['-sk', join(project, 'node_modules/hubspot-campaigns-mock')])
  const { stdout: packages } = await run('npm', ['ls', '--all', '--parseable'], { cwd: project })
  const [, megabytes] = /(\d+) MB, no dependencies/.exec(readme) ?? []
  expect(packages.trim().split('\n').length - 1).toBe(1)
  expect(Math.round(Number.parseInt(kib, 10) / 1024)).toBe(Number(megabytes))
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, test } from 'vitest'
import { folder } from './folder.ts'

const run = promisify(execFile)
const root = new URL('..', import.meta.url).pathname

/** The package as it would be published. Without its scripts: they would make dist anew beneath the other tests. */
async function packed() {
  const where = await folder({})
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', where], {
    cwd: root,
  })
  const [{ filename, files }] = JSON.parse(stdout)
  const paths: string[] = files.map(({ path }: { path: string }) => path)
  return { tarball: join(where, filename), paths }
}

test('the package holds dist, fixtures, README, LICENSE and CHANGELOG, and nothing else', async () => {
  const { paths } = await packed()
  const beside = paths.filter((path) => !/^dist\/[\w/-]+\.(js|d\.ts)$/.test(path))
  expect(beside.sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'fixtures/default.yaml',
    'fixtures/scenarios.yaml',
    'package.json',
  ])
  expect(paths).toContain('dist/cli.js')
})

test('publint finds nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true, pack: false })
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
})

test('its types are found however they are resolved', async () => {
  const { tarball } = await packed()
  // The rule says that a require of before Node 20.19 cannot load an ES module: the engines say so, too.
  const attw = run('npx', ['attw', tarball, '--ignore-rules', 'cjs-resolves-to-esm', '--no-color'], { cwd: root })
  const { stdout, code = 0 } = await attw.catch((error) => error)
  expect({ stdout, code }).toEqual({ stdout: expect.stringContaining('node16 (from ESM)'), code: 0 })
})

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, expect, test } from 'vitest'
import { folder } from './folder.ts'
import { servedDocument } from './made-specs.ts'
import { projectFolder, runProgram } from './programs.ts'

const run = promisify(execFile)
const root = projectFolder

const where = await mkdtemp(join(tmpdir(), 'hubspot-campaigns-mock-'))
afterAll(() => rm(where, { recursive: true }))
const { tarball, paths } = await pack()

/** Packs the package without its scripts, which would build dist again while other tests run it. */
async function pack() {
  const { stdout } = await runProgram('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', where], {
    cwd: root,
  })
  const [{ filename, files }] = JSON.parse(stdout)
  const names: string[] = files.map(({ path }: { path: string }) => path)
  return { tarball: join(where, filename), paths: names }
}

test('the package holds dist, fixtures and their schema, README, LICENSE and CHANGELOG, and nothing else', async () => {
  const beside = paths.filter((path) => !/^dist\/[\w/-]+\.(js|js\.map|d\.ts)$/.test(path))
  expect(beside.sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/LICENSES.txt',
    'fixtures.schema.json',
    'fixtures/default.yaml',
    'package.json',
  ])
  expect(paths).toContain('dist/cli.js')
})

if (process.platform !== 'win32') {
  test('the command is executable after every build', async () => {
    expect((await stat(join(root, 'dist/cli.js'))).mode & 0o111).toBe(0o111)
  })
}

test('the package depends on no other package', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect(dependencies).toBe(undefined)
})

test('the types import nothing but each other, and describe every member', async () => {
  const types = paths.filter((path) => path.endsWith('.d.ts'))
  expect(types.length).toBeGreaterThan(8)
  const texts = await Promise.all(types.map((path) => readFile(join(root, path), 'utf8')))
  for (const text of texts) {
    expect([...text.matchAll(/from '([^']+)'/g)].filter(([, name]) => !name?.startsWith('.'))).toEqual([])
    expect(undocumentedIn(text)).toEqual([])
  }
})

/** The declarations and members that have no docstring above them, also those inside of other types. */
function undocumentedIn(text: string): string[] {
  const lines = text.split('\n')
  return lines.filter((line, i) => {
    if (/^ *(?:\/\*\*|\*)/.test(line)) return false
    const isMember = /^ +(?:(?:readonly|private|get|set) )*\[?[\w.#]+\]?\??(?:<.*>)?[(:]/.test(line)
    const isDeclaration = /^export (?:declare )?(?:abstract )?(?:interface|type|class|function|const|enum) \w/.test(
      line,
    )
    const hasInlineMember = /\{ *\w+\??:/.test(line)
    return hasInlineMember || ((isMember || isDeclaration) && !/\*\/$/.test(lines[i - 1] ?? ''))
  })
}

test.each([
  ['a member', 'export interface A {\n    b?: string;\n}'],
  ['a method', 'export interface A {\n    b<T>(c: T): void;\n}'],
  ['a member of a member', '    /** The b. */\n    b: {\n        c: string;\n    };'],
  ['a member of a parameter', '    /** Listens. */\n    listen(address?: { port?: number }): void;'],
  ['a constructor', '    constructor(hint: string);'],
  ['a type', 'export type A = string;'],
])('a docstring is missed where %s has none', (_what, text) => {
  expect(undocumentedIn(text)).not.toEqual([])
})

test('the OpenAPI document in the package is that of a mock that runs from source', async () => {
  const where = await folder({
    'document.mjs': `import { buildApp } from ${JSON.stringify(join(root, 'dist/index.js'))}
      const app = await buildApp()
      console.log((await app.inject('/_mock/openapi.json')).body)
      await app.close()`,
  })
  const { stdout } = await run(process.execPath, [join(where, 'document.mjs')], { maxBuffer: 10 ** 8 })
  expect(JSON.parse(stdout)).toEqual(await servedDocument())
})

test('dist lists each bundled package with its version and license', async () => {
  const licenses = await readFile(join(root, 'dist/LICENSES.txt'), 'utf8')
  const names = [...licenses.matchAll(/^(@?[\w./-]+) \d+\.\d+\.\d+ \([\w.-]+\)$/gm)].map(([, name]) => name)
  expect(names.length).toBe(licenses.split(`\n${'-'.repeat(80)}\n`).length)
  expect(names).toEqual(
    expect.arrayContaining(['@faker-js/faker', '@sinclair/typebox', 'close-with-grace', 'fastify', 'pino', 'yaml']),
  )
  expect(licenses.match(/copyright/gi)?.length).toBeGreaterThanOrEqual(names.length)
})

test('a stack trace with source maps names the line of the source', async () => {
  const where = await folder({
    'error.mjs': `import { startMock } from ${JSON.stringify(join(root, 'dist/index.js'))}
      await startMock({ port: -1 }).catch(({ stack }) => console.log(stack))`,
  })
  const { stdout } = await run(process.execPath, ['--enable-source-maps', join(where, 'error.mjs')])
  expect(stdout).toMatch(/at checkOptions \(.*\/src\/config\.ts:\d+:\d+\)/)
})

test('source maps contain the sources of this project, and not those of packages', async () => {
  const maps = await Promise.all(
    paths.filter((path) => path.endsWith('.map')).map((path) => readFile(join(root, path), 'utf8')),
  )
  const sources = maps.flatMap((text) => {
    const { sources, sourcesContent } = JSON.parse(text)
    return sources.map((path: string, i: number) => ({ path, hasContent: sourcesContent[i] !== null }))
  })
  expect(sources.filter(({ path, hasContent }) => path.startsWith('../src/') !== hasContent)).toEqual([])
})

test('the built library accepts a logger whose transport runs in a thread', async () => {
  const where = await folder({
    'log.mjs': `import pino from ${JSON.stringify(join(root, 'node_modules/pino/pino.js'))}
      import { startMock } from ${JSON.stringify(join(root, 'dist/index.js'))}
      const mock = await startMock({ logger: pino({ transport: { target: 'pino/file', options: { destination: 1 } } }) })
      await mock.close()`,
  })
  const { stdout } = await run(process.execPath, [join(where, 'log.mjs')])
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ msg: expect.stringContaining('serving') })
})

test('publint finds no problem', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true, pack: false })
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
})

test('its types are found however they are resolved', async () => {
  // The rule is about require before Node 20.19, which the engines exclude. Programs only preload `intercept`.
  const flags = ['--ignore-rules', 'cjs-resolves-to-esm', '--exclude-entrypoints', 'intercept', '--no-color']
  const attw = runProgram('npx', ['attw', tarball, ...flags], { cwd: root })
  const { stdout, code = 0 } = await attw.catch((error) => error)
  expect({ stdout, code }).toEqual({ stdout: expect.stringContaining('node16 (from ESM)'), code: 0 })
})

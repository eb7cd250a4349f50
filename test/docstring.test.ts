import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { projectFolder, runProgram } from './programs.ts'
import { sample } from './sample.ts'

const run = promisify(execFile)
const src = new URL('../src/', import.meta.url)
const root = projectFolder

/** The public names, each with the file that declares it. */
const index = await readFile(new URL('index.ts', src), 'utf8')
const publicNames = [...index.matchAll(/^export (type )?\{([^}]+)\} from '(.+)'$/gm)].flatMap(
  ([, allTypes, names = '', file = '']) =>
    names
      .split(',')
      .filter((name) => name.trim() !== '')
      .map((name) => {
        const [, type, bare = ''] = /^(type )?(\w+)$/.exec(name.trim()) ?? []
        return { name: bare, isType: Boolean(allTypes ?? type), file }
      }),
)
const files = [...new Set(publicNames.map(({ file }) => file))]
const sources = new Map(
  await Promise.all(files.map(async (file) => [file, await readFile(new URL(file, src), 'utf8')] as const)),
)

const docstrings = (text: string) =>
  [...text.matchAll(/^ *\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n *(.+)$/gm)].map(([, doc = '', declaration = '']) => ({
    doc: doc.replace(/^ *\* ?/gm, ''),
    declaration,
  }))

const examplesOf = (text: string) =>
  docstrings(text).flatMap(({ doc }) => {
    const [, example] = /@example\n([\s\S]+)/.exec(doc) ?? []
    return example === undefined ? [] : [example]
  })

test.each(publicNames)('$name has a docstring with an example', ({ name, file }) => {
  const declared = new RegExp(`^export (async )?(const|class|interface|function|type) ${name}\\b`)
  const found = docstrings(sources.get(file) ?? '').find(({ declaration }) => declared.test(declaration))
  expect(found?.doc).toMatch(/\w[\s\S]*@example\n.*\S/)
})

/** The verbs of the mock and its portals. */
const controls = './public/controls.ts'
const verbs = [...(sources.get(controls) ?? '').matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name)

test.each(verbs)('the verb %s has a docstring with an example', (name) => {
  const found = docstrings(sources.get(controls) ?? '').filter(({ declaration }) => declaration.startsWith(`${name}(`))
  expect(found.length).toBeGreaterThan(0)
  for (const { doc } of found) expect(doc).toMatch(/\w[\s\S]*@example\n.*\S/)
})

test('each example compiles and runs', async () => {
  const examples = [...sources.values()].flatMap(examplesOf)
  expect(examples.length).toBeGreaterThan(publicNames.length)
  const imports = publicNames.map(({ name, isType }) => (isType ? `type ${name}` : name)).join(', ')
  const calls = examples.map((example) => `await on(async (mock, portal) => { {\n${example}\n} })`)
  const folder = await sample({
    'tsconfig.json': JSON.stringify({
      extends: '../tsconfig.json',
      include: ['*.ts'],
    }),
    'examples.ts': [
      `import { ${imports} } from 'hubspot-campaigns-mock'`,
      'async function on(example: (mock: Mock, portal: PortalControls) => Promise<void>) {',
      '  await using mock = await startMock()',
      "  await example(mock, mock.portal('token-of-this-test'))",
      '}',
      ...calls,
      "console.log('ran')",
    ].join('\n'),
  })
  const [compiled, ran] = await Promise.all([
    runProgram('npx', ['tsc', '-p', folder], { cwd: root }).catch((error) => error),
    run(process.execPath, ['--import', 'tsx', join(folder, 'examples.ts')], { cwd: root }),
  ])
  expect(compiled.stdout).toBe('')
  expect(ran.stdout).toMatch(/ran\n$/)
})

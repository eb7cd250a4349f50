import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { describe, expect, test } from 'vitest'
import { projectFolder } from './programs.ts'

const src = join(projectFolder, 'src')

/** The modules from left to right: a file imports only from its own module and from modules to the left. */
const order = [
  ['package-info.ts', 'public'],
  ['text', 'contract'],
  ['world'],
  ['hubspot', 'control', 'drift', 'intercept'],
  ['config.ts'],
  ['app.ts'],
  ['build-app.ts', 'mock.ts', 'intercept.ts'],
  ['index.ts', 'commands'],
  ['cli.ts', 'intercept-preload.ts'],
]
const moduleOf = (path: string) => path.split('/')[0] ?? ''
const rankOf = (path: string) => order.findIndex((modules) => modules.includes(moduleOf(path)))

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
/** The page runs in browsers, and has rules of its own. */
const isOfPage = (path: string) => path.startsWith('control/inspector/')
const files = sources.filter((path) => !isOfPage(path))
/** The code of a file without its comments. */
const codeOf = (path: string) => readFileSync(join(src, path), 'utf8').replace(/\/\*\*[\s\S]*?\*\/|^ *\/\/.*$/gm, '')
const importsOf = (path: string) =>
  [...codeOf(path).matchAll(/(?:from|import\(?) ?'([^']+)'/g)].map(([, name = '']) => name)
const localImportsOf = (path: string) =>
  importsOf(path)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(path), name))

describe.each(files)('%s', (file) => {
  test('is in a module of the design', () => {
    expect(rankOf(file)).toBeGreaterThanOrEqual(0)
  })

  test('imports only from its own module or one to the left', () => {
    const isForbidden = (path: string) =>
      rankOf(path) > rankOf(file) || (rankOf(path) === rankOf(file) && moduleOf(path) !== moduleOf(file))
    expect(localImportsOf(file).filter(isForbidden)).toEqual([])
  })

  test('touches the process, opens ports and reads files only where the design says so', () => {
    const code = codeOf(file)
    const isCommand = /^(cli\.ts|intercept-preload\.ts|commands\/)/.test(file)
    expect(!isCommand && /\bprocess\.(?!nextTick\b)|node:process/.test(code)).toBe(false)
    expect(!/^(world\/fixtures|commands)\//.test(file) && /'node:fs/.test(code)).toBe(false)
    expect(file !== 'mock.ts' && /\.listen\(/.test(code)).toBe(false)
  })

  test('knows Fastify only in hubspot, control and to the right of them', () => {
    expect(rankOf(file) < rankOf('hubspot') && importsOf(file).some((name) => name.includes('fastify'))).toBe(false)
  })

  test('takes the time from its clock, and timers from before a test runner can fake them', () => {
    if (file.startsWith('text/system-') || /^(cli\.ts|commands\/)/.test(file)) return
    const code = codeOf(file)
    expect(code).not.toMatch(
      /Date\.now\(|new Date\(\)|performance\.now|process\.nextTick|queueMicrotask|timers\/promises/,
    )
    const usesTimers = /\b(setTimeout|setImmediate|setInterval|clearTimeout)\(/.test(code)
    expect(usesTimers && !code.includes('system-timers.ts')).toBe(false)
  })
})

test('no file imports itself in a circle', () => {
  const visiting = new Set<string>()
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (done.has(file)) return
    if (visiting.has(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    visiting.add(file)
    for (const imported of localImportsOf(file)) visit(imported, [...path, file])
    visiting.delete(file)
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

describe.each(sources.filter(isOfPage))('%s', (file) => {
  test('imports only the page itself, Preact and public types', () => {
    const others = importsOf(file).filter((name) => !/^\.\/|^preact(\/hooks)?$/.test(name))
    const types = [...codeOf(file).matchAll(/import type \{[^}]*\} from '(\.\.\/\.\.\/public\/[\w-]+\.ts)'/g)].map(
      ([, name]) => name,
    )
    expect(others.filter((name) => !types.includes(name))).toEqual([])
  })

  test('sets no HTML, and keeps nothing in the browser', () => {
    expect(codeOf(file)).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|Storage\b|cookie|indexedDB/i)
  })
})

test('no file of the mock imports one of the page', () => {
  expect(files.flatMap(localImportsOf).filter(isOfPage)).toEqual([])
})

test('the contract imports TypeBox and itself, nothing else', () => {
  const contract = files.filter((file) => moduleOf(file) === 'contract')
  const imported = new Set(contract.flatMap(importsOf).filter((name) => !name.startsWith('.')))
  expect([...imported]).toEqual(['@sinclair/typebox'])
})

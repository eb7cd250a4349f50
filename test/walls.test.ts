import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const src = new URL('../src/', import.meta.url).pathname

/** The rooms from left to right: a file imports from its own room or one further left. */
const order = [
  'package.ts gone.ts text',
  'contract',
  'world',
  'drift',
  'plugins routes',
  'fast-lane.ts',
  'app.ts',
  'config.ts mock.ts index.ts',
  'commands',
  'cli.ts',
]
const roomOf = (path: string) => path.split('/')[0] ?? ''
const rank = (path: string) => order.findIndex((rooms) => rooms.split(' ').includes(roomOf(path)))

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
/** What a file does, without what it says about it. */
const text = (path: string) => readFileSync(join(src, path), 'utf8').replace(/\/\*\*[\s\S]*?\*\/|^ *\/\/.*$/gm, '')
const importsOf = (path: string) =>
  [...text(path).matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, name = '']) => name)

describe.each(files)('%s', (file) => {
  test('stands in a room of the design', () => {
    expect(rank(file)).toBeGreaterThanOrEqual(0)
  })

  test('imports only from its own room or one further left', () => {
    const local = importsOf(file).filter((name) => name.startsWith('.'))
    const imported = local.map((name) => join(file, '..', name))
    expect(imported.filter((path) => rank(path) > rank(file))).toEqual([])
    // Plugins and routes do not know each other, nor the next of their own kind.
    if (['plugins', 'routes'].includes(roomOf(file))) {
      expect(imported.filter((path) => rank(path) === rank(file))).toEqual([])
    }
  })

  test('touches process only from the command line, and the disk only from the fixture loader and drift', () => {
    const outside = !/^(cli\.ts|commands\/)/.test(file)
    expect(outside && /\bprocess\.(?!nextTick\b)|node:process/.test(text(file))).toBe(false)
    expect(
      !/^(world\/fixtures\/fixture-(file|source|watcher)|commands\/drift)\.ts$/.test(file) &&
        /'node:fs/.test(text(file)),
    ).toBe(false)
  })

  test('opens a port only if it is mock.ts', () => {
    expect(file !== 'mock.ts' && /\.listen\(/.test(text(file))).toBe(false)
  })

  test('knows Fastify only from plugins and routes on', () => {
    expect(rank(file) <= rank('drift') && importsOf(file).some((name) => name.includes('fastify'))).toBe(false)
  })

  test('asks no clock but the one it was given', () => {
    expect(file !== 'world/clock.ts' && /Date\.now\(\)|new Date\(\)/.test(text(file))).toBe(false)
  })
})

test('the contract holds TypeBox and plain data, nothing else', () => {
  const contract = files.filter((file) => roomOf(file) === 'contract')
  const imported = new Set(contract.flatMap(importsOf).filter((name) => !name.startsWith('./')))
  expect([...imported]).toEqual(['@sinclair/typebox'])
  expect(contract.filter((file) => /\bclass\b|\bfunction\b/.test(text(file)))).toEqual([])
})

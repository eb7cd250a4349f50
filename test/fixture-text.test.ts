import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Fixture } from '../src/index.ts'
import { loadFixture } from '../src/world/fixtures/fixture-source.ts'
import { build } from './build.ts'
import { folder } from './folder.ts'

/** Loads a fixture file with these bytes, and returns the names of its campaigns or the error. */
async function load(name: string, content: string | Buffer): Promise<unknown> {
  const file = join(await folder(), name)
  await writeFile(file, content)
  return loadFixture(file).then(
    ({ campaigns }) => campaigns.ids.map((id) => campaigns.find(id)?.properties['hs_name']),
    (error: Error) => error.message.replaceAll(`${file}:`, ''),
  )
}

const named = (name: string) => `{"campaigns":[{"id":"a","properties":{"hs_name":"${name}"}}]}`

describe.each(['my.yaml', 'my.json'])('%s', (file) => {
  test.each([
    ['UTF-8', Buffer.from(named('Frühling €'))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${named('Frühling €')}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${named('Frühling €')}`, 'utf16le')],
    ['UTF-16 BE with a byte order mark', Buffer.from(`\ufeff${named('Frühling €')}`, 'utf16le').swap16()],
  ])('is read as %s', async (_encoding, bytes) => {
    expect(await load(file, bytes)).toEqual(['Frühling €'])
  })

  test('with a replacement character of its own is read', async () => {
    expect(await load(file, named('a \ufffd b'))).toEqual(['a \ufffd b'])
  })

  test.each([
    [
      'Latin-1',
      Buffer.from(named('Frühling'), 'latin1'),
      '1:52: the byte 0xFC is not valid UTF-8: save the file as UTF-8',
    ],
    [
      'Latin-1 after a replacement character',
      Buffer.concat([Buffer.from('\n'), Buffer.from(named('\ufffd x').slice(0, -5)), Buffer.from([0xe9])]),
      '2:53: the byte 0xE9 is not valid UTF-8: save the file as UTF-8',
    ],
    [
      'UTF-16 without a byte order mark',
      Buffer.from(named('Spring'), 'utf16le'),
      '1:2: a NUL character: save the file as UTF-8',
    ],
    [
      'half of a UTF-16 character',
      Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
      '1:1: not valid utf-16le: save the file as UTF-8',
    ],
  ])('is refused in %s', async (_encoding, bytes, message) => {
    expect(await load(file, bytes)).toBe(message)
  })
})

describe('a JSON fixture', () => {
  test.each([
    [
      'a key twice',
      '{"campaigns":[],\n"campaigns":[{"id":"a"}]}',
      '2:1: this name is given twice in one object: keep one',
    ],
    [
      'a key twice, once with an escape',
      '{"campaigns":[{"id":"a","\\u0069d":"b"}]}',
      '1:25: this name is given twice in one object: keep one',
    ],
    [
      'an integer over 2^53',
      '{"campaigns":[{"id":"a","businessUnits":[{"id":9007199254740993}]}]}',
      '1:48: the number 9007199254740993 cannot be represented exactly: the largest integer is 9007199254740991; put it in quotes if text is allowed',
    ],
    [
      'a negative integer below -2^53',
      '{"generate":{"campaigns":-90071992547409930}}',
      '1:26: the number -90071992547409930 cannot be represented exactly: the largest integer is 9007199254740991; put it in quotes if text is allowed',
    ],
    [
      'a number that is infinite',
      '{"scenarios":{"a":[{"error":{"status":200,"body":1e999}}]}}',
      '1:50: the number 1e999 cannot be represented exactly: the largest integer is 9007199254740991; put it in quotes if text is allowed',
    ],
    [
      '20 000 levels',
      `{"scenarios":{"a":[{"error":{"status":200,"body":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]}}`,
      '1:146: nested too deeply: the maximum is 100 levels',
    ],
  ])('with %s is refused', async (_what, text, message) => {
    expect(await load('my.json', text)).toBe(message)
  })

  test('may have the same key in two objects, a quote in a key, and numbers with decimals', async () => {
    const text =
      '{"campaigns":[{"id":"a","properties":{"a\\"b":"c\\\\","hs_name":"x"},"budgetItems":[{"name":"b","amount":0.30000000000000004}]},{"id":"b"}]}'
    expect(await load('my.json', text)).toEqual(['x', undefined])
  })
})

describe('a YAML fixture', () => {
  test('may have merge keys, anchors under x- keys, and $schema', async () => {
    const text = `
$schema: ./node_modules/hubspot-campaigns-mock/fixtures.schema.json
x-base: &base
  properties: { hs_name: Base }
campaigns:
  - { <<: *base, id: a }
  - { <<: *base, id: b, properties: { hs_name: Own } }
`
    expect(await load('my.yaml', text)).toEqual(['Base', 'Own'])
  })

  test('may use one anchor more than a hundred times', async () => {
    const campaigns = Array.from({ length: 300 }, (_, i) => `  - { id: c${i}, properties: *properties }`)
    const text = ['x-properties: &properties { hs_name: Same }', 'campaigns:', ...campaigns].join('\n')
    expect(await load('my.yaml', text)).toHaveLength(300)
  })

  test('over 8 MiB is refused with the advice to use JSON', async () => {
    const text = `# ${'x'.repeat(8 * 1024 * 1024)}\n`
    expect(await load('my.yaml', text)).toBe(
      '1:1: a YAML file of 8 MiB, the maximum is 8 MiB: convert it to JSON, which has no such limit',
    )
  })
})

test('the files of a folder can end in capitals', async () => {
  const path = await folder({
    'A.YAML': 'campaigns: [{ id: a }]',
    'B.Json': '{"campaigns":[{"id":"b"}]}',
    'c.YML': 'campaigns: [{ id: c }]',
  })
  expect((await loadFixture(path)).campaigns.ids).toEqual(['a', 'b', 'c'])
})

describe('a fixture of the library, or a plant, that JSON cannot represent', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  let deep: unknown = 1
  for (let i = 0; i < 20_000; i++) deep = [deep]
  const bodies: [string, unknown, string][] = [
    ['a value that contains itself', cyclic, 'contains itself: remove the reference'],
    ['20 000 levels', deep, 'nested too deeply: the maximum is 100 levels'],
    ['a BigInt', 9007199254740993n, 'expected a number or text, got the BigInt 9007199254740993n'],
    ['a function', () => 1, 'expected plain data, got a function'],
    ['NaN', Number.NaN, 'expected a finite number, got NaN'],
    ['an object of a class', new Map(), 'expected plain data, got an object of class Map'],
    ['a prototype without a class', Object.create(Object.create(Object.create(null))), 'got an object without a class'],
    ['a problem before other values', [Number.NaN, () => 1], '[0]: expected a finite number, got NaN'],
  ]

  test.each(bodies)('is refused: %s', async (_what, body, message) => {
    const steps = [{ error: { status: 200, body } }]
    await expect(loadFixture({ scenarios: { mine: steps } } satisfies Fixture)).rejects.toThrow(message)
    const { app } = await build()
    const { Controls } = await import('../src/world/controls/controls.ts')
    expect(() => new Controls(app.world).scenarios.play(steps)).toThrow(message)
    expect(() => new Controls(app.world).campaigns.put({ id: 'a', properties: body as never })).toThrow()
  })
})

describe('errors of a YAML fixture', () => {
  test('are listed up to twenty, with the number of the others', async () => {
    const text = Array.from({ length: 25 }, (_, i) => `zebra${i}: 1`).join('\n')
    const lines = String(await load('my.yaml', text)).split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([21, '(and 5 more)'])
  })

  test.each([
    ['an empty file', '', []],
    ['a comment', '# nothing\n', []],
    ['an empty document', '---\n', []],
    [
      'an item of a list',
      'campaigns:\n  - id: a\n  - id: 7\n',
      '3:5: campaigns[1].id: expected text that is not empty (put it in quotes), got 7',
    ],
    [
      'a key that is a number',
      'campaigns:\n  - id: a\n    properties: { 7: 8 }\n',
      '3:19: campaigns[0].properties[7]: expected text (put it in quotes), or null for no value, got 8',
    ],
    ['a scalar', 'text\n', '1:1: expected an object, got "text"'],
    [
      'a part that is used twice, too deep the second time',
      `scenarios:\n  a:\n    - error: { status: 200, body: &d ${'['.repeat(90)}${']'.repeat(90)} }\n    - error: { status: 200, body: ${'['.repeat(20)}*d${']'.repeat(20)} }\n`,
      expect.stringContaining('nested too deeply: the maximum is 100 levels'),
    ],
  ])('%s', async (_what, text, result) => {
    expect(await load('my.yaml', text)).toEqual(result)
  })
})

test.each([
  ['my.yaml', 'campaigns:\r\n  - id: a\r\n    propertys: {}\r\n', '3:5'],
  ['my.json', '{\r\n  "campaigns": [\r\n    { "id": "a",\r\n      "propertys": {} }]\r\n}\r\n', '4:20'],
])('%s with the line ends of Windows is read, and its problems have the right place', async (file, content, place) => {
  const message = `${place}: campaigns[0].propertys: unknown key "propertys": did you mean "properties"?`
  expect(await load(file, content)).toContain(message)
  expect(await load(file, content.replace('propertys', 'properties'))).toEqual([undefined])
})

test('a text of several lines with the line ends of Windows has those of YAML', async () => {
  const text = 'campaigns:\r\n  - id: a\r\n    properties:\r\n      hs_name: |-\r\n        one\r\n        two\r\n'
  expect(await load('my.yaml', text)).toEqual(['one\ntwo'])
})

describe('a YAML fixture is refused', () => {
  const aliases = (count: number) =>
    `x-a: &a { c: 1 }\n${'x-b: [*a]\n'.replace('*a', Array(count).fill('*a').join(', '))}`
  const merges = Array.from({ length: 40 }, (_, i) => `x-${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}] }`)
  const tooDeep = 'nested too deeply: the maximum is 100 levels'

  test.each([
    ['100 000 lists in one another', '['.repeat(100_000), `1:103: ${tooDeep}`],
    ['20 000 complex keys in one another', '? '.repeat(20_000), `1:204: ${tooDeep}`],
    ['5000 items in one another', `${'- '.repeat(5000)}a`, `1:204: ${tooDeep}`],
    [
      'more than 20 000 anchors and aliases',
      aliases(20_000),
      expect.stringContaining('more than 20000 anchors (&) and aliases (*): use fewer, or convert the file to JSON'),
    ],
    [
      'merge keys that copy too much',
      `x-0: &a0 { a: 1 }\n${merges.join('\n')}`,
      '18:14: more than 1000000 values that merge keys (<<) copy: use fewer merge keys',
    ],
    ['a merge key of its own object', 'x-0: &a { <<: *a }', '1:11: contains itself: remove the reference'],
    [
      'a merge key of a text',
      'x-0: { <<: text }',
      '1:8: a merge key (<<) takes an object or a list of objects: give an alias',
    ],
  ])('with %s', async (_what, text, message) => {
    expect(await load('my.yaml', text)).toEqual(message)
  })

  test('not with 19 999 aliases, or with one list of objects to merge', async () => {
    expect(await load('my.yaml', aliases(19_999))).toEqual([])
    expect(
      await load('my.yaml', 'x-a: &a { id: a }\nx-b: &b [*a]\ncampaigns: [{ <<: *b }, { <<: { id: b } }]'),
    ).toEqual([undefined, undefined])
  })

  test('and a start says that there are more than 1000 problems', async () => {
    const text = Array.from({ length: 1500 }, (_, i) => `k${i}: 1`).join('\n')
    expect(
      String(await load('my.yaml', text))
        .split('\n')
        .at(-1),
    ).toBe('(and over 980 more)')
  })
})

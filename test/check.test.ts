import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFile } from '../src/package-info.ts'
import { command, commandHere } from './command.ts'
import { folder } from './folder.ts'

type Any = ReturnType<typeof JSON.parse>

/** What `check` prints for files, without their folder. */
async function check(files: Record<string, string>, ...flags: string[]) {
  const path = await folder(files)
  const { code, stdout, stderr } = await commandHere(['check', path, ...flags])
  return { code, stderr, lines: stdout.replaceAll(`${path}/`, '').trimEnd().split('\n') }
}

test('the default fixture has no problems', async () => {
  const file = packageFile('fixtures/default.yaml')
  expect(await command(['check', file]).ended).toMatchObject({
    code: 0,
    stdout: `${file}: no problems (3 campaigns)\n`,
  })
})

test('every problem of a file is listed in its order, whatever its kind', async () => {
  const text = [
    'campaigns:',
    '  - id: a',
    '    createdAt: 2026-02-30',
    '  - id: a',
    '  - { id: 7, budgetItems: [{ name: Print }] }',
    'generate: { campaigns: -1 }',
    'scenarios: { mine: [{ error: locked, status: PENDING }] }',
    'scenario: none',
  ]
  const { code, lines } = await check({ 'my.yaml': text.join('\n') })
  expect(code).toBe(2)
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'my.yaml:3:5:',
    'my.yaml:4:5:',
    'my.yaml:5:7:',
    'my.yaml:5:28:',
    'my.yaml:6:13:',
    'my.yaml:7:38:',
    'my.yaml:8:1:',
  ])
  expect(lines[1]).toBe('my.yaml:4:5: campaigns[1].id: duplicate id "a": remove one of them')
})

test('a file with more than twenty problems has them all listed', async () => {
  const { lines } = await check({ 'my.json': JSON.stringify({ campaigns: Array(500).fill({}) }) })
  expect(lines).toHaveLength(500)
})

test.each([
  ['my.yaml', 'campaigns: [{ id: *a }, { id: *b }]', ['1:19:', '1:31:']],
  ['my.yaml', 'a: 1\na: 2\nb: 3\nb: 4\n', ['2:1:', '4:1:']],
  ['my.yaml', 'x-a: [9007199254740993, 9007199254740995]', ['1:7:', '1:25:']],
  ['my.json', '{"campaigns": [{"id": "a", "id": "b"}, {"id": "c", "id": "d"}]}', ['1:28:', '1:52:']],
  ['my.json', '{"campaigns": [,]}', ['1:16:']],
])('each place where %s cannot be read is listed: %s', async (name, text, places) => {
  const { code, lines } = await check({ [name]: text })
  expect(code).toBe(2)
  expect(lines.map((line) => line.split(' ')[0])).toEqual(places.map((place) => `${name}:${place}`))
})

test('problems of all files are listed, and names that two files have', async () => {
  const { lines } = await check({
    'a.yaml': 'campaigns: [{ id: one, property: {} }, { id: two }]\ntokens: { t: {} }\nscenario: slow\n',
    'b.json': '{"campaigns": [{"id": "one"}], "scenario": "slow",\n "tokens": {"t": {}}}',
    'c.yaml': 'errors: [{ id: TWO, category: C, message: M }, { id: two, category: C, message: M }]',
    'd.yaml': 'campaigns: [',
  })
  const other = 'also in another file of this folder: remove one of them'
  expect(lines).toEqual([
    'a.yaml:1:24: campaigns[0].property: unknown key "property": did you mean "properties"?',
    `b.json:1:23: campaigns[0].id: ${other}`,
    `b.json:1:44: scenario: ${other}`,
    `b.json:2:18: tokens.REDACTED: ${other}`,
    `c.yaml:1:50: errors[1].id: ${other}`,
    expect.stringMatching(/^d\.yaml:1:\d+: /),
  ])
})

test('a scenario of a file with a problem is not reported as unknown', async () => {
  const { lines } = await check({ 'a.yaml': 'scenario: mine\n', 'b.yaml': 'scenarios: { mine: [{}] }\nzebra: 1\n' })
  expect(lines).toEqual([expect.stringContaining('b.yaml:2:1: zebra: unknown key')])
})

test('a file that cannot be read is a problem as any other', async () => {
  const path = await folder({ 'a.yaml': 'zebra: 1' })
  await mkdir(join(path, 'b.yaml'))
  const { code, stdout } = await commandHere(['check', path])
  expect(code).toBe(2)
  expect(stdout).toContain(`${path}/b.yaml: expected a file: use a YAML or JSON file\n`)
})

test('a problem without a place has neither line nor column for a program, and files are in their order', async () => {
  const path = await folder({ 'a.yaml': 'zebra: 1', 'c.yaml': 'zebra: 1' })
  await mkdir(join(path, 'b.yaml'))
  const { stdout } = await commandHere(['check', path, '--json'])
  const { problems } = JSON.parse(stdout)
  expect(problems.map(({ file, line, column }: Any) => [basename(file), line, column])).toEqual([
    ['a.yaml', 1, 1],
    ['b.yaml', null, null],
    ['c.yaml', 1, 1],
  ])
})

test('-- before the file is allowed', async () => {
  const path = join(await folder({ 'my.yaml': 'campaigns: []' }), 'my.yaml')
  expect(await commandHere(['check', '--', path])).toMatchObject({
    code: 0,
    stdout: `${path}: no problems (0 campaigns)\n`,
  })
})

test('--json lists the problems for a program', async () => {
  const { code, lines } = await check({ 'my.yaml': 'zebra: 1\n' }, '--json')
  expect(code).toBe(2)
  expect(JSON.parse(lines.join())).toMatchObject({
    problems: [{ file: 'my.yaml', line: 1, column: 1, message: expect.stringContaining('zebra: unknown key') }],
  })
})

test.each([
  [[], 'check: give one fixture file or folder'],
  [['a', 'b'], 'check: give one fixture file or folder'],
  [['/nowhere/at/all'], '/nowhere/at/all: there is no such file or folder'],
  [['a', '--jsn'], 'unknown flag --jsn: did you mean "--json"?'],
])('check %j is a usage error', async (args, message) => {
  expect(await commandHere(['check', ...args])).toEqual({
    code: 2,
    stdout: '',
    stderr: `hubspot-campaigns-mock: ${message}\n`,
  })
})

test('a value that has the wrong type does not hide the problems of other members', async () => {
  const text = 'campaigns: [{ id: a, businessUnits: [{ id: x }], createdAt: 2026-02-30, updatedAt: soon }]'
  const { lines } = await check({ 'my.yaml': text })
  expect(lines.map((line) => line.match(/campaigns\[0\]\.\w+/)?.[0])).toEqual([
    'campaigns[0].businessUnits',
    'campaigns[0].createdAt',
    'campaigns[0].updatedAt',
  ])
})

const unknownKeys = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}": 1`)
const more = 'over 1000 problems: only the first ones are listed, fix them and check again'

test.each([
  ['my.json', `{"campaigns": [${Array(1500).fill('{"id": "a", "bad": 1}')}]}`],
  ['my.json', `{${unknownKeys(1500)}}`],
  ['my.json', `{${Array(1500).fill('"a": 1')}}`],
  ['my.yaml', unknownKeys(1500).join('\n')],
  ['my.yaml', 'a: 1\n'.repeat(1500)],
  ['my.yaml', `campaigns: [${'*a, '.repeat(1500)}]`],
  ['my.yaml', '"'.repeat(4000)],
  ['my.yaml', `{${','.repeat(1500)}`],
  ['my.yaml', ']'.repeat(1500)],
])(
  '%s with more than 1000 problems has the first ones listed, and a line for the others: %.30s',
  async (name, text) => {
    const { code, lines } = await check({ [name]: text })
    expect([code, lines.length, lines.at(-1)]).toEqual([2, 1001, `${name}: ${more}`])
  },
)

test('a file with 1000 problems has them all listed', async () => {
  const { lines } = await check({ 'my.json': `{${unknownKeys(1000)}}` })
  expect([lines.length, lines.at(-1)]).toEqual([1000, expect.stringContaining('unknown key "k999"')])
})

test('--json says that there are more than 1000 problems, too', async () => {
  const { lines } = await check({ 'my.json': `{${unknownKeys(1001)}}` }, '--json')
  const { problems }: Any = JSON.parse(lines.join(''))
  expect(problems).toHaveLength(1001)
  expect(problems.at(-1)).toEqual({ file: 'my.json', line: null, column: null, message: more })
})

test('names of more than 1000 campaigns that another file has are listed up to 1000', async () => {
  const campaigns = Array.from({ length: 1500 }, (_, i) => ({ id: `c${i}` }))
  const text = JSON.stringify({ campaigns })
  const { lines } = await check({ 'a.json': text, 'b.json': text })
  expect([lines.length, lines.at(-1)]).toEqual([1001, `b.json: ${more}`])
})

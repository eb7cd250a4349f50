import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { batchReadPaths } from '../src/contract/paths.ts'
import { loadFixture } from '../src/world/fixture-source.ts'
import { build } from './build.ts'
import { command, started } from './command.ts'

const run = promisify(execFile)
const root = new URL('..', import.meta.url).pathname
const readme = await readFile(join(root, 'README.md'), 'utf8')
const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({ language, text }))
const ofLanguage = (language: string) => blocks.filter((block) => block.language === language).map(({ text }) => text)

/** The cells of the rows of the table under such a head. */
function table(head: string): string[][] {
  const [, rows = ''] = new RegExp(`^\\| ${head} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(readme) ?? []
  return rows
    .trim()
    .split('\n')
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').replace(/^`(.*)`$/, '$1')))
}

/** Two answers are alike but for when they were given. */
const timeless = (answer: string) => answer.trim().replace(/"(completedAt|startedAt)":"[^"]+"/g, '"$1":"then"')

/** What a shell says to a command of the README, which speaks to the port that `npm start` would take. */
async function shell(text: string, url: string): Promise<string> {
  return (await run('sh', ['-c', text.replaceAll('http://localhost:4010', url)])).stdout
}

test('the curl of the first screen gets the answer under it', async () => {
  const { url } = await started()
  const curl = ofLanguage('sh').find((text) => text.startsWith('curl')) ?? ''
  const [answer = ''] = ofLanguage('json')
  expect(timeless(await shell(curl, url))).toBe(timeless(answer))
})

test('the npm scripts it names are there', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(4)
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named))
})

describe('a JavaScript sample runs', () => {
  test.each(ofLanguage('js'))('%#', async (text) => {
    const { url } = await started()
    // Inside the project, so that the sample finds its packages, this one included.
    const folder = await mkdtemp(join(root, 'node_modules/.sample-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'sample.mjs')
    const local = text
      .replaceAll('http://localhost:4010', url)
      .replace("'hubspot-campaigns-mock'", `'${root}dist/index.js'`)
    await writeFile(file, local)
    const { stdout } = await run(process.execPath, [file])
    expect(stdout).toMatch(/status: 'COMPLETE'/)
    expect(stdout).toContain('results')
  })
})

test.each(table('answer'))('how to get each answer: %s', async (_answer, send = '', says = '') => {
  const { url } = await started(['--log-level', 'silent'])
  expect(await shell(`curl -s 'http://localhost:4010/marketing/v3/campaigns/batch/read${send}`, url)).toContain(says)
})

test('the table of paths is the contract’s', () => {
  expect(table('path')).toEqual(batchReadPaths.map(({ url, partialFailure }) => [url, String(partialFailure)]))
})

describe('the sample fixture', () => {
  const [text = ''] = ofLanguage('yaml')
  const sample = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'readme-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'sample.yaml')
    await writeFile(file, text)
    return file
  }

  test('is one', async () => {
    const { fixture } = await loadFixture(await sample())
    expect(fixture).toMatchObject({ generate: { campaigns: 1000 }, scenario: 'slow-batch' })
  })

  test('does what its comments say', async () => {
    let now = Date.UTC(2026, 10, 1)
    const { read } = await build(await sample(), { clock: { now: () => now } })
    const token = 'pat-na1-reader'
    const ids = ['430318c4-abb7-4bf7-a75e-9c5fa8f475a6', '00000000-0000-4000-8000-000000000403']
    const status = async () => (await read(ids, { token })).body.status
    expect([await status(), await status(), await status()]).toEqual(['PENDING', 'PENDING', 'PROCESSING'])
    now += 500
    const { body } = await read(ids, { token, query: 'startDate=2026-05-01&endDate=2026-05-31' })
    expect(body).toMatchObject({
      status: 'COMPLETE',
      results: [{ id: ids[0] }],
      errors: [{ category: 'PERMISSION_DENIED' }],
    })
    const [fixed, daily] = body.results[0].assets.MARKETING_EMAIL.results
    expect([fixed.metrics, daily.metrics]).toEqual([
      { SENT: 1200, OPEN: 480 },
      { SENT: 1200, OPEN: 210 },
    ])
    expect((await read([], { token: 'pat-na1-writer' })).statusCode).toBe(403)
    expect((await read([], { token: 'pat-na1-old' })).body.category).toBe('EXPIRED_AUTHENTICATION')
    expect((await read([], { token: 'any' })).statusCode).toBe(401)
  })
})

test('the flags are those of --help', async () => {
  const { stdout } = await command(['--help']).ended
  const [, flags = ''] = /\n\n(.*)/s.exec(stdout) ?? []
  expect(ofLanguage('text')[0]).toBe(flags)
})

test('the image is labelled with the version of the package', async () => {
  expect(await readFile(join(root, 'Dockerfile'), 'utf8')).toContain(`ARG VERSION=${packageJson.version}\n`)
})

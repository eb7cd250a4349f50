import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { callErrors } from '../src/contract/errors.ts'
import { oauthErrors } from '../src/contract/schemas/oauth.ts'
import { startMock } from '../src/index.ts'
import { loadFixture } from '../src/world/fixtures/fixture-source.ts'
import { batchReadPaths } from './batch-read-paths.ts'
import { build } from './build.ts'
import { command, started } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'
import { sample } from './sample.ts'

const run = promisify(execFile)
const root = new URL('..', import.meta.url).pathname
const readme = await readFile(join(root, 'README.md'), 'utf8')
const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

/** What is to paste: with the file it is cut from, or without one where this file runs it. */
const blocks = [...readme.matchAll(/(?:^<!-- (\S+) -->\n)?^```(\w+)\n(.*?)^```$/gms)].map(
  ([, file, language, text = '']) => ({ file, language, text }),
)
const ofLanguage = (language: string) =>
  blocks.filter((block) => block.file === undefined && block.language === language).map(({ text }) => text)

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

const readPath = '/marketing/v3/campaigns/batch/read'

const hasCurl = hasTool('curl', 'the calls that the README makes with it')

if (hasCurl) {
  test('each curl of the first screen gets the response below it', async () => {
    const { url } = await started()
    const commands = ofLanguage('sh').filter((text) => text.startsWith('curl'))
    const responses = ofLanguage('json')
    expect(responses.length).toBe(2)
    for (const [i, response] of responses.entries()) {
      const { stdout } = await run('sh', ['-c', (commands[i] ?? '').replace('http://localhost:4010', url)])
      expect(
        timeless(
          stdout
            .replaceAll(url, 'http://localhost:4010')
            .replaceAll(url.replace('127.0.0.1', 'localhost'), 'http://localhost:4010'),
        ),
      ).toBe(timeless(response))
    }
  })
}

test('the npm scripts it names are there', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(4)
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named))
})

describe('a sample that is cut from a file', () => {
  /** The text without the indentation that all its lines share, and that as a line each. */
  const dedent = (text: string) => {
    const lines = text.trimEnd().split('\n')
    const shared = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/\S/)))
    return lines.map((line) => line.slice(shared)).join('\n')
  }
  test.each(blocks.flatMap(({ file, text }) => (file === undefined ? [] : [{ file, text }])))(
    'stands in $file, which other tests run',
    async ({ file, text }) => {
      const whole = await readFile(join(root, file), 'utf8')
      const at = whole.split('\n').findIndex((line) => line.trim() === text.split('\n')[0]?.trim())
      const cut = whole.split('\n').slice(at, at + text.trimEnd().split('\n').length)
      expect(dedent(cut.join('\n'))).toBe(dedent(text))
      expect(file).toMatch(/^test\/clients\/|^compose\.yaml$/)
    },
  )

  test('or is run here, or with the image', () => {
    const languages = blocks.filter(({ file }) => file === undefined).map(({ language }) => language)
    expect(languages.sort()).toEqual([
      'js',
      'js',
      'json',
      'json',
      // npm start · curl, twice · docker, compose, by the tests of the image · exec, by those of the package, of the clients · jest ·
      // ask · the control API · drift
      ...Array(11).fill('sh'),
      'text',
      'yaml',
    ])
  })
})

if (hasCurl) {
  test('the calls of the control API do what is said of them', async () => {
    const { url } = await started(['--log-level', 'silent'])
    const script = ofLanguage('sh').find((text) => text.includes('/_mock/requests/verify')) ?? ''
    const { stdout } = await run('sh', ['-c', script.replaceAll('http://localhost:4010', url)])
    expect(stdout).toBe(
      '{"name":"unnamed","step":1,"left":2}{"requests":[],"total":0,"dropped":0}{"ok":false,"count":0,"nearest":[]}',
    )
  })
}

test('the verbs of the library are there', async () => {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const cells = table('`mock`, and `mock.portal\\(token\\)` for one portal alone').map(([cell = '']) => cell)
  const named = cells.flatMap((cell) => {
    const [, room = ''] = /^`?(campaigns|scenarios|journal)\./.exec(cell) ?? []
    return [...cell.matchAll(/\.(\w+)/g)].map(([, verb = '']) => [room, verb] as const)
  })
  expect(named.length).toBeGreaterThan(14)
  for (const [room, verb] of named) expect(Reflect.get(mock, room), verb).toHaveProperty(verb)
  expect(cells.slice(-2)).toEqual(['reset()', 'of `mock` alone: `url`, `close()`, `portal(token)`'])
})

test('the calls of drift are such', async () => {
  const [text = ''] = ofLanguage('sh').filter((text) => text.includes(' drift '))
  const lines = text.trim().split('\n')
  expect(lines.map((line) => line.replace(/^npx hubspot-campaigns-mock /, '').replace(/\S+$/, ''))).toEqual([
    'drift ',
    'drift --recorded ',
  ])
})

test('it is started by what its first screen says', () => {
  const [first] = ofLanguage('sh')
  expect(first).toBe('npm ci && npm start\n')
  expect(packageJson.scripts.start).toBe('node dist/cli.js start')
})

test('jest is run with the flag that its suite is run with', () => {
  expect(ofLanguage('sh')).toContain('NODE_OPTIONS=--experimental-vm-modules npx jest\n')
})

describe('a JavaScript sample runs', () => {
  test.each(ofLanguage('js'))('%#', async (text) => {
    const { url } = await started()
    const inside = await sample({ 'sample.js': text.replaceAll('http://localhost:4010', url) })
    const { stdout } = await run(process.execPath, [join(inside, 'sample.js')])
    expect(stdout).toMatch(/status: 'COMPLETE'/)
    expect(stdout).toContain('results')
  })
})

if (hasCurl) {
  describe('how to get each answer by the request', () => {
    const [askFunction = ''] = ofLanguage('sh').filter((text) => text.startsWith('ask()'))
    test.each(table('answer \\| ask'))('%s', async (answer, ask = '', says = '') => {
      const { url } = await started(['--log-level', 'silent'])
      const script = `${askFunction}\n${ask} -w '\\n%{http_code}'`.replace('http://localhost:4010', url)
      const { stdout } = await run('sh', ['-c', script])
      const [, body = '', status] = /^(.*)\n(\d+)$/s.exec(stdout) ?? []
      expect(status).toBe(answer?.split(',')[0])
      expect(body).toContain(says)
    })
  })
}

describe('how to get each answer by a scenario', () => {
  /** Sees to it that a call is answered as the first cell of its row says. */
  async function expectAnswer(says: string, url: string, headers: Record<string, string>) {
    const asked = fetch(url + readPath, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', ...headers },
      body: '{"inputs":[]}',
    })
    if (says.startsWith('none')) return expect(asked).rejects.toThrow('fetch failed')
    const got = await asked
    expect(got.status).toBe(Number.parseInt(says, 10))
    if (says.includes('half a body')) return expect(got.text()).rejects.toThrow('terminated')
    const text = JSON.stringify([...got.headers]) + (await got.text())
    for (const [, word = ''] of says.split(', then')[0]?.matchAll(/`([^`]+)`/g) ?? []) expect(text).toContain(word)
  }

  const rows = table('answer \\| header')
  test('has a row for each scenario that is shipped', async () => {
    const { scenarios } = await loadFixture({})
    expect(rows.map(([, header]) => header?.split(': ')[1]).sort()).toEqual(scenarios.names.sort())
  })

  test.each(rows)('%s', async (says = '', header = '', token = '', fixture = '', call = '') => {
    const fixtures = await folder({ 'my.yaml': `${fixture}\n` })
    const [plain, playing] = [await startMock(), await startMock({ fixtures })]
    onTestFinished(async () => void (await Promise.all([plain.close(), playing.close()])))
    const [name = '', value = ''] = header.split(': ')
    const portal = { authorization: 'Bearer portal' }
    await fetch(`${plain.url}/_mock/scenario`, {
      method: 'PUT',
      headers: { ...portal, 'content-type': 'application/json' },
      body: call,
    })
    await Promise.all([
      expectAnswer(says, plain.url, { [name]: value }),
      expectAnswer(says, plain.url, { authorization: token.replace('any', 'other') }),
      expectAnswer(says, playing.url, {}),
      expectAnswer(says, plain.url, portal),
    ])
  })
})

test('the errors by name are those of the contract', () => {
  const [, listed = ''] = /^Errors by name: (.*?)\.\n/ms.exec(readme) ?? []
  expect([...listed.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)).toEqual(Object.keys(callErrors))
})

test('the errors of OAuth by name are those of the contract', () => {
  const [, listed = ''] = /^With `on: oauth\.token`: (.*?)\.\n/ms.exec(readme) ?? []
  expect([...listed.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)).toEqual(Object.keys(oauthErrors))
})

test('the calls of the control API are those that are served', async () => {
  const { send } = await build()
  const { body } = await send({ method: 'GET', url: '/_mock/openapi.json' })
  const served = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  const listed = table('call').flatMap(([calls = '']) => calls.split(', ').map((call) => call.replace(/`|\?.*/g, '')))
  expect(listed.sort()).toEqual(served.filter((call) => /^\w+ \/(_mock|health)/.test(call)).sort())
})

test('the table of paths is the contract’s', () => {
  expect(table('path')).toEqual(batchReadPaths.map(({ url, partialFailure }) => [url, String(partialFailure)]))
})

describe('the sample fixture', () => {
  const [text = ''] = ofLanguage('yaml')
  const sample = async () => {
    return join(await folder({ 'sample.yaml': text }), 'sample.yaml')
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

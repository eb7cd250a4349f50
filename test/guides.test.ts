import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { callErrors } from '../src/contract/errors.ts'
import { oauthErrors } from '../src/contract/schemas/oauth.ts'
import { startMock } from '../src/index.ts'
import { packageFile } from '../src/package-info.ts'
import { loadFixture } from '../src/world/fixtures/fixture-source.ts'
import { batchReadPaths } from './batch-read-paths.ts'
import { build, v3 } from './build.ts'
import { command, commandHere, started } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'
import { makeSpecs, servedDocument } from './made-specs.ts'
import { pageOf, samplesOf, tableOf } from './pages.ts'
import { sample } from './sample.ts'

const run = promisify(execFile)

const hasCurl = hasTool('curl', 'the calls that the guides make with it') && hasTool('sh', 'the same', ['-c', 'exit'])

describe('scenarios.md', () => {
  const page = 'docs/scenarios.md'

  if (hasCurl) {
    const [askFunction = ''] = samplesOf(page, 'sh')
    test.each(tableOf(page, 'response | command'))('a request gets: %s', async (response, ask = '', contains = '') => {
      const { url } = await started(['--log-level', 'silent'])
      const script = `${askFunction}\n${ask} -w '\\n%{http_code}'`.replace('http://localhost:4010', url)
      const { stdout } = await run('sh', ['-c', script])
      const [, body = '', status] = /^(.*)\n(\d+)$/s.exec(stdout) ?? []
      expect(status).toBe(response?.split(',')[0])
      expect(body).toContain(contains)
    })
  }

  test('the status of a partial failure on each path is that of the contract', () => {
    expect(tableOf(page, 'path')).toEqual(
      batchReadPaths.map(({ url, partialFailure }) => [url, String(partialFailure)]),
    )
  })

  test('the sample scenario does what its comments say', async () => {
    const [text = ''] = samplesOf(page, 'yaml')
    let now = Date.UTC(2026, 10, 1)
    const ids = ['8f1c2b7e-5a0d-4e63-9b41-7d2f6c3a9e15', '430318c4-abb7-4bf7-a75e-9c5fa8f475a6']
    const campaigns = `campaigns: [{ id: ${ids[0]} }, { id: ${ids[1]} }]\nscenario: slow-batch\n`
    const { read } = await build(await folder({ 'sample.yaml': text + campaigns }), { clock: { now: () => now } })
    const status = async () => (await read(ids)).body.status
    expect([await status(), await status(), await status()]).toEqual(['PENDING', 'PENDING', 'PROCESSING'])
    now += 500
    for (const { body } of [await read(ids), await read(ids)]) {
      expect(body).toMatchObject({ status: 'COMPLETE', results: [{ id: ids[0] }] })
      expect(body.results.length).toBe(1)
    }
  })

  test('the sample scenarios with repeat and when do what the text says', async () => {
    const [, text = ''] = samplesOf(page, 'yaml')
    const id = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'
    const { read } = await build(await folder({ 'sample.yaml': `campaigns: [{ id: ${id} }]\n${text}` }))
    const status = async (token: string, ...ids: string[]) => (await read(ids, { token })).statusCode
    for (const expected of [200, 200, 500, 200, 200, 500]) expect(await status('any~every-third')).toBe(expected)
    const once = 'any~locked-once'
    expect([await status(once), await status(once, id), await status(once, id)]).toEqual([200, 423, 200])
  })

  const namesAfter = (start: RegExp) => {
    const [, listed = ''] = start.exec(pageOf(page)) ?? []
    return [...listed.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)
  }

  test('the errors by name are those of the contract', () => {
    expect(namesAfter(/^Errors by name: (.*?)\.\n/ms)).toEqual(Object.keys(callErrors))
    expect(namesAfter(/^With `on: oauth\.token`: (.*?)\.\n/ms)).toEqual(Object.keys(oauthErrors))
  })
})

describe('fixtures.md', () => {
  const page = 'docs/fixtures.md'
  const sampleFile = async () =>
    join(await folder({ 'my-campaigns.yaml': samplesOf(page, 'yaml')[0] ?? '' }), 'my-campaigns.yaml')

  test('the sample is a fixture', async () => {
    const { fixture } = await loadFixture(await sampleFile())
    expect(fixture).toMatchObject({ generate: { campaigns: 1000 }, scenario: 'slow-batch' })
  })

  test('the command serves it', async () => {
    const [line = ''] = samplesOf(page, 'sh')
    const [, flag = ''] = /^npm start -- (--\w+) my-campaigns\.yaml\n$/.exec(line) ?? []
    const { url } = await started([flag, await sampleFile()])
    const health = await fetch(`${url}/health`)
    expect(await health.json()).toMatchObject({ campaigns: 1001 })
  })

  if (hasCurl) {
    test('the exported fixture of the sample loads again', async () => {
      const { url } = await started(['--log-level', 'silent'])
      const exporting = samplesOf(page, 'sh').find((sample) => sample.includes('/_mock/fixture')) ?? ''
      const cwd = await folder({})
      await run('sh', ['-c', exporting.replace('http://localhost:4010', url)], { cwd })
      const { fixture } = await loadFixture(join(cwd, 'my-campaigns.json'))
      expect(fixture).toMatchObject({ generate: { campaigns: 0 } })
    })
  }

  test('check accepts the sample', async () => {
    const line = samplesOf(page, 'sh').find((sample) => sample.includes(' check ')) ?? ''
    const [, name = ''] = /^npx hubspot-campaigns-mock (\w+) my-campaigns\.yaml\n$/.exec(line) ?? []
    const file = await sampleFile()
    const stdout = `${file}: no problems (1 campaign, 1000 generated)\n`
    expect(await commandHere([name, file])).toEqual({ code: 0, stdout, stderr: '' })
  })

  test('import writes a fixture that check accepts', async () => {
    const [, , line = ''] = samplesOf(page, 'sh')
    const [, name = '', har = '', flag = '', out = ''] =
      /^npx hubspot-campaigns-mock (\w+) (\S+) (\S+) (\S+)\n$/.exec(line) ?? []
    const path = await folder({ [har]: JSON.stringify({ total: 0, results: [] }) })
    const { code } = await commandHere([name, join(path, har), flag, join(path, out)])
    expect([code, (await commandHere(['check', join(path, out)])).code]).toEqual([0, 0])
  })

  test('the sample for editors is a fixture, and names a file of the package', async () => {
    const [, sample = ''] = samplesOf(page, 'yaml')
    const [, file = ''] = /\$schema=\.\/node_modules\/hubspot-campaigns-mock\/(.+)\n/.exec(sample) ?? []
    expect(existsSync(packageFile(file))).toBe(true)
    expect((await loadFixture(join(await folder({ 'my.yaml': sample }), 'my.yaml'))).campaigns.ids).toEqual(['spring'])
  })

  test('the sample does what its comments say', async () => {
    let now = Date.UTC(2026, 10, 1)
    const { read } = await build(await sampleFile(), { clock: { now: () => now } })
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

describe('control-api.md', () => {
  const page = 'docs/control-api.md'

  if (hasCurl) {
    const [journal = '', archive = '', wait = '', events = '', changes = '', clock = ''] = samplesOf(page, 'sh')

    test('the sample plays steps, lists requests and verifies', async () => {
      const { url } = await started(['--log-level', 'silent'])
      const { stdout } = await run('sh', ['-c', journal.replaceAll('http://localhost:4010', url)])
      expect(stdout).toBe(
        '{"name":"unnamed","step":1,"left":2}{"requests":[],"total":0,"dropped":0}{"ok":false,"count":0,"dropped":0,"message":"expected 1 request with {\\"ids\\":[\\"spring\\"],\\"properties\\":[\\"hs_name\\"]}, found 0; there are no requests","nearest":[]}',
      )
    })

    test('the sample that exports the journal writes a file', async () => {
      const { url } = await started(['--log-level', 'silent'])
      await (await fetch(`${url}/integrations/v1/me`, { headers: { authorization: 'Bearer any' } })).text()
      const cwd = await folder()
      await run('sh', ['-c', archive.replaceAll('http://localhost:4010', url)], { cwd })
      const { log } = JSON.parse(await readFile(join(cwd, 'requests.har'), 'utf8'))
      expect(log.entries).toMatchObject([{ request: { url: `${url}/integrations/v1/me` } }])
    })

    test('the sample that waits gets the request that it waits for', async () => {
      const { url } = await started(['--log-level', 'silent'])
      const waiting = run('sh', ['-c', wait.replaceAll('http://localhost:4010', url)])
      const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
      await (await fetch(url + v3, { method: 'POST', headers, body: '{"inputs":[]}' })).text()
      expect(JSON.parse((await waiting).stdout)).toMatchObject({ operation: 'batch.read', status: 200 })
    })

    test('the sample that follows the journal gets what happens', async () => {
      const { url } = await started(['--log-level', 'silent'])
      await (await fetch(`${url}/integrations/v1/me`, { headers: { authorization: 'Bearer any' } })).text()
      const follower = spawn('sh', ['-c', `exec ${events.replaceAll('http://localhost:4010', url)}`])
      onTestFinished(() => void follower.kill())
      let text = ''
      for await (const chunk of follower.stdout) {
        text += chunk
        if (/event: exchange\nid: \d+\ndata: .+\n\n/.test(text)) break
      }
      expect(text).toContain('event: clear\n')
      expect(text).toContain('"path":"/integrations/v1/me"')
    })

    test('the sample lets an id fail and sets a rate limit and scopes', async () => {
      const { url } = await started(['--log-level', 'silent'])
      const { stdout } = await run('sh', ['-c', changes.replaceAll('http://localhost:4010', url)])
      const [error, limit, token] = stdout.split(/(?<=\})(?=\{)/).map((text) => JSON.parse(text))
      expect(error).toMatchObject({ category: 'PERMISSION_DENIED' })
      expect([limit.remaining, token.scopes]).toEqual([3, ['marketing.campaigns.read']])
    })

    test('the sample that moves the clock lets an access token expire', async () => {
      const { url } = await started(['--log-level', 'silent'])
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'spring',
        client_id: 'app',
        client_secret: 's',
      })
      const issued = await fetch(`${url}/oauth/v1/token`, { method: 'POST', body: form })
      const { access_token } = (await issued.json()) as { access_token: string }
      const headers = { authorization: `Bearer ${access_token}` }
      const statusOf = async () => (await fetch(`${url}/marketing/v3/campaigns`, { headers })).status
      expect(await statusOf()).toBe(200)
      await run('sh', ['-c', clock.replaceAll('http://localhost:4010', url)])
      expect(await statusOf()).toBe(401)
    })
  }
})

if (hasCurl) {
  test('the sample of inspector.md gives a portal a label', async () => {
    const { url } = await started(['--log-level', 'silent'])
    const [text = ''] = samplesOf('docs/inspector.md', 'sh')
    await run('sh', ['-c', text.replaceAll('http://localhost:4010', url)])
    const response = await fetch(`${url}/_mock/portals`)
    expect(await response.json()).toMatchObject({ portals: [{ label: 'checkout tests' }] })
  })
}

test('the verbs of the library in test-runners.md exist', async () => {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const rows = tableOf('docs/test-runners.md', '`mock`, and `mock.portal(token)` for one portal | effect')
  const named = rows.flatMap(([cell = '']) => {
    const [, resource = ''] = /^`?(campaigns|errors|scenarios|journal|clock|rateLimit)\./.exec(cell) ?? []
    return [...cell.matchAll(/\.(\w+)/g)].flatMap(([, verb = '']) =>
      resource === '' ? [] : [[resource, verb] as const],
    )
  })
  expect(named.length).toBeGreaterThan(18)
  for (const [resource, verb] of named) expect(verb in Reflect.get(mock, resource), `${resource}.${verb}`).toBe(true)
})

test('jest runs with the flag of test-runners.md', () => {
  expect(samplesOf('docs/test-runners.md', 'sh')).toContain('NODE_OPTIONS=--experimental-vm-modules npx jest\n')
})

test('the flags in command.md are those of --help', async () => {
  const { stdout } = await command(['--help']).ended
  const [, flags = ''] = /\n\n(.*)/s.exec(stdout) ?? []
  expect(samplesOf('docs/command.md', 'text')[0]).toBe(flags)
})

test('the drift commands of fidelity-and-drift.md find no unknown difference', async () => {
  const [text = ''] = samplesOf('docs/fidelity-and-drift.md', 'sh')
  const files = await folder({
    'hubspot-campaigns-v3.json': JSON.stringify(makeSpecs(await servedDocument())[0]?.document),
    'session.har': JSON.stringify({ log: { entries: [await harEntry()] } }),
  })
  const commands = text.trim().split('\n')
  expect(commands.length).toBe(2)
  for (const line of commands) {
    const [, , ...args] = line.split(' ')
    const { code, stdout } = await commandHere(args.map((word) => (/\.\w+$/.test(word) ? join(files, word) : word)))
    expect([code, stdout]).toEqual([0, expect.stringMatching(/ 0 differ\b/)])
  }
})

/** A call of the mock, as a browser saves it. */
async function harEntry() {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const url = `${mock.url}/marketing/v3/campaigns/batch/read`
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: '{"inputs":[]}' })
  const pairs = (all: Headers) => [...all].map(([name, value]) => ({ name, value }))
  return {
    request: { method: 'POST', url, headers: pairs(new Headers(headers)) },
    response: { status: response.status, headers: pairs(response.headers), content: { text: await response.text() } },
  }
}

test('the sample of clients.md that intercepts a process runs', async () => {
  const [text = ''] = samplesOf('docs/clients.md', 'js')
  const inside = await sample({ 'sample.js': text })
  const { stdout } = await run(process.execPath, [join(inside, 'sample.js')])
  expect(stdout).toContain("status: 'COMPLETE'")
})

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { loadFixture } from '../src/world/fixtures/fixture-source.ts'
import { build, v3 } from './build.ts'
import { started } from './command.ts'
import { folder } from './folder.ts'
import { hasTool } from './left-out.ts'
import { pageOf, root, samplesOf, tableOf } from './pages.ts'
import { sample } from './sample.ts'

const run = promisify(execFile)
const page = 'README.md'
const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

/** A response without the times of the batch, which differ with each call. */
const timeless = (response: string) => response.trim().replace(/"(completedAt|startedAt)":"[^"]+"/g, '"$1":"then"')

const hasCurl = hasTool('curl', 'the calls that the README makes with it') && hasTool('sh', 'the same', ['-c', 'exit'])

test('the first commands clone the repository, install and start', () => {
  const [clone, first] = samplesOf(page, 'sh')
  expect(clone).toBe(`git clone ${packageJson.repository.url.replace('git+', '')}\ncd hubspot-campaigns-mock\n`)
  expect(first).toBe('npm ci && npm start\n')
  expect(packageJson.scripts.start).toBe('node dist/cli.js start')
})

test('the Node versions are those of the package', () => {
  expect(packageJson.engines.node.replaceAll('.0', '')).toBe('^20.19 || ^22.13 || >=24')
  expect(pageOf(page)).toContain('Node `^20.19 || ^22.13 || >=24`')
})

if (hasCurl) {
  test('each curl of the first screen gets the response below it', async () => {
    const { url } = await started()
    const commands = samplesOf(page, 'sh').filter((text) => text.startsWith("curl '"))
    const responses = samplesOf(page, 'json')
    expect([commands.length, responses.length]).toEqual([2, 2])
    for (const [i, response] of responses.entries()) {
      const { stdout } = await run('sh', ['-c', (commands[i] ?? '').replace('http://localhost:4010', url)])
      expect(timeless(stdout.replaceAll(url, 'http://localhost:4010'))).toBe(timeless(response))
    }
  })

  test('the call that plays steps lets the first request fail with 429', async () => {
    const { url } = await started(['--log-level', 'silent'])
    const [script = ''] = samplesOf(page, 'sh').filter((text) => text.includes('/_mock/scenario'))
    await run('sh', ['-c', script.replaceAll('http://localhost:4010', url)])
    const statusOf = async () =>
      (await fetch(`${url}/marketing/v3/campaigns`, { headers: { authorization: 'Bearer any' } })).status
    expect([await statusOf(), await statusOf()]).toEqual([429, 200])
  })
}

describe('a JavaScript sample runs', () => {
  test.each(samplesOf(page, 'js'))('%#', async (text) => {
    const { url } = await started()
    const inside = await sample({ 'sample.js': text.replaceAll('http://localhost:4010', url) })
    const { stdout } = await run(process.execPath, [join(inside, 'sample.js')])
    expect(stdout).toMatch(/status: 'COMPLETE'/)
    expect(stdout).toContain('results')
  })
})

describe('the table of scenarios', () => {
  /** Expects the response that a row of the table describes. */
  async function expectResponse(described: string, url: string, headers: Record<string, string>) {
    const requested = fetch(url + v3, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', ...headers },
      body: '{"inputs":[]}',
    })
    if (described.startsWith('no response')) return expect(requested).rejects.toThrow('fetch failed')
    const response = await requested
    expect(response.status).toBe(Number.parseInt(described, 10))
    if (described.includes('in the middle of the body')) return expect(response.text()).rejects.toThrow('terminated')
    const text = JSON.stringify([...response.headers]) + (await response.text())
    for (const [, word = ''] of described.split(', then')[0]?.matchAll(/`([^`]+)`/g) ?? []) expect(text).toContain(word)
  }

  const rows = tableOf(page, 'scenario | response')
  const ways = tableOf(page, 'applies to | select it with').map(([, way = '']) => way)
  const wayOf = (pattern: RegExp, name: string) => {
    const [, found = ''] = ways.map((way) => pattern.exec(way)).find((match) => match !== null) ?? []
    expect(found).toContain('rate-limited')
    return found.replace('rate-limited', name)
  }

  test('has a row for each built-in scenario', async () => {
    const { scenarios } = await loadFixture({})
    expect(rows.map(([name]) => name).sort()).toEqual(scenarios.names.sort())
  })

  test.each(rows)('%s, in each of the four ways: %s', async (name = '', described = '') => {
    const fixtures = await folder({ 'my.yaml': `${wayOf(/`(scenario: .+)`/, name)}\n` })
    const [plain, playing] = [await startMock(), await startMock({ fixtures })]
    onTestFinished(async () => void (await Promise.all([plain.close(), playing.close()])))
    const portal = { authorization: 'Bearer portal' }
    await fetch(`${plain.url}/_mock/scenario`, {
      method: 'PUT',
      headers: { ...portal, 'content-type': 'application/json' },
      body: wayOf(/body `(.+)`/, name),
    })
    await Promise.all([
      expectResponse(described, plain.url, { 'x-mock-scenario': wayOf(/`X-Mock-Scenario: (.+)`/, name) }),
      expectResponse(described, plain.url, {
        authorization: wayOf(/`Authorization: (.+)`/, name).replace('any', 'other'),
      }),
      expectResponse(described, plain.url, portal),
      expectResponse(described, playing.url, {}),
    ])
  })
})

test('the fixture is valid, and does what its comments say', async () => {
  const [text = ''] = samplesOf(page, 'yaml')
  const { read, get } = await build(await folder({ 'my-campaigns.yaml': text }))
  const { body } = await read(['430318c4-abb7-4bf7-a75e-9c5fa8f475a6', '00000000-0000-4000-8000-000000000403'], {
    query: 'startDate=2026-05-01&endDate=2026-05-31',
  })
  expect(body.results[0].assets.MARKETING_EMAIL.results[0].metrics).toEqual({ SENT: 1200 })
  expect(body.errors).toMatchObject([{ category: 'PERMISSION_DENIED' }])
  expect((await get('/marketing/v3/campaigns')).body.total).toBe(1001)
})

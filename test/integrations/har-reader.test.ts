import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { spring, v3 } from '../build.ts'

const run = promisify(execFile)

/** Reads an archive with MSW's reader, and gets the response that MSW would give to one of its requests. */
const script = `
import { readFileSync } from 'node:fs'
import { fromTraffic } from '@mswjs/source/traffic'
import { getResponse } from 'msw'

const [file, url, body] = process.argv.slice(2)
const handlers = fromTraffic(JSON.parse(readFileSync(file, 'utf8')))
const response = await getResponse(handlers, new Request(url, { method: 'POST', body }))
console.log(JSON.stringify({ handlers: handlers.length, status: response?.status, body: await response?.json() }))
`

test('MSW replays the responses of an exported archive', async () => {
  const mock = await startMock({ fixtures: { campaigns: [spring] } })
  onTestFinished(() => mock.close())
  const portal = mock.portal('any')
  const url = `${mock.url}${v3}?properties=hs_name`
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  const body = JSON.stringify({ inputs: [{ id: spring.id }] })
  const answered = await (await fetch(url, { method: 'POST', headers, body })).json()
  portal.scenarios.play([{ fault: 'empty' }])
  await fetch(`${mock.url}/marketing/v3/campaigns`, { headers }).catch(() => {})
  await portal.journal.waitFor({}, { count: 2 })
  const folder = inject('clients')
  const [file, reader] = [join(folder, 'requests.har'), join(folder, 'read-har.js')]
  await writeFile(file, await (await fetch(`${mock.url}/_mock/requests?format=har`)).text())
  await writeFile(reader, script)
  const { stdout } = await run(process.execPath, [reader, file, url, body], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual({ handlers: 2, status: 200, body: answered })
})

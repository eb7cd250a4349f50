import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { v3 } from '../build.ts'
import { openInspector, startedMock } from './page.ts'
import { report } from './report.ts'

const run = promisify(execFile)
const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

test('the page loads under its policy without an error, and says that nothing has come yet', async () => {
  const { url } = await startedMock()
  const { page, problems } = await openInspector(url)
  await page.getByText('Requests to the mock appear here.').waitFor()
  expect(problems).toEqual([])
})

test('a request made with curl appears at once, with its body and headers', async () => {
  const { url } = await startedMock()
  const { page, problems } = await openInspector(url)
  // The moment when the first row has its status, on the clock of this machine.
  const shown: Promise<number> = page.evaluate(`new Promise((resolve) => {
    new MutationObserver(() => {
      if (document.querySelector('.rows .status')?.textContent === '200') resolve(Date.now())
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })`)
  const body = `{"inputs":[{"id":"${clothing}"}]}`
  const args = ['-s', '-H', 'Authorization: Bearer a-token-of-curl', '-H', 'Content-Type: application/json', '-d', body]
  const { stdout } = await run('curl', [
    ...args,
    '-H',
    'X-My-Header: blue',
    `${url}${v3}?properties=hs_name&propertees=x`,
  ])
  const { requests } = (await (await fetch(`${url}/_mock/requests`)).json()) as { requests: { at: string }[] }
  report(
    'from the arrival of a request to its row in the page',
    `${(await shown) - Date.parse(requests[0]?.at ?? '')} ms`,
  )

  await page.getByRole('row', { name: /batch\.read/ }).click()
  const details = page.getByRole('article')
  await details.getByText('x-my-header').waitFor()
  const [sent, received] = await details.locator('pre').allInnerTexts()
  expect(sent?.trimEnd()).toBe(JSON.stringify(JSON.parse(body), null, 2))
  expect(received?.trimEnd()).toBe(JSON.stringify(JSON.parse(stdout), null, 2))
  const headers = await details.getByRole('row').allInnerTexts()
  expect(headers).toEqual(expect.arrayContaining(['x-my-header\tblue', 'authorization\tBearer [REDACTED]']))
  expect(headers.some((line) => line.startsWith('x-hubspot-correlation-id\t'))).toBe(true)
  expect(await details.locator('mark').allInnerTexts()).toEqual(['query.propertees', 'propertees'])
  expect(await page.content()).not.toContain('a-token-of-curl')
  expect(problems).toEqual([])
})

test('a member of the body that nothing reads is marked', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  const headers = { 'content-type': 'application/json' }
  await call(v3, { method: 'POST', headers, body: '{"inputs":[{"id":"a","idProperty":"b"}]}' })
  await page.getByRole('row', { name: /batch\.read/ }).click()
  await page.locator('pre mark').first().waitFor()
  expect(await page.locator('pre mark').allInnerTexts()).toEqual(['"idProperty": "b"'])
})

test('a request is listed while its response is held', async () => {
  const { url, read, put } = await startedMock()
  await put('/scenario', { steps: [{ hold: true }] })
  const { page } = await openInspector(url)
  const held = read([clothing])
  await page.getByRole('row', { name: /pending batch\.read/ }).waitFor()
  await fetch(`${url}/_mock/scenario/release`, { method: 'POST' })
  await page.getByRole('row', { name: /200 batch\.read/ }).waitFor()
  expect((await held).status).toBe(200)
  expect(await page.locator('.rows .line').count()).toBe(1)
})

test('the list is filtered by text, operation and status', async () => {
  const { url, read, call } = await startedMock()
  const { page } = await openInspector(url)
  await read([clothing])
  await call('/marketing/v3/campaigns')
  await call('/elsewhere')
  const rows = page.locator('.rows .line')
  await expect.poll(() => rows.count()).toBe(3)
  await page.getByLabel('Filter by text').fill('ELSEwhere')
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByLabel('Operation').selectOption('campaigns.list')
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByLabel('Operation').selectOption('')
  await page.getByLabel('Status', { exact: true }).selectOption('2xx')
  await expect.poll(() => rows.count()).toBe(2)
})

test('a paused list stays as it is, and shows what came when it goes on', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  const rows = page.locator('.rows .line')
  await call('/one')
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByRole('button', { name: 'Pause' }).click()
  await call('/two')
  await page.getByRole('button', { name: 'Resume (1 new)' }).click()
  await expect.poll(() => rows.count()).toBe(2)
})

test('the journal is cleared, here and in the mock', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  await call('/one')
  await page.getByRole('row', { name: '/one' }).waitFor()
  await page.getByRole('button', { name: 'Clear journal' }).click()
  await page.getByText('Requests to the mock appear here.').waitFor()
  expect(await (await fetch(`${url}/_mock/requests`)).json()).toMatchObject({ total: 0 })
})

test('one portal is shown with its label, without the requests of others', async () => {
  const { url, call, put } = await startedMock()
  await call('/one', { token: 'first' })
  await call('/two', { token: 'second' })
  await put('/portal', { label: 'the first team' }, { authorization: 'Bearer first' })
  const { page } = await openInspector(url)
  await page.getByLabel('Portal').selectOption({ label: 'the first team (1)' })
  const rows = page.locator('.rows .line')
  await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('/one')])
  await call('/three', { token: 'second' })
  await call('/four', { token: 'first' })
  await expect.poll(() => rows.count()).toBe(2)
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/\/four\s+the first team/),
    expect.stringMatching(/\/one\s+the first team/),
  ])
})

test('the journal is exported as a HAR file, without tokens', async () => {
  const { url, read } = await startedMock()
  const { page } = await openInspector(url)
  await read([clothing], 'a-token-of-at-least-16')
  await page.getByRole('row', { name: /batch\.read/ }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export HAR' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('requests.har')
  const text = await readFile(await file.path(), 'utf8')
  expect(JSON.parse(text).log).toMatchObject({ version: '1.2', entries: [{ request: { method: 'POST' } }] })
  expect(text).not.toContain('a-token-of-at-least-16')
})

test('a copied curl command makes the same request, with the token from the environment', async () => {
  const { url, read } = await startedMock()
  const { page } = await openInspector(url, { permissions: ['clipboard-read', 'clipboard-write'] })
  const response = await read([clothing], 'a-token-of-at-least-16', '?properties=hs_name')
  await page.getByRole('row', { name: /batch\.read/ }).click()
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await page.getByText('Copied.').waitFor()
  const command: string = await page.evaluate('navigator.clipboard.readText()')
  expect(command).toContain('$HUBSPOT_TOKEN')
  const { stdout } = await run('sh', ['-c', `${command} -s`], { env: { ...process.env, HUBSPOT_TOKEN: 'any' } })
  const { results } = (await response.json()) as { results: unknown }
  expect(JSON.parse(stdout).results).toEqual(results)
})

test('the page finds the mock again after a restart, with only what that has seen', async () => {
  const first = await startedMock()
  const { page } = await openInspector(first.url)
  await first.call('/before')
  await page.getByRole('row', { name: '/before' }).waitFor()
  first.child.kill('SIGKILL')
  await page.getByText('mock not reachable').waitFor()
  const second = await startedMock(['--port', new URL(first.url).port])
  await second.call('/after')
  await page.getByRole('row', { name: '/after' }).waitFor()
  expect(await page.locator('.rows .line').count()).toBe(1)
})

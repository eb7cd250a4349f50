import { once } from 'node:events'
import { request } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { v3 } from '../build.ts'
import { openInspector, startedMock } from './page.ts'

const image = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

/** Everything in the page that HTML from the wire would have added, and the title that its code would have set. */
const intruders = (page: Page) =>
  page.evaluate(
    `[document.title, document.querySelectorAll('img, script:not([src]), iframe, a[href^="javascript"]').length]`,
  )
const nothing = ['Inspector · hubspot-campaigns-mock', 0]

test('HTML stays text: in paths, queries, headers, bodies, ids, properties, labels, scenarios and campaigns', async () => {
  const { url, call, put } = await startedMock()
  const { page, problems } = await openInspector(url)
  await put(`/campaigns/${encodeURIComponent(image)}`, { properties: { hs_name: image, [image]: image } })
  await put('/portal', { label: image.slice(0, 100) }, { authorization: 'Bearer any' })
  await put('/scenario', { steps: [{ error: { status: 418, body: image, headers: { 'x-image': image } }, times: 1 }] })
  const headers = { 'content-type': 'application/json', 'x-image': image }
  const body = JSON.stringify({ inputs: [{ id: image, [image]: image }], [image]: image })
  const query = `?properties=${encodeURIComponent(image)}&${encodeURIComponent(image)}=${encodeURIComponent(image)}`
  await call(v3 + query, { method: 'POST', headers, body })
  await call(v3 + query, { method: 'POST', headers, body })
  await call(`/${encodeURIComponent(image)}`, { headers: { ...headers, 'x-mock-scenario': image } })
  await sendRaw(url, `/marketing/v3/campaigns/${image.replaceAll(' ', '/')}?${image.replaceAll(' ', '/')}`)

  const rows = page.locator('.rows .line')
  await expect.poll(() => rows.count()).toBe(4)
  for (let i = 0; i < 4; i++) {
    await rows.nth(i).click()
    await page.getByRole('article').waitFor()
    expect(await page.getByRole('article').innerText()).toContain('onerror')
    expect(await intruders(page)).toEqual(nothing)
  }
  await page.getByRole('tab', { name: 'Campaigns' }).click()
  await page.getByLabel('Search campaigns').fill(image)
  await page.locator('.entries b', { hasText: 'onerror' }).waitFor()
  await page.getByRole('button', { name: 'Edit' }).first().click()
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByLabel('Steps as JSON').fill(JSON.stringify([{ [image]: 1 }]))
  await page.getByRole('button', { name: 'Play these steps' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('onerror')
  await page.getByLabel('Portal').selectOption({ index: 1 })
  await page.getByRole('heading', { name: 'onerror' }).first().waitFor()
  expect(await intruders(page)).toEqual(nothing)
  expect(problems.filter((problem) => !problem.includes('status of 4'))).toEqual([])
})

test('text that looks like markup or code of the page itself stays text', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  const texts = [
    '{"__html":"<b>x</b>"}',
    '{"constructor":{"prototype":{}},"__proto__":{"type":"img"}}',
    '{{7*7}}',
    '\u0000\u2028\u202e\ud800',
  ]
  for (const body of texts)
    await call('/odd', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const rows = page.locator('.rows .line')
  await expect.poll(() => rows.count()).toBe(texts.length)
  for (let i = 0; i < texts.length; i++) {
    await rows.nth(i).click()
    await page.locator('pre').first().waitFor()
  }
  expect(await intruders(page)).toEqual(nothing)
})

/** Sends a path that fetch would encode. */
async function sendRaw(url: string, path: string): Promise<void> {
  const { hostname: host, port } = new URL(url)
  const outgoing = request({ host, port, path, headers: { authorization: 'Bearer any' } }).end()
  const [response] = await once(outgoing, 'response')
  await once(response.resume(), 'end')
}

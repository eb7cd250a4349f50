import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { source as axe } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openInspector, startedMock } from './page.ts'

const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

/** Screenshots for people to look at. */
const screenshots = new URL('../../.cache/inspector/', import.meta.url).pathname
mkdirSync(screenshots, { recursive: true })

/** A mock with requests of every kind. */
async function busyMock() {
  const mock = await startedMock(['--campaigns', '40', '--rate-limit', 'professional'])
  const { read, call, put } = mock
  for (let i = 0; i < 20; i++) {
    await read([clothing], 'spring', '?properties=hs_name')
    await call(`/marketing/v3/campaigns/${clothing}`, { token: 'autumn' })
  }
  await put('/portal', { label: 'spring team' }, { authorization: 'Bearer spring' })
  for (const name of ['rate-limited', 'server-error', 'backlog']) await read([clothing], `spring~${name}`)
  await read([clothing], 'spring~reset').catch(() => {})
  await call('/marketing/v3/nothing')
  await read([clothing], 'spring', '?properties=hs_name&propertees=hs_goal')
  return mock
}

/** Opens each part of the page. */
async function visitParts(page: Page, visit: (part: string) => Promise<void>): Promise<void> {
  await page.locator('.rows .line').nth(9).waitFor()
  await visit('requests')
  await page.locator('.rows .line').first().click()
  await page.getByRole('article').waitFor()
  await visit('details')
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByRole('button', { name: 'Play backlog' }).click()
  await page.getByText('backlog, step 1').waitFor()
  await visit('scenarios')
  await page.getByRole('tab', { name: 'Campaigns' }).click()
  await page.getByRole('button', { name: 'Edit' }).first().click()
  await visit('campaigns')
  await page.getByRole('tab', { name: 'Clock' }).click()
  await page.getByLabel('Portal').selectOption({ label: 'spring team (25)' })
  await page.getByText(' in 10 s').first().waitFor()
  await visit('clock')
  await page.getByRole('button', { name: 'Reset…' }).click()
  await visit('reset')
}

/** What axe finds that people could not see, reach or understand. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => [id, html, any[0]?.message].join(' '))))`)
}

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [400, 'light'],
  [400, 'dark'],
] as const)('every part fits into %d pixels and has no barrier, %s', async (width, colorScheme) => {
  const { url } = await busyMock()
  const { page, problems } = await openInspector(url, { viewport: { width, height: 800 }, colorScheme })
  await visitParts(page, async (part) => {
    await page.screenshot({ path: join(screenshots, `${part}-${width}-${colorScheme}.png`) })
    expect(await page.evaluate('document.documentElement.scrollWidth'), part).toBeLessThanOrEqual(width)
    expect(await findBarriers(page), part).toEqual([])
  })
  expect(problems).toEqual([])
})

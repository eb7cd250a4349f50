import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openInspector, startedMock } from './page.ts'

const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

/** What has the focus: its label or its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    const [label] = element.labels ?? []
    return element.getAttribute('aria-label') ?? label?.firstChild.textContent ?? element.textContent
  })()`)

/** Whether what has the focus is marked so that it can be seen. */
const isMarked = (page: Page): Promise<boolean> =>
  page.evaluate(`getComputedStyle(document.activeElement).outlineStyle === 'solid'`)

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).startsWith(name)) return
  }
  throw new Error(`Tab does not reach ${name}`)
}

test('Tab goes through the page from top to bottom, and the focus can be seen', async () => {
  const { url } = await startedMock()
  const { page } = await openInspector(url)
  const order = [
    'Portal',
    'Reset…',
    'Filter by text',
    'Operation',
    'Status',
    'Pause',
    'Clear journal',
    'Export HAR',
    'Requests, newest first',
    'Details',
  ]
  for (const name of order) {
    await page.keyboard.press('Tab')
    expect(await focused(page)).toContain(name)
    expect(await isMarked(page), name).toBe(true)
  }
})

test('the arrow keys move through the requests, and Enter leads to the details', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  for (const path of ['/one', '/two', '/three']) await call(path)
  await expect.poll(() => page.locator('.rows .line').count()).toBe(3)
  const selected = page.locator('.line[aria-selected=true]')
  await tabTo(page, 'Requests, newest first')
  for (const [key, path] of [
    ['ArrowDown', '/three'],
    ['ArrowDown', '/two'],
    ['End', '/one'],
    ['ArrowUp', '/two'],
    ['Home', '/three'],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(() => selected.innerText()).toContain(path)
  }
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toContain('not served')
})

test('a scenario is played and stopped without a mouse', async () => {
  const { url, read } = await startedMock()
  const { page } = await openInspector(url)
  await tabTo(page, 'Details')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toBe('Scenarios')
  await page.getByRole('button', { name: 'Play locked' }).waitFor()
  await tabTo(page, 'Play locked')
  await page.keyboard.press('Enter')
  await page.getByText('Playing locked').waitFor()
  expect((await read([clothing])).status).toBe(423)
})

test('a reset is confirmed or left without a mouse, and the focus returns', async () => {
  const { url, call } = await startedMock()
  const { page } = await openInspector(url)
  await call('/one')
  await page.getByRole('row', { name: '/one' }).waitFor()
  await tabTo(page, 'Reset…')
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('Cancel')
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('Reset…')
  expect(await page.locator('.rows .line').count()).toBe(1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Reset')
  await page.keyboard.press('Enter')
  await page.getByText('Requests to the mock appear here.').waitFor()
})

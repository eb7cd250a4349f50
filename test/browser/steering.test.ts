import { expect, test } from 'vitest'
import { openInspector, startedMock } from './page.ts'

const clothing = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

async function openTab(url: string, tab: string) {
  const opened = await openInspector(url)
  await opened.page.getByRole('tab', { name: tab }).click()
  return opened
}

test('a scenario that is played changes the next response, and the response after it is stopped', async () => {
  const { url, read } = await startedMock()
  const { page } = await openTab(url, 'Scenarios')
  await page.getByRole('button', { name: 'Play rate-limited' }).click()
  await page.getByText('Playing rate-limited for the whole mock').waitFor()
  expect((await read([clothing])).status).toBe(429)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByText('No scenario is active').waitFor()
  expect((await read([clothing])).status).toBe(200)
})

test('a scenario for one portal leaves the others alone', async () => {
  const { url, read } = await startedMock()
  await read([clothing], 'first')
  const { page } = await openTab(url, 'Scenarios')
  await page.getByLabel('Portal').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Play server-error' }).click()
  await page.getByText(/^Playing server-error for portal /).waitFor()
  expect((await read([clothing], 'first')).status).toBe(500)
  expect((await read([clothing], 'second')).status).toBe(200)
})

test('responses that your own steps hold arrive when they are released', async () => {
  const { url, read } = await startedMock()
  const { page } = await openTab(url, 'Scenarios')
  await page.getByLabel('Steps as JSON').fill('[{ "hold": true, "times": 2 }]')
  await page.getByRole('button', { name: 'Play these steps' }).click()
  await page.getByText('Playing your steps').waitFor()
  const held = [read([clothing]), read([clothing])]
  await expect.poll(() => page.getByRole('row', { name: /pending/ }).count()).toBe(2)
  await page.getByRole('button', { name: 'Release held responses' }).click()
  await page.getByText('Released 2 held responses').waitFor()
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200])
})

test('an error in your own steps is shown with its fix', async () => {
  const { url } = await startedMock()
  const { page } = await openTab(url, 'Scenarios')
  await page.getByLabel('Steps as JSON').fill('[{ "error": "rate-limitd" }]')
  await page.getByRole('button', { name: 'Play these steps' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('did you mean "rate-limited"?')
})

test('steps are saved as a scenario that clients can name', async () => {
  const { url, read } = await startedMock()
  const { page } = await openTab(url, 'Scenarios')
  await page.getByLabel('Steps as JSON').fill('[{ "error": "locked" }]')
  await page.getByLabel('Name of the scenario').fill('mine')
  await page.getByRole('button', { name: 'Save as scenario' }).click()
  await page.getByRole('button', { name: 'Play mine' }).waitFor()
  expect((await read([clothing], 'any~mine')).status).toBe(423)
})

test('a campaign that is added is in the next batch read', async () => {
  const { url, read } = await startedMock()
  const { page } = await openTab(url, 'Campaigns')
  await page.getByRole('button', { name: 'New campaign' }).click()
  const text = await page.getByLabel('Campaign as JSON').inputValue()
  await page.getByLabel('Campaign as JSON').fill(text.replace('New campaign', 'Planted here'))
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved campaign').waitFor()
  const response = await read([JSON.parse(text).id], 'any', '?properties=hs_name')
  expect(await response.json()).toMatchObject({ results: [{ properties: { hs_name: 'Planted here' } }] })
})

test('a campaign is found by name and by id, changed and removed', async () => {
  const { url, read } = await startedMock(['--campaigns', '100'])
  const { page } = await openTab(url, 'Campaigns')
  for (const search of ['clothing pro', clothing]) {
    await page.getByLabel('Search campaigns').fill(search)
    await expect.poll(() => page.locator('.entries b').allInnerTexts()).toEqual(['Clothing Promotion'])
  }
  await page.getByRole('button', { name: 'Show and edit Clothing Promotion' }).click()
  const editor = page.getByLabel('Campaign as JSON')
  await editor.fill((await editor.inputValue()).replace('Clothing Promotion', 'Renamed'))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => page.locator('.entries b').allInnerTexts()).toEqual(['Renamed'])
  expect((await read([clothing])).status).toBe(200)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('No campaign found.').waitFor()
  expect((await read([clothing])).status).toBe(207)
})

test('an error in a campaign is shown', async () => {
  const { url } = await startedMock()
  const { page } = await openTab(url, 'Campaigns')
  await page.getByRole('button', { name: 'New campaign' }).click()
  await page.getByLabel('Campaign as JSON').fill('{"id":"a","propertys":{}}')
  await page.getByRole('button', { name: 'Save' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('did you mean "properties"?')
  await page.getByLabel('Campaign as JSON').fill('{')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('the campaign has no id').waitFor()
})

test('the clock is advanced, stopped, set and started', async () => {
  const { url } = await startedMock()
  const { page } = await openTab(url, 'Clock')
  const clock = async () => (await (await fetch(`${url}/_mock/clock`)).json()) as { now: string; running: boolean }
  const before = Date.parse((await clock()).now)
  await page.getByRole('button', { name: '30m' }).click()
  await page.getByText('Advanced the clock by 30m').waitFor()
  expect(Date.parse((await clock()).now) - before).toBeGreaterThanOrEqual(30 * 60_000)
  await page.getByRole('button', { name: 'Stop the clock' }).click()
  await page.getByText('stopped: delays wait').waitFor()
  await page.getByLabel('Set to').fill('2030-01-01T00:00:00Z')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await page.getByText('2030-01-01 00:00:00 UTC').first().waitFor()
  expect(await clock()).toEqual({ now: '2030-01-01T00:00:00.000Z', running: false })
  await page.getByLabel('Duration').fill('soon')
  await page.getByRole('button', { name: 'Advance', exact: true }).click()
  expect(await page.getByRole('alert').innerText()).toContain('"soon" is not a duration')
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await expect.poll(async () => (await clock()).running).toBe(true)
})

test('the window of the rate limit fills, and the limit can be changed', async () => {
  const { url, read } = await startedMock()
  await read([clothing])
  const { page } = await openTab(url, 'Clock')
  await page.getByLabel('Portal').selectOption({ index: 1 })
  await page.getByLabel('Calls per ten seconds').fill('3')
  await page.getByRole('button', { name: 'Set calls per 10 s' }).click()
  await page.getByText('0 of 3 in 10 s').first().waitFor()
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await read([clothing])).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  await page.getByText('3 of 3 in 10 s').first().waitFor()
  await page.getByRole('button', { name: '11s' }).click()
  await page.getByText('0 of 3 in 10 s').first().waitFor()
})

test('a reset needs a confirmation, and then removes what was changed', async () => {
  const { url, read, put } = await startedMock()
  await put('/scenario', { name: 'rate-limited' })
  const { page } = await openInspector(url)
  await read([clothing])
  await page.getByRole('row', { name: /429/ }).waitFor()
  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect((await read([clothing])).status).toBe(429)
  await page.getByRole('button', { name: 'Reset…' }).click()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByText('Requests to the mock appear here.').waitFor()
  expect((await read([clothing])).status).toBe(200)
})

test('steps that repeat are played and saved', async () => {
  const { url, read } = await startedMock()
  const { page } = await openTab(url, 'Scenarios')
  await page
    .getByLabel('Steps as JSON')
    .fill('{ "repeat": true, "steps": [{ "error": "locked", "times": 1 }, { "times": 1 }] }')
  await page.getByRole('button', { name: 'Play these steps' }).click()
  await page.getByText('Playing your steps').waitFor()
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await read([clothing])).status)
  expect(statuses).toEqual([423, 200, 423, 200])
})

test('the page returns to the whole mock if the selected portal no longer exists', async () => {
  const { url, read } = await startedMock()
  await read([clothing])
  const { page } = await openInspector(url)
  await page.getByLabel('Portal').selectOption({ index: 1 })
  await page.getByRole('row', { name: /200 batch\.read/ }).waitFor()
  await fetch(`${url}/_mock/reset`, { method: 'POST' })
  await page.getByText('now showing the whole mock').waitFor()
  await read([clothing], 'another')
  await page.getByRole('row', { name: /200 batch\.read/ }).waitFor()
})

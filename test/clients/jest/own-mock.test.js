import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { startMock } from 'hubspot-campaigns-mock'
import { readCampaigns } from '../campaigns.js'

let mock
beforeAll(async () => {
  mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
})
afterEach(() => mock.reset())
afterAll(() => mock?.close())

test('tries again after a 429', async () => {
  mock.scenarios.play([{ error: 'rate-limited', times: 1 }])
  const { results } = await readCampaigns(mock.url, 'any', ['spring'])
  expect(results).toHaveLength(1)
  expect(mock.journal.count({ status: 429 })).toBe(1)
})

test('starts with an empty journal', async () => {
  await readCampaigns(mock.url, 'any', ['spring'])
  expect(mock.journal.count({ status: 429 })).toBe(0)
})

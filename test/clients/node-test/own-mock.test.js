import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { startMock } from 'hubspot-campaigns-mock'
import { readCampaigns } from '../campaigns.js'

let mock
before(async () => {
  mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
})
afterEach(() => mock.reset())
after(() => mock?.close())

test('tries again after a 429', async () => {
  mock.scenarios.play([{ error: 'rate-limited', times: 1 }])
  const { results } = await readCampaigns(mock.url, 'any', ['spring'])
  assert.equal(results.length, 1)
  assert.equal(mock.journal.count({ status: 429 }), 1)
})

test('starts with an empty journal', async () => {
  await readCampaigns(mock.url, 'any', ['spring'])
  assert.equal(mock.journal.count({ status: 429 }), 0)
})

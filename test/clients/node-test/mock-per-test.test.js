import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { startMock } from 'hubspot-campaigns-mock'
import { readCampaigns } from '../campaigns.js'

let mock
beforeEach(async () => {
  mock = await startMock({ campaigns: 3, seed: 42 })
})
afterEach(() => mock?.close())

test('reads generated campaigns', async () => {
  const ids = mock.campaigns.list().map(({ id }) => id)
  const { results } = await readCampaigns(mock.url, 'any', ids)
  assert.equal(results.map(({ id }) => id).join(), ids.join())
})

test('reads again while the batch is not complete', async () => {
  mock.scenarios.play([{ status: 'PENDING', times: 2 }])
  await readCampaigns(mock.url, 'any', ['430318c4-abb7-4bf7-a75e-9c5fa8f475a6'])
  assert.equal(mock.journal.count(), 3)
})

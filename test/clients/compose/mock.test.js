import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCampaigns } from '../campaigns.js'
import { newPortal } from '../portal.js'

test('reads the campaign of the fixture that is mounted', async () => {
  const { baseUrl, token } = newPortal()
  const { results } = await readCampaigns(baseUrl, token, ['mounted'], '?properties=hs_name')
  assert.equal(results[0].properties.hs_name, 'From the folder that is mounted')
})

test('reaches the control API', async () => {
  const { baseUrl, token, control } = newPortal()
  await control('PUT', 'scenario', { steps: [{ error: 'rate-limited', times: 2 }] })
  await readCampaigns(baseUrl, token, ['mounted'])
  assert.equal((await control('GET', 'requests?status=429')).total, 2)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCampaigns } from '../campaigns.js'
import { newPortal } from '../portal.js'

test('sets up a portal of its own in a mock that others use', async () => {
  const { baseUrl, token, control } = newPortal()
  await control('PUT', 'campaigns/spring', { properties: { hs_name: 'Spring' } })
  await control('PUT', 'scenario', { steps: [{ error: 'rate-limited', times: 2 }] })
  const { results } = await readCampaigns(baseUrl, token, ['spring'], '?properties=hs_name')
  assert.equal(results[0].properties.hs_name, 'Spring')
  assert.equal((await control('GET', 'requests?status=429')).total, 2)
})

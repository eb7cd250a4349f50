import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMock } from 'hubspot-campaigns-mock'
import { syncCampaigns } from './sync.js'

let mock
before(async () => {
  mock = await startMock({ fixtures: {}, campaigns: 120, seed: 7 })
})
after(() => mock.close())

/** Syncs as the portal of one test, and records waiting times instead of waiting. */
async function sync(portal) {
  const waits = []
  const wait = async (seconds) => void waits.push(seconds)
  return { campaigns: await syncCampaigns({ baseUrl: mock.url, refreshToken: portal, wait }), waits }
}

test('reads every campaign, in batches of 50', async () => {
  const { campaigns } = await sync('complete')
  assert.equal(campaigns.length, 120)
  const batches = mock.portal('complete').journal.list({ path: '/marketing/v3/campaigns/batch/read' })
  assert.deepEqual(
    batches.map(({ ids }) => ids.length),
    [50, 50, 20],
  )
})

test('follows the cursors of a campaign with more than 50 assets', async () => {
  const emails = Array.from({ length: 120 }, (_, i) => ({ id: String(i) }))
  mock.portal('assets').campaigns.put({ id: 'many', assets: { MARKETING_EMAIL: emails } })
  const { campaigns } = await sync('assets')
  assert.equal(campaigns.find(({ id }) => id === 'many').assets.MARKETING_EMAIL.length, 120)
})

test('waits after a 429 and tries again', async () => {
  mock.portal('limited').scenarios.play([{ error: 'rate-limited', headers: { 'retry-after': '10' }, times: 2 }])
  const { campaigns, waits } = await sync('limited')
  assert.equal(campaigns.length, 120)
  assert.deepEqual(waits, [10, 10])
})

test('logs in again when its access token has expired', async () => {
  mock.portal('expiring').scenarios.play([{ times: 2 }, { error: 'expired-token', times: 1 }])
  const { campaigns } = await sync('expiring')
  assert.equal(campaigns.length, 120)
  assert.equal(mock.portal('expiring').journal.count({ path: '/oauth/v1/token' }), 2)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMock } from 'hubspot-campaigns-mock'

let mock
before(async () => {
  mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
})
after(() => mock?.close())

/** The client under test: after a 429 it waits as long as the headers say. */
async function listCampaigns(token, sleep) {
  for (let tries = 0; tries < 3; tries++) {
    const response = await fetch(`${mock.url}/marketing/v3/campaigns`, {
      headers: { authorization: `Bearer ${token}` },
    })
    if (response.status !== 429) return response.json()
    await sleep(Number(response.headers.get('x-hubspot-ratelimit-interval-milliseconds')))
  }
  throw new Error('gave up')
}

test('waits ten seconds by the clock of its portal, which take no time', async () => {
  const portal = mock.portal('token-of-this-test')
  portal.rateLimit.set({ limit: 1 })
  const sleep = async (milliseconds) => portal.clock.advance(milliseconds)
  await listCampaigns('token-of-this-test', sleep)
  const { total } = await listCampaigns('token-of-this-test', sleep)
  assert.equal(total, 1)
  assert.equal(portal.journal.count({ status: 429 }), 1)
})

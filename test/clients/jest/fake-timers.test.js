import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { startMock } from 'hubspot-campaigns-mock'
import { readCampaigns } from '../campaigns.js'

const ids = Array.from({ length: 50 }, (_, i) => `campaign-${i}`)
const campaigns = ids.map((id) => ({ id, properties: { hs_name: 'A name that is long enough'.repeat(10) } }))

// They fake setTimeout, setImmediate, process.nextTick, queueMicrotask and Date.
beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test.each([1, 50])('a batch of %d is answered under fake timers', async (count) => {
  const mock = await startMock({ fixtures: { campaigns } })
  const { results } = await readCampaigns(mock.url, 'any', ids.slice(0, count), '?properties=hs_name')
  expect(results.length).toBe(count)
  mock.portal('any').campaigns.put({ id: 'planted' })
  expect((await readCampaigns(mock.url, 'any', ['planted'])).results.length).toBe(1)
  await mock.close()
})

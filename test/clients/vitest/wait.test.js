import { startMock } from 'hubspot-campaigns-mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCampaigns } from '../campaigns.js'

let mock
beforeAll(async () => {
  mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
})
afterAll(() => mock?.close())

test('waits for a response without a sleep', async () => {
  mock.scenarios.play([{ hold: true }])
  const reading = readCampaigns(mock.url, 'any', ['spring'])
  await mock.journal.waitFor({ operation: 'batch.read' }, { until: 'received' })
  // Here the request is under way: check what your application shows meanwhile.
  mock.scenarios.release()
  expect((await reading).results).toHaveLength(1)
})

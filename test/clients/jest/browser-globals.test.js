/**
 * @jest-environment ./browser-globals.js
 */
import { expect, test } from '@jest/globals'
import { startMock } from 'hubspot-campaigns-mock'
import { readCampaigns } from '../campaigns.js'

test('a mock works in an environment without structuredClone and setImmediate', async () => {
  expect([typeof structuredClone, typeof setImmediate]).toEqual(['undefined', 'undefined'])
  const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
  mock.campaigns.put({ id: 'planted' })
  const { results } = await readCampaigns(mock.url, 'any', ['spring', 'planted'])
  expect(results.length).toBe(2)
  await mock.close()
})

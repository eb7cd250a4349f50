/**
 * @jest-environment jsdom
 */
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { startMock } from 'hubspot-campaigns-mock'

/** Reads campaigns with node:http, because jsdom has no fetch. */
async function readCampaigns(baseUrl, ids) {
  const call = request(`${baseUrl}/marketing/v3/campaigns/batch/read`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
  })
  call.end(JSON.stringify({ inputs: ids.map((id) => ({ id })) }))
  const response = await new Promise((resolve) => call.once('response', resolve))
  return JSON.parse(await text(response))
}

test('a mock works under jsdom, which lacks structuredClone and setImmediate', async () => {
  expect([typeof document, typeof structuredClone, typeof setImmediate]).toEqual(['object', 'undefined', 'undefined'])
  const mock = await startMock({ fixtures: { campaigns: [{ id: 'spring' }] } })
  mock.campaigns.put({ id: 'planted' })
  const { results } = await readCampaigns(mock.url, ['spring', 'planted'])
  expect(results.length).toBe(2)
  expect(mock.journal.count({ status: 200 })).toBe(1)
  await mock.close()
})

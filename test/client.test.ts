import { Client } from '@hubspot/api-client'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../src/index.ts'
import { v3 } from './build.ts'

const id = '430318c4-abb7-4bf7-a75e-9c5fa8f475a6'

/** HubSpot's own client, pointed at a mock that serves the default fixture. */
async function client(options: { accessToken?: string }) {
  const mock = await startMock()
  onTestFinished(() => mock.close())
  const hubspot = new Client({ basePath: mock.url, ...options })
  return (path: string, ids: string[], qs: Record<string, string> = {}) =>
    hubspot.apiRequest({ method: 'POST', path, qs, body: { inputs: ids.map((id) => ({ id })) } })
}

test('the real client reads a campaign: 200', async () => {
  const read = await client({ accessToken: 'any' })
  const answer = await read(v3, [id], { properties: 'hs_name,hs_budget_items_sum_amount' })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    status: 'COMPLETE',
    results: [{ id, properties: { hs_name: 'Clothing Promotion', hs_budget_items_sum_amount: '2.0' } }],
  })
})

test('the real client sees a partial failure: 207', async () => {
  const read = await client({ accessToken: 'any' })
  const answer = await read('/marketing/campaigns/2026-03/batch/read', [id, '00000000-0000-4000-8000-000000000403'])
  expect(answer.status).toBe(207)
  expect(await answer.json()).toMatchObject({
    results: [{ id }],
    errors: [{ category: 'PERMISSION_DENIED' }],
    numErrors: 1,
  })
})

test('the real client without a token is refused: 401', async () => {
  const read = await client({})
  const answer = await read(v3, [id])
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ category: 'INVALID_AUTHENTICATION' })
})

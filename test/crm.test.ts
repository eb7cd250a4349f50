import { expect, test } from 'vitest'
import { readableProperties } from '../src/contract/schemas/campaign.ts'
import { build } from './build.ts'

test.each(['campaign', 'campaigns'])('the properties of %s are HubSpot’s and those of the portal', async (type) => {
  const { get } = await build({ campaigns: [{ id: 'a', properties: { hs_name: 'A', region: 'EMEA' } }] })
  const { results } = (await get(`/crm/v3/properties/${type}`)).body
  expect(results.map(({ name }: { name: string }) => name)).toEqual([...readableProperties, 'region'])
  expect(results.at(-1)).toMatchObject({ label: 'Region', type: 'string', hubspotDefined: false, archived: false })
  const byName = (name: string) => results.find((one: { name: string }) => one.name === name)
  expect(byName('hs_start_date')).toMatchObject({ label: 'Start date', type: 'date', hubspotDefined: true })
  expect(byName('hs_spend_items_sum_amount')).toMatchObject({ type: 'number', calculated: true, hidden: true })
  const { options } = byName('hs_campaign_status')
  expect(options[1]).toEqual({ label: 'In progress', value: 'in_progress', displayOrder: 1, hidden: false })
})

test('the properties of other objects are not served, as the hint says', async () => {
  const { get } = await build()
  const { statusCode, headers } = await get('/crm/v3/properties/contacts')
  expect(statusCode).toBe(404)
  expect(headers['x-mock-hint']).toContain('/crm/v3/properties/campaigns')
})

test('there are no custom objects', async () => {
  const { get } = await build()
  expect((await get('/crm/v3/schemas')).body).toEqual({ results: [] })
})

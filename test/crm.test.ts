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

test('properties that the fixture defines come first, and HubSpot’s others are not listed', async () => {
  const options = [{ label: 'EMEA', value: 'emea', displayOrder: 0, hidden: false }]
  const { get } = await build({
    properties: [
      { name: 'region', label: 'Sales region', type: 'enumeration', options },
      { name: 'hs_name', hidden: false },
    ],
    campaigns: [{ id: 'a', properties: { hs_notes: 'A', channel: 'TV' } }],
  })
  const { results } = (await get('/crm/v3/properties/campaigns')).body
  expect(results).toMatchObject([
    { name: 'region', label: 'Sales region', type: 'enumeration', fieldType: 'text', options, displayOrder: 0 },
    { name: 'hs_name', label: 'Name', displayOrder: 1 },
    { name: 'channel', label: 'Channel', hubspotDefined: false, displayOrder: 2 },
  ])
})

test('a property that the fixture defines can be requested, and has no value', async () => {
  const { get } = await build({ properties: [{ name: 'region' }], campaigns: [{ id: 'a' }] }, { fidelity: 'observed' })
  const { statusCode, body } = await get('/marketing/v3/campaigns?properties=region')
  expect([statusCode, body.results[0].properties]).toEqual([200, {}])
})

import { expect, test } from 'vitest'
import { fromFixture } from '../src/world/campaigns/campaign.ts'
import { PackedCampaigns } from '../src/world/campaigns/packed-campaigns.ts'
import type { FixtureCampaign } from '../src/world/fixtures/fixture.ts'
import { spring } from './build.ts'

function pack(campaigns: readonly FixtureCampaign[]): PackedCampaigns {
  const packed = new PackedCampaigns()
  for (const campaign of campaigns) packed.add(campaign)
  return packed
}

test('a stored campaign is returned as it was added, with defaults', () => {
  const odd = { id: 'ü "\ud800', properties: { hs_name: '✉ ü', __proto__x: 'y', 7: 'seven' } }
  const packed = pack([spring, odd])
  expect(packed.find(spring.id)).toEqual(fromFixture(spring))
  expect(packed.find(odd.id)).toEqual(fromFixture(odd))
  expect(packed.find('none')).toBeUndefined()
})

test('a GUID in capitals is found under its canonical id', () => {
  const packed = pack([{ id: spring.id.toUpperCase() }])
  expect(packed.has(spring.id)).toBe(true)
  expect(packed.find(spring.id)?.id).toBe(spring.id.toUpperCase())
})

test('campaigns may fill several blocks, and be larger than one', () => {
  const campaigns = [10, 700_000, 700_000, 3_000_000, 10].map((chars, i) => ({
    id: `${i}`,
    properties: { hs_notes: 'ü'.repeat(chars) },
  }))
  const packed = pack(campaigns)
  expect(packed.size).toBe(5)
  expect([...packed.ids]).toEqual(['0', '1', '2', '3', '4'])
  for (const campaign of campaigns) expect(packed.find(campaign.id)?.properties).toEqual(campaign.properties)
})

test('the names of all properties of its campaigns are known', () => {
  expect([
    ...pack([
      { id: 'a', properties: { mine: '1' } },
      { id: 'b', properties: { yours: '' } },
    ]).propertyNames,
  ]).toEqual(['mine', 'yours'])
})

import { expect, test } from 'vitest'
import { fromFixture } from '../src/world/campaigns/campaign.ts'
import { Shelf } from '../src/world/campaigns/shelf.ts'
import type { FixtureCampaign } from '../src/world/fixtures/fixture.ts'
import { spring } from './build.ts'

function shelfOf(campaigns: readonly FixtureCampaign[]): Shelf {
  const shelf = new Shelf()
  for (const campaign of campaigns) shelf.add(campaign)
  return shelf
}

test('gives back what was put on it, its gaps filled', () => {
  const odd = { id: 'ü "\ud800', properties: { hs_name: '✉ ü', __proto__x: 'y', 7: 'seven' } }
  const shelf = shelfOf([spring, odd])
  expect(shelf.find(spring.id)).toEqual(fromFixture(spring))
  expect(shelf.find(odd.id)).toEqual(fromFixture(odd))
  expect(shelf.find('none')).toBeUndefined()
})

test('finds a GUID however its letters are written', () => {
  const shelf = shelfOf([{ id: spring.id.toUpperCase() }])
  expect(shelf.has(spring.id)).toBe(true)
  expect(shelf.find(spring.id)?.id).toBe(spring.id.toUpperCase())
})

test('holds more than one box, and what is larger than one', () => {
  const campaigns = [10, 700_000, 700_000, 3_000_000, 10].map((chars, i) => ({
    id: `${i}`,
    properties: { hs_notes: 'ü'.repeat(chars) },
  }))
  const shelf = shelfOf(campaigns)
  expect(shelf.size).toBe(5)
  expect([...shelf.ids]).toEqual(['0', '1', '2', '3', '4'])
  for (const campaign of campaigns) expect(shelf.find(campaign.id)?.properties).toEqual(campaign.properties)
})

test('knows the properties that its campaigns bring', () => {
  expect([
    ...shelfOf([
      { id: 'a', properties: { mine: '1' } },
      { id: 'b', properties: { yours: '' } },
    ]).propertyNames,
  ]).toEqual(['mine', 'yours'])
})

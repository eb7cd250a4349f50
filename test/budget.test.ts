import { expect, test } from 'vitest'
import { budgetTotals, withBudgetItems } from '../src/world/campaigns/budget.ts'
import { fromFixture } from '../src/world/campaigns/campaign.ts'
import { CampaignGenerator } from '../src/world/campaigns/generator.ts'
import type { FixtureCampaign } from '../src/world/fixtures/fixture.ts'
import { build } from './build.ts'

const createdAt = Date.parse('2026-05-05T23:41:20.330Z')

function campaign(members: Omit<FixtureCampaign, 'id'>) {
  return fromFixture({ id: 'a', createdAt: '2026-05-05T23:41:20.330Z', ...members })
}

test('an item gets an id that no other has, its place as its order, and the times of its campaign', () => {
  const { budgetItems, spendItems } = campaign({
    budgetItems: [
      { name: 'Print', amount: 2 },
      { id: '1', name: 'Ads', amount: 3, order: 7, description: 'Search', updatedAt: '2026-05-06' },
    ],
    spendItems: [{ name: 'Flyers', amount: 1, createdAt: createdAt + 1000 }],
  })
  expect(budgetItems).toEqual([
    { id: '2', name: 'Print', amount: 2, order: 0, createdAt, updatedAt: createdAt },
    {
      id: '1',
      name: 'Ads',
      amount: 3,
      order: 7,
      description: 'Search',
      createdAt,
      updatedAt: Date.parse('2026-05-06T00:00:00Z'),
    },
  ])
  expect(spendItems).toEqual([
    { id: '3', name: 'Flyers', amount: 1, order: 0, createdAt: createdAt + 1000, updatedAt: createdAt + 1000 },
  ])
})

test('the roll-up properties are the exact sums of the items, or without items the given values', () => {
  const items = [0.1, 0.2].map((amount) => ({ name: 'Print', amount }))
  const { properties } = campaign({
    properties: { hs_budget_items_sum_amount: null, hs_spend_items_sum_amount: '18500.0' },
    budgetItems: items,
  })
  expect(properties).toEqual({ hs_budget_items_sum_amount: '0.3', hs_spend_items_sum_amount: '18500.0' })
})

test('the totals of a campaign are the sums of its items, and the remaining budget', () => {
  const { budgetItems, spendItems, ...totals } = budgetTotals(
    campaign({
      properties: { hs_currency_code: 'EUR' },
      budgetItems: [0.1, 0.2].map((amount) => ({ name: 'Print', amount })),
      spendItems: [{ name: 'Flyers', amount: 0.4 }],
    }),
  )
  expect([budgetItems.length, spendItems.length]).toEqual([2, 1])
  expect(totals).toEqual({ currencyCode: 'EUR', budgetTotal: 0.3, spendTotal: 0.4, remainingBudget: -0.1 })
})

test('without items the totals are the roll-up properties, if any', () => {
  const none = { budgetItems: [], spendItems: [] }
  const given = campaign({ properties: { hs_budget_items_sum_amount: '18500.0' } })
  expect(budgetTotals(given)).toEqual({ ...none, currencyCode: 'USD', budgetTotal: 18500, remainingBudget: 18500 })
  expect(budgetTotals(campaign({ properties: { hs_budget_items_sum_amount: 'much' } }), 'GBP')).toEqual({
    ...none,
    currencyCode: 'GBP',
  })
})

test('a change of items changes the sums, and without items there are none', () => {
  const before = campaign({
    properties: { hs_name: 'Spring' },
    budgetItems: [{ name: 'Print', amount: 2 }],
    spendItems: [{ name: 'Flyers', amount: 1 }],
  })
  const [item] = before.budgetItems
  const after = withBudgetItems(before, {
    budgetItems: item === undefined ? [] : [item, { ...item, id: '9' }],
    spendItems: [],
  })
  expect(after.properties).toEqual({ hs_name: 'Spring', hs_budget_items_sum_amount: '4.0' })
  expect(fromFixture(after)).toEqual(after)
  expect(before.properties).toMatchObject({ hs_spend_items_sum_amount: '1.0' })
})

test('a campaign with items is the same after it is packed into a fixture, and is read with its sums', async () => {
  const fixture: FixtureCampaign = {
    id: 'a',
    budgetItems: [{ name: 'Print', amount: 12.34 }],
    reports: { metrics: {} },
  }
  const { app, read } = await build({ campaigns: [fixture, { id: 'b' }] })
  expect(app.world.campaigns.find('a')).toEqual(fromFixture(fixture))
  expect(app.world.campaigns.find('b')).toEqual(fromFixture({ id: 'b' }))
  const { body } = await read(['a'], { query: 'properties=hs_budget_items_sum_amount' })
  expect(body.results[0].properties).toEqual({ hs_budget_items_sum_amount: '12.34' })
})

test('the sums of generated campaigns are those of their items, and no more is spent than planned', async () => {
  const generator = await CampaignGenerator.create(200, 42)
  for (let i = 0; i < 200; i++) {
    const generated = generator.find(generator.idAt(i)) ?? campaign({})
    const { properties, budgetItems, spendItems } = generated
    const { budgetTotal = -1, spendTotal = -1, currencyCode } = budgetTotals(generated)
    expect(fromFixture(generated)).toEqual(generated)
    expect([budgetTotal, spendTotal]).toEqual(
      [properties['hs_budget_items_sum_amount'], properties['hs_spend_items_sum_amount']].map(Number),
    )
    expect(spendTotal).toBeLessThanOrEqual(budgetTotal)
    expect(spendItems.length).toBe(properties['hs_campaign_status'] === 'planned' ? 0 : budgetItems.length)
    expect(new Set([...budgetItems, ...spendItems].map(({ id }) => id)).size).toBe(
      budgetItems.length + spendItems.length,
    )
    expect(currencyCode).toBe(properties['hs_currency_code'])
  }
})

import { expect, test } from 'vitest'
import { attributionModels, contactTypes } from '../src/contract/schemas/report.ts'
import { type Campaign, fromFixture } from '../src/world/campaigns/campaign.ts'
import { CampaignGenerator } from '../src/world/campaigns/generator.ts'
import { contactIds, metricsReport, revenueReport } from '../src/world/campaigns/reports.ts'
import type { FixtureReports } from '../src/world/fixtures/fixture-reports.ts'

const period = { start: '2006-01-01', end: '2026-12-31' }
const may6 = { start: '2026-05-06', end: '2026-05-06' }

function campaign(reports: FixtureReports, properties = {}): Campaign {
  return fromFixture({ id: 'a', properties, reports })
}

const none = { sessions: 0, newContactsFirstTouch: 0, influencedContacts: 0, newContactsLastTouch: 0 }

test('fixed metrics are the same in each period, and missing ones are 0', () => {
  const one = campaign({ metrics: { sessions: 812, influencedContacts: 3 } })
  expect(metricsReport(one, period)).toEqual({ ...none, sessions: 812, influencedContacts: 3 })
  expect(metricsReport(one, may6)).toEqual(metricsReport(one, period))
  expect(metricsReport(campaign({}), period)).toEqual(none)
})

test('daily metrics are summed over the days of the period, the first and the last included', () => {
  const daily = { '2026-05-05': { sessions: 1 }, '2026-05-06': { sessions: 20 }, '2026-05-07': { sessions: 300 } }
  const one = campaign({ metrics: { daily } })
  expect(metricsReport(one, period).sessions).toBe(321)
  expect(metricsReport(one, may6).sessions).toBe(20)
  expect(metricsReport(one, { start: '2026-05-05', end: '2026-05-06' }).sessions).toBe(21)
})

test('contacts are listed once each, and counted where the metrics leave their number out', () => {
  const one = campaign({
    metrics: { daily: { '2026-05-06': { newContactsLastTouch: 9 } } },
    contacts: {
      daily: {
        '2026-05-07': { influencedContacts: ['103', '101'] },
        '2026-05-06': { influencedContacts: ['101', '102'], contactFirstTouch: ['101'], contactLastTouch: ['101'] },
      },
    },
  })
  expect(contactIds(one, 'influencedContacts', period)).toEqual(['101', '102', '103'])
  expect(contactIds(one, 'influencedContacts', may6)).toEqual(['101', '102'])
  expect(contactIds(campaign({ contacts: { contactLastTouch: ['5', '4', '5'] } }), 'contactLastTouch', may6)).toEqual([
    '5',
    '4',
  ])
  expect(metricsReport(one, period)).toEqual({
    sessions: 0,
    newContactsFirstTouch: 1,
    influencedContacts: 3,
    newContactsLastTouch: 9,
  })
})

test('revenue is that of the attribution model, summed exactly, in the currency of the report, campaign or account', () => {
  const daily = {
    '2026-05-06': { revenueAmount: 0.1, dealsNumber: 1 },
    '2026-05-07': { revenueAmount: 0.2, dealsNumber: 1 },
  }
  const reports: FixtureReports = { revenue: { LINEAR: { daily }, U_SHAPED: { dealAmount: 5, currencyCode: 'JPY' } } }
  const [one, other] = [campaign(reports, { hs_currency_code: 'EUR' }), campaign(reports)]
  const nothing = { revenueAmount: 0, dealAmount: 0, contactsNumber: 0, dealsNumber: 0 }
  expect(revenueReport(one, 'LINEAR', period)).toEqual({
    ...nothing,
    revenueAmount: 0.3,
    dealsNumber: 2,
    currencyCode: 'EUR',
  })
  expect(revenueReport(one, 'LINEAR', may6)).toMatchObject({ revenueAmount: 0.1, dealsNumber: 1 })
  expect(revenueReport(one, 'U_SHAPED', may6)).toEqual({ ...nothing, dealAmount: 5, currencyCode: 'JPY' })
  expect(revenueReport(other, 'FULL_PATH', period)).toEqual({ ...nothing, currencyCode: 'USD' })
  expect(revenueReport(other, 'LINEAR', period, 'GBP').currencyCode).toBe('GBP')
})

test('the reports of a generated campaign agree with each other in each period', async () => {
  const generator = await CampaignGenerator.create(100, 42)
  const campaigns = Array.from({ length: 100 }, (_, i) => generator.find(generator.idAt(i)) ?? campaign({}))
  for (const one of campaigns) {
    for (const span of [period, { start: '2026-03-01', end: '2026-04-15' }]) {
      const metrics = metricsReport(one, span)
      const counts = contactTypes.map((type) => contactIds(one, type, span).length)
      expect([metrics.newContactsFirstTouch, metrics.newContactsLastTouch, metrics.influencedContacts]).toEqual(counts)
      expect(metrics.sessions).toBeGreaterThanOrEqual(metrics.influencedContacts)
      for (const model of attributionModels) {
        const { revenueAmount, dealAmount, dealsNumber, contactsNumber } = revenueReport(one, model, span)
        expect(revenueAmount).toBeLessThanOrEqual(dealAmount)
        expect(contactsNumber).toBeLessThanOrEqual(metrics.influencedContacts)
        expect(dealsNumber > 0).toBe(dealAmount > 0)
      }
    }
  }
  const totals = campaigns.map((one) => revenueReport(one, 'LINEAR', period).revenueAmount)
  expect(totals.filter((total) => total > 0).length).toBeGreaterThan(50)
})

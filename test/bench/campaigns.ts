import { createHash } from 'node:crypto'

/** A GUID for a number, always the same. */
function guid(index: number): string {
  const hex = createHash('sha256').update(`campaign ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const statuses = ['planned', 'in_progress', 'active', 'paused', 'completed']

/** Campaigns as a fixture has them, from the one of a number on: seven properties, two emails and a page, with metrics. */
export function campaigns(count: number, first = 0) {
  return Array.from({ length: count }, (_, index) => first + index).map((i) => ({
    id: guid(i),
    properties: {
      hs_name: `Campaign ${i}`,
      hs_campaign_status: statuses[i % statuses.length] ?? '',
      hs_notes: 'Notes of some length, as people write them',
      hs_currency_code: 'EUR',
      hs_start_date: '2026-05-01',
      hs_end_date: '2026-06-30',
      hs_budget_items_sum_amount: '1200.0',
    },
    createdAt: '2026-05-05T23:41:20.330Z',
    updatedAt: '2026-05-05T23:45:04.200Z',
    businessUnits: [{ id: 0 }],
    assets: {
      MARKETING_EMAIL: [1, 2].map((n) => ({
        id: `${200_000_000 + i * 10 + n}`,
        name: `Newsletter ${n} of campaign ${i}`,
        metrics: { SENT: 1200 + i, OPEN: 480, CLICKS: 55 },
      })),
      LANDING_PAGE: [
        {
          id: `${100_000_000 + i}`,
          name: `Page of campaign ${i}`,
          metrics: { VIEWS: 900, SUBMISSIONS: 40, CONTACTS_FIRST_TOUCH: 12, CONTACTS_LAST_TOUCH: 9, CUSTOMERS: 3 },
        },
      ],
    },
  }))
}

/** The ids of campaigns that nobody has. */
export function missingIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => guid(10_000_000 + i))
}

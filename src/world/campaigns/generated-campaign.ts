import type { Faker } from '@faker-js/faker'
import { type campaignStatuses, defaultBusinessUnit } from '../../contract/schemas/campaign.ts'
import { rollUpsOf } from './budget-items.ts'
import type { Campaign } from './campaign.ts'
import { generateAssets } from './generated-assets.ts'
import { generateBudget } from './generated-budget.ts'
import { dayOf, type Span } from './generated-days.ts'
import { dayMs, type GeneratedLayout, generatedTodayMs, type Place } from './generated-layout.ts'
import { generateReports } from './generated-reports.ts'

/**
 * A campaign whose name and times follow from its place, and all else from the numbers that faker has been seeded for.
 * @param id its id
 */
export function generateCampaign(faker: Faker, layout: GeneratedLayout, place: Place, id: string): Campaign {
  const [createdAt, updatedAt] = [layout.timeOf(place, 'createdAt'), layout.timeOf(place, 'updatedAt')]
  const span = generateSpan(faker, createdAt)
  const status = generateStatus(faker, span)
  const items = generateBudget(faker, { createdAt, updatedAt }, status === 'planned')
  return {
    id,
    properties: { ...generateProperties(faker, layout.fullNameOf(place), status, span), ...rollUpsOf(items) },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    businessUnits: [defaultBusinessUnit],
    assets: generateAssets(faker, id, span),
    ...items,
    reports: generateReports(id, span),
  }
}

/** A campaign starts after the day on which it was created. */
function generateSpan(faker: Faker, createdAtMs: number): Span {
  const startDay = Math.floor(createdAtMs / dayMs) + faker.number.int({ min: 1, max: 120 })
  const endDay = startDay + faker.number.int({ min: 14, max: 90 })
  return { start: new Date(startDay * dayMs), end: new Date(endDay * dayMs) }
}

type CampaignStatus = (typeof campaignStatuses)[number]

/** A planned campaign lies ahead of today, a completed one is over, and all others have begun. */
function generateStatus(faker: Faker, { start, end }: Span): CampaignStatus {
  if (start.getTime() > generatedTodayMs) return 'planned'
  if (end.getTime() < generatedTodayMs) return 'completed'
  return faker.helpers.arrayElement(['in_progress', 'active', 'paused'])
}

/** The sum of no items. */
const noAmount = '0.0'

const currencies = ['USD', 'USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY']

function generateProperties(faker: Faker, name: string, status: CampaignStatus, span: Span): Record<string, string> {
  return {
    hs_name: name,
    hs_start_date: dayOf(span.start),
    hs_end_date: dayOf(span.end),
    hs_campaign_status: status,
    hs_currency_code: faker.helpers.arrayElement(currencies),
    hs_budget_items_sum_amount: noAmount,
    hs_spend_items_sum_amount: noAmount,
    hs_audience: `${faker.person.jobTitle()}s in ${faker.location.country()}`,
    hs_notes: faker.helpers.maybe(() => faker.company.catchPhrase()) ?? '',
    hs_utm: faker.helpers.slugify(name).toLowerCase(),
    hs_owner: generateNumber(faker, 8),
    hs_created_by_user_id: generateNumber(faker, 8),
    hs_color_hex: faker.color.rgb({ format: 'hex' }),
    hs_object_id: generateNumber(faker, 12),
    hs_business_unit_ids: String(defaultBusinessUnit.id),
  }
}

function generateNumber(faker: Faker, length: number): string {
  return faker.string.numeric({ length, allowLeadingZeros: false })
}

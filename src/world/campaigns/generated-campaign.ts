import type { Faker } from '@faker-js/faker'
import { type campaignStatuses, defaultBusinessUnit } from '../../contract/campaign.ts'
import type { Campaign } from './campaign.ts'
import { dayOf, generateAssets, type Span } from './generated-assets.ts'
import { dayMs, type GeneratedLayout, generatedTodayMs, type Place } from './generated-layout.ts'

/**
 * A campaign whose name and times follow from its place, and all else from the numbers that faker has been seeded for.
 * @param id its id
 */
export function generateCampaign(faker: Faker, layout: GeneratedLayout, place: Place, id: string): Campaign {
  const created = new Date(layout.timeOf(place, 'createdAt'))
  const span = generateSpan(faker, created)
  return {
    id,
    properties: generateProperties(faker, layout.fullNameOf(place), span),
    createdAt: created.toISOString(),
    updatedAt: new Date(layout.timeOf(place, 'updatedAt')).toISOString(),
    businessUnits: [defaultBusinessUnit],
    assets: generateAssets(faker, id, span),
  }
}

/** A campaign starts after the day on which it was created. */
function generateSpan(faker: Faker, created: Date): Span {
  const startDay = Math.floor(created.getTime() / dayMs) + faker.number.int({ min: 1, max: 120 })
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

const currencies = ['USD', 'USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY']

function generateProperties(faker: Faker, name: string, span: Span): Record<string, string> {
  const status = generateStatus(faker, span)
  const budget = faker.number.int({ min: 5, max: 500 }) * 100
  const spent = status === 'planned' ? 0 : Math.round(budget * faker.number.float({ min: 0.2, max: 1 }))
  return {
    hs_name: name,
    hs_start_date: dayOf(span.start),
    hs_end_date: dayOf(span.end),
    hs_campaign_status: status,
    hs_currency_code: faker.helpers.arrayElement(currencies),
    hs_budget_items_sum_amount: amount(budget),
    hs_spend_items_sum_amount: amount(spent),
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

/** Money as HubSpot writes it: `"2.0"` (observed). */
function amount(value: number): string {
  return value.toFixed(1)
}

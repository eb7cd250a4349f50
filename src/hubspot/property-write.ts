import { campaignStatuses, retiredProperties, writableProperties } from '../contract/schemas/campaign.ts'
import { isDay } from '../text/dates.ts'
import { businessUnitsOf } from '../world/campaigns/campaign-write.ts'
import type { Campaigns } from '../world/campaigns/campaigns.ts'
import { InvalidRequest, Refusal } from '../world/refusal.ts'
import type { HubspotContext } from './context.ts'
import { addHint } from './hint.ts'
import type { AdmittedExchange } from './open-exchange.ts'

/** Valid values to write, by property name. */
export type PropertyWrite = Readonly<Record<string, string>>

/**
 * Checks the properties of a create or an update. Custom ones are those whose names do not begin with `hs_`; HubSpot
 * refuses those that the account does not have, and this mock accepts them with a hint (inferred).
 * @throws {Refusal} for properties that clients cannot write [observed], and for values that are invalid [inferred]
 */
export function readPropertyWrite(
  given: Readonly<Record<string, string>>,
  exchange: AdmittedExchange,
  context: HubspotContext,
): PropertyWrite {
  const { campaigns } = exchange.portal
  // Deprecated, and ignored in writes [documented].
  const entries = Object.entries(given).filter(([name]) => !retiredProperties.includes(name))
  refuseForbidden(entries, campaigns)
  for (const [name, value] of entries) if (value !== '') refuseInvalidValue(name, value)
  for (const [name] of entries) {
    if (campaigns.knowsProperty(name)) continue
    addHint(exchange, context, `new custom property ${name}: HubSpot refuses properties that the account does not have`)
  }
  return Object.fromEntries(entries)
}

/** The same for a new campaign, which needs a name [inferred]. */
export function readNewProperties(
  given: Readonly<Record<string, string>>,
  exchange: AdmittedExchange,
  context: HubspotContext,
): PropertyWrite {
  const properties = readPropertyWrite(given, exchange, context)
  if (!properties['hs_name']) throw new InvalidRequest('hs_name', 'a new campaign needs a name')
  return properties
}

const writable: readonly string[] = writableProperties

function refuseForbidden(entries: readonly (readonly [string, string])[], campaigns: Campaigns): void {
  const forbidden = entries.map(([name]) => name).filter((name) => isForbidden(name))
  if (forbidden.length === 0) return
  const custom = campaigns.propertyNames.filter((name) => !isForbidden(name) && !writable.includes(name))
  const words = { forbidden: forbidden.join(', '), allowed: [...writable, ...custom].join(', ') }
  throw new Refusal('forbidden-write', words, 'leave these properties out: clients cannot write them')
}

function isForbidden(name: string): boolean {
  return name === '' || (name.startsWith('hs_') && !writable.includes(name))
}

const dateProperties = ['hs_start_date', 'hs_end_date']
const statuses: readonly string[] = campaignStatuses

function refuseInvalidValue(name: string, value: string): void {
  if (dateProperties.includes(name) && !isDay(value)) {
    const problem = `${name}: ${value} is not a date (YYYY-MM-DD)`
    throw new Refusal('invalid-date-property', { problem }, problem)
  }
  if (name === 'hs_campaign_status' && !statuses.includes(value)) {
    throw new InvalidRequest(name, `${value} is not one of ${statuses.join(', ')}`)
  }
  if (name === 'hs_currency_code' && !/^[A-Z]{3}$/.test(value)) {
    throw new InvalidRequest(name, `${value} is not a currency code such as USD`)
  }
  if (name === 'hs_business_unit_ids' && businessUnitsOf(value) === undefined) {
    throw new InvalidRequest(name, `${value} is not a list of business unit ids such as 0;123`)
  }
}

import {
  campaignStatuses,
  readableProperties,
  retiredProperties,
  writableProperties,
} from '../../contract/schemas/campaign.ts'
import { campaignObjectTypes, type Property } from '../../contract/schemas/crm.ts'
import { Refusal } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import { type AdmittedExchange, pathParameter } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'

/**
 * GET /crm/v3/properties/campaign, and …/campaigns: the properties that campaigns of this portal have, HubSpot's own and
 * custom ones; where the fixture defines properties, those, and others that campaigns have.
 * @throws {Refusal} 404 for another object type
 */
export function listProperties(exchange: AdmittedExchange, { world }: HubspotContext): OperationResponse {
  if (!campaignObjectTypes.includes(pathParameter(exchange, 'objectType'))) {
    throw new Refusal(
      'not-found',
      {},
      'this mock serves only the properties of campaigns: /crm/v3/properties/campaigns',
    )
  }
  const definitions = new Map(world.propertyDefinitions.map((one) => [one.name, one]))
  const isListed = (name: string) =>
    definitions.size === 0 || definitions.has(name) || !hubspotProperties.includes(name)
  const names = exchange.portal.campaigns.propertyNames.filter(
    (name) => !retiredProperties.includes(name) && isListed(name),
  )
  const inOrder = [...new Set([...definitions.keys(), ...names])]
  const results = inOrder.map((name, i) => ({ ...propertyOf(name, i), ...definitions.get(name) }))
  return { status: 200, body: JSON.stringify({ results }) }
}

/** GET /crm/v3/schemas: this mock has no custom objects. */
export function listSchemas(): OperationResponse {
  return { status: 200, body: JSON.stringify({ results: [] }) }
}

const hubspotProperties: readonly string[] = readableProperties
const writable: readonly string[] = writableProperties

/** The types of properties that are not a single line of text (inferred). */
const types: Readonly<Record<string, readonly [type: string, fieldType: string]>> = {
  hs_audience: ['string', 'textarea'],
  hs_budget_items_sum_amount: ['number', 'number'],
  hs_campaign_status: ['enumeration', 'select'],
  hs_currency_code: ['enumeration', 'select'],
  hs_end_date: ['date', 'date'],
  hs_notes: ['string', 'textarea'],
  hs_object_id: ['number', 'number'],
  hs_spend_items_sum_amount: ['number', 'number'],
  hs_start_date: ['date', 'date'],
}

function propertyOf(name: string, displayOrder: number): Property {
  const isHubspots = hubspotProperties.includes(name)
  const [type, fieldType] = types[name] ?? ['string', 'text']
  return {
    name,
    label: labelOf(name),
    type,
    fieldType,
    description: '',
    groupName: 'campaigninformation',
    options: name === 'hs_campaign_status' ? campaignStatuses.map(optionOf) : [],
    displayOrder,
    calculated: name.endsWith('_sum_amount'),
    externalOptions: false,
    hasUniqueValue: name === 'hs_object_id',
    hidden: isHubspots && !writable.includes(name),
    hubspotDefined: isHubspots,
    formField: false,
    archived: false,
  }
}

function optionOf(value: string, displayOrder: number) {
  return { label: labelOf(value), value, displayOrder, hidden: false }
}

/** `hs_start_date` becomes `Start date`. */
function labelOf(name: string): string {
  const words = name.replace(/^hs_/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

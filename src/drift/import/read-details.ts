import type { TObject } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { accountTypes } from '../../contract/schemas/account.ts'
import {
  attributionModels,
  contactTypes,
  MetricsCounters,
  RevenueAttributionAggregate,
} from '../../contract/schemas/report.ts'
import type { BudgetKind } from '../../world/campaigns/budget-items.ts'
import type { FixtureBudgetItem } from '../../world/fixtures/fixture-budget.ts'
import { FixtureProperty } from '../../world/fixtures/fixture-property.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import type { FixtureDraft } from './fixture-draft.ts'
import { PeriodValues, periodIn } from './period-values.ts'
import {
  itemsIn,
  nextCursorIn,
  numberIn,
  numbersIn,
  parameterOf,
  type RecordedCall,
  textIn,
  UnusableCall,
} from './recorded-call.ts'

/** The budget and spend items of a campaign. */
export function readTotals(draft: FixtureDraft, call: RecordedCall): void {
  const campaign = draft.campaign(parameterOf(call, 'campaignGuid'))
  campaign.items.budgetItems = listOf(member(call.body, 'budgetItems')).flatMap(budgetItemOf)
  campaign.items.spendItems = listOf(member(call.body, 'spendItems')).flatMap(budgetItemOf)
  campaign.currencyCode = textIn(call.body, 'currencyCode')
  const [budget, spend] = [numberIn(call.body, 'budgetTotal'), numberIn(call.body, 'spendTotal')]
  if (budget !== undefined) campaign.totals.budgetItems = budget
  if (spend !== undefined) campaign.totals.spendItems = spend
}

/** One item: it takes the place of the one with its id. */
export function readItem(kind: BudgetKind, draft: FixtureDraft, call: RecordedCall): void {
  const [item] = budgetItemOf(call.body)
  if (item === undefined) throw new UnusableCall('an item without a name or an amount')
  const campaign = draft.campaign(parameterOf(call, 'campaignGuid'))
  const items = campaign.items[kind] ?? []
  const place = items.findIndex(({ id }) => id === item.id)
  campaign.items[kind] = place < 0 ? [...items, item] : items.with(place, item)
}

function budgetItemOf(item: Json): FixtureBudgetItem[] {
  const [id, name, description] = ['id', 'name', 'description'].map((key) => textIn(item, key))
  const { amount, order, createdAt, updatedAt } = numbersIn(item)
  if (name === undefined || amount === undefined) return []
  return [
    {
      ...(id !== undefined && { id }),
      name,
      amount,
      ...(order !== undefined && { order }),
      ...(description !== undefined && { description }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    },
  ]
}

/** Sessions and contacts of a campaign in a period. */
export function readMetrics(draft: FixtureDraft, call: RecordedCall): void {
  draft
    .campaign(parameterOf(call, 'campaignGuid'))
    .metrics.set(periodIn(call.query), numbersOf(MetricsCounters, call.body))
}

/** The revenue of a campaign by the model of the query. */
export function readRevenue(draft: FixtureDraft, call: RecordedCall): void {
  const requested = call.query.get('attributionModel') ?? 'LINEAR'
  const model = attributionModels.find((name) => name === requested)
  if (model === undefined) throw new UnusableCall(`the attribution model ${requested}, which the mock does not have`)
  const { revenue } = draft.campaign(parameterOf(call, 'campaignGuid'))
  const values = revenue.get(model) ?? new PeriodValues()
  const currencyCode = textIn(call.body, 'currencyCode')
  values.set(periodIn(call.query), {
    ...numbersOf(RevenueAttributionAggregate, call.body),
    ...(currencyCode !== undefined && { currencyCode }),
  })
  revenue.set(model, values)
}

/** The numbers of a report that a fixture can have. */
function numbersOf({ properties }: TObject, body: Json): Record<string, number> {
  return Object.fromEntries(Object.entries(numbersIn(body)).filter(([name]) => Object.hasOwn(properties, name)))
}

/** A page of the contacts of a campaign. */
export function readContacts(draft: FixtureDraft, call: RecordedCall): void {
  const [id, requested] = [parameterOf(call, 'campaignGuid'), parameterOf(call, 'contactType')]
  const type = contactTypes.find((name) => name === requested)
  if (type === undefined) throw new UnusableCall(`the contact type ${requested}, which the mock does not have`)
  const items = itemsIn(member(call.body, 'results')).map((contact) => ({ id: contact.id }))
  const [limit, start] = [call.query.get('limit') ?? '', call.query.get('after') ?? undefined]
  draft
    .campaign(id)
    .contactsOf(type, periodIn(call.query))
    .add(limit, { items, start, next: nextCursorIn(call.body) })
}

/** The details of the account. */
export function readAccount({ account }: FixtureDraft, { body }: RecordedCall): void {
  const accountType = accountTypes.find((type) => type === textIn(body, 'accountType'))
  const currencies = member(body, 'additionalCurrencies')
  Object.assign(account, {
    ...commonOf(body, 'companyCurrency'),
    ...(accountType !== undefined && { accountType }),
    ...(Array.isArray(currencies) && { additionalCurrencies: currencies.filter((code) => typeof code === 'string') }),
    ...textsOf(body, ['uiDomain', 'dataHostingLocation']),
  })
}

/** The account in the form of HubSpot's older API. */
export function readIntegrationAccount({ account }: FixtureDraft, { body }: RecordedCall): void {
  Object.assign(account, commonOf(body, 'currency'))
}

/** @param currency the name of the member with the currency */
function commonOf(body: Json, currency: string) {
  const { portalId, utcOffsetMilliseconds } = numbersIn(body)
  const companyCurrency = textIn(body, currency)
  return {
    ...(portalId !== undefined && { portalId }),
    ...(utcOffsetMilliseconds !== undefined && { utcOffsetMilliseconds }),
    ...(companyCurrency !== undefined && { companyCurrency }),
    ...textsOf(body, ['timeZone', 'utcOffset']),
  }
}

function textsOf(body: Json, names: readonly string[]): Record<string, string> {
  const pairs = names.map((name) => [name, textIn(body, name)] as const)
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** The definitions of properties, with the members that a fixture can have. */
export function readProperties(draft: FixtureDraft, { place, body }: RecordedCall): void {
  for (const definition of listOf(member(body, 'results'))) {
    const members = Object.entries(objectOf(definition))
    const known = members.filter(([name]) => Object.hasOwn(FixtureProperty.properties, name))
    const property: unknown = Object.fromEntries(known)
    if (Value.Check(FixtureProperty, property)) draft.properties.set(property.name, property)
    else draft.note(place, 'the definition of a property in a form that a fixture cannot have')
    if (known.length < members.length) draft.otherMembers.add(place)
  }
}

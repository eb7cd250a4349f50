import type { PublicBudgetItemInput } from '../../contract/schemas/budget.ts'
import { itemAt } from '../../text/item-at.ts'
import { budgetTotals, withBudgetItems } from '../../world/campaigns/budget.ts'
import type { BudgetItem, BudgetKind } from '../../world/campaigns/budget-items.ts'
import type { Campaign } from '../../world/campaigns/campaign.ts'
import { timestamp } from '../../world/clock.ts'
import { InvalidRequest, Refusal } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import { locationHeader } from '../location.ts'
import { type AdmittedExchange, pathParameter } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/budget/totals: all budget and spend items, and their sums.
 * @throws {Refusal} 400 for an id that is not a GUID, 404 for an unknown one
 */
export function getBudgetTotals(exchange: AdmittedExchange, { world }: HubspotContext): OperationResponse {
  const totals = budgetTotals(findCampaign(exchange), world.account.companyCurrency)
  return { status: 200, body: JSON.stringify(totals) }
}

/** The parameter of the path that names an item. */
const idParameters = { budgetItems: 'budgetId', spendItems: 'spendId' } as const satisfies Record<BudgetKind, string>

/**
 * POST /marketing/v3/campaigns/{campaignGuid}/budget, and …/spend: adds an item. The roll-up property of the campaign
 * becomes the sum of its items.
 * @throws {Refusal} 400 for an invalid amount or order, 404 for an unknown campaign
 */
export function createItem(kind: BudgetKind, exchange: AdmittedExchange): OperationResponse {
  const campaign = findCampaign(exchange)
  const input = readItem(exchange)
  const { newIds } = exchange.portal
  reserveIds(exchange, campaign)
  const now = exchange.portal.clock.now()
  const item = itemOf(newIds.item(), input, now, now)
  storeItems(exchange, campaign, kind, [...campaign[kind], item], now)
  return { status: 201, body: JSON.stringify(item), headers: locationHeader(exchange, item.id) }
}

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/budget/{budgetId}, and …/spend/{spendId}: one item.
 * @throws {Refusal} 400 for an id that is not an int64, 404 for an unknown campaign or item
 */
export function getItem(kind: BudgetKind, exchange: AdmittedExchange): OperationResponse {
  const items = findCampaign(exchange)[kind]
  return { status: 200, body: JSON.stringify(itemAt(items, placeOf(kind, exchange, items))) }
}

/**
 * PUT /marketing/v3/campaigns/{campaignGuid}/budget/{budgetId}, and …/spend/{spendId}: replaces an item. A description
 * that is left out is removed [inferred].
 * @throws {Refusal} 400 for an invalid id, amount or order, 404 for an unknown campaign or item
 */
export function updateItem(kind: BudgetKind, exchange: AdmittedExchange): OperationResponse {
  const campaign = findCampaign(exchange)
  const items = campaign[kind]
  const place = placeOf(kind, exchange, items)
  const { id, createdAt } = itemAt(items, place)
  const now = exchange.portal.clock.now()
  const item = itemOf(id, readItem(exchange), createdAt, now)
  storeItems(exchange, campaign, kind, items.with(place, item), now)
  return { status: 200, body: JSON.stringify(item) }
}

/**
 * DELETE /marketing/v3/campaigns/{campaignGuid}/budget/{budgetId}, and …/spend/{spendId}: deletes an item.
 * @throws {Refusal} 400 for an id that is not an int64, 404 for an unknown campaign or item
 */
export function deleteItem(kind: BudgetKind, exchange: AdmittedExchange): OperationResponse {
  const campaign = findCampaign(exchange)
  const items = campaign[kind]
  reserveIds(exchange, campaign)
  storeItems(exchange, campaign, kind, items.toSpliced(placeOf(kind, exchange, items), 1), exchange.portal.clock.now())
  return { status: 204 }
}

function itemOf(id: string, input: PublicBudgetItemInput, createdAt: number, updatedAt: number): BudgetItem {
  const { name, amount, order, description } = input
  return { id, name, amount, order, ...(description === undefined ? {} : { description }), createdAt, updatedAt }
}

/** The roll-up properties follow from the items. */
function storeItems(
  { portal }: AdmittedExchange,
  campaign: Campaign,
  kind: BudgetKind,
  items: BudgetItem[],
  now: number,
): void {
  portal.campaigns.store({ ...withBudgetItems(campaign, { [kind]: items }), updatedAt: timestamp(now) })
}

/** No new item gets an id that one of the campaign has, or had before it was deleted. */
function reserveIds({ portal }: AdmittedExchange, { budgetItems, spendItems }: Campaign): void {
  portal.newIds.reserve([...budgetItems, ...spendItems])
}

const maximumOrder = 2 ** 31 - 1

/** @throws {InvalidRequest} for an order that is not a positive int32, or an amount that JavaScript cannot add up exactly */
function readItem({ body }: AdmittedExchange): PublicBudgetItemInput {
  const input = body as PublicBudgetItemInput
  if (input.order < 0 || input.order > maximumOrder) {
    throw new InvalidRequest('order', `${input.order} is not a whole number from 0 to ${maximumOrder}`)
  }
  if (Math.abs(input.amount) > Number.MAX_SAFE_INTEGER) {
    throw new InvalidRequest('amount', `${input.amount} is over ${Number.MAX_SAFE_INTEGER}`)
  }
  return input
}

const maximumInt64 = 2n ** 63n - 1n

/** Where the item that the path names is in a list. */
function placeOf(kind: BudgetKind, exchange: AdmittedExchange, items: readonly BudgetItem[]): number {
  const name = idParameters[kind]
  const given = pathParameter(exchange, name)
  if (!/^\d{1,19}$/.test(given) || BigInt(given) > maximumInt64) {
    throw new InvalidRequest(name, `${given} is not an item id: expected digits only`)
  }
  const id = String(BigInt(given))
  const place = items.findIndex((item) => item.id === id)
  if (place < 0) throw new Refusal('item-not-found', { id }, `the campaign has no item ${id} under ${kind}`)
  return place
}

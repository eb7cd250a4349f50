import { type Decimal, numberOf, parseDecimal, subtractDecimals } from '../../text/decimal.ts'
import {
  type BudgetItem,
  type BudgetItems,
  type BudgetKind,
  budgetKinds,
  rollUpProperties,
  rollUpsOf,
  sumOf,
} from './budget-items.ts'
import type { Campaign } from './campaign.ts'

/** The members in the order of HubSpot's reference (documented). */
export interface BudgetTotals {
  budgetItems: readonly BudgetItem[]
  spendItems: readonly BudgetItem[]
  /** ISO 4217. */
  currencyCode: string
  budgetTotal?: number
  spendTotal?: number
  remainingBudget?: number
}

/**
 * All items of a campaign and their sums. Without items, a total is the roll-up property of the campaign, and omitted
 * without one (inferred). The remaining budget is the budget minus the spend (inferred).
 * @param companyCurrency the currency of a campaign that has no `hs_currency_code`
 */
export function budgetTotals(campaign: Campaign, companyCurrency = 'USD'): BudgetTotals {
  const [budget, spend] = [totalOf(campaign, 'budgetItems'), totalOf(campaign, 'spendItems')]
  const remaining = budget && spend ? subtractDecimals(budget, spend) : budget
  return {
    budgetItems: campaign.budgetItems,
    spendItems: campaign.spendItems,
    currencyCode: currencyOf(campaign, companyCurrency),
    ...(budget && { budgetTotal: numberOf(budget) }),
    ...(spend && { spendTotal: numberOf(spend) }),
    ...(remaining && { remainingBudget: numberOf(remaining) }),
  }
}

function totalOf(campaign: Campaign, kind: BudgetKind): Decimal | undefined {
  if (campaign[kind].length > 0) return sumOf(campaign[kind])
  return parseDecimal(campaign.properties[rollUpProperties[kind]] ?? '')
}

/** The currency of a campaign's amounts: its own, else that of the account. */
export function currencyOf({ properties }: Campaign, companyCurrency: string): string {
  return properties['hs_currency_code'] || companyCurrency
}

/** A campaign with other items and their roll-up properties. Without items it has no roll-up property. */
export function withBudgetItems(campaign: Campaign, changed: Partial<BudgetItems>): Campaign {
  const items = { budgetItems: campaign.budgetItems, spendItems: campaign.spendItems, ...changed }
  const properties = { ...campaign.properties }
  for (const kind of budgetKinds) if (changed[kind] !== undefined) delete properties[rollUpProperties[kind]]
  return { ...campaign, ...items, properties: { ...properties, ...rollUpsOf(items) } }
}

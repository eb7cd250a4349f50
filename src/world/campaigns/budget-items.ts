import type { BudgetItem } from '../../public/fixture.ts'
import { parseMoment } from '../../text/dates.ts'
import { type Decimal, decimalOf, sumDecimals, writeDecimal } from '../../text/decimal.ts'
import type { FixtureBudgetItem } from '../fixtures/fixture-budget.ts'

export type { BudgetItem } from '../../public/fixture.ts'

/** The members of a campaign with items. */
export const budgetKinds = ['budgetItems', 'spendItems'] as const
export type BudgetKind = (typeof budgetKinds)[number]

/** The properties that are the sums of a campaign's items (observed form, inferred rule). */
export const rollUpProperties = {
  budgetItems: 'hs_budget_items_sum_amount',
  spendItems: 'hs_spend_items_sum_amount',
} as const satisfies Record<BudgetKind, string>

/** The items of a campaign, by their kind. */
export type BudgetItems = Record<BudgetKind, BudgetItem[]>

/**
 * Adds defaults to items: unused ids from 1, their position in the list, and the time when the campaign was created.
 * @param createdAtMs when the campaign was created, in milliseconds since 1970
 */
export function fillBudgetItems(
  fixture: Partial<Record<BudgetKind, readonly FixtureBudgetItem[]>>,
  createdAtMs: number,
): BudgetItems {
  const usedIds = new Set(budgetKinds.flatMap((kind) => fixture[kind] ?? []).map(({ id }) => id))
  let lastId = 0
  const nextId = () => {
    do lastId += 1
    while (usedIds.has(String(lastId)))
    return String(lastId)
  }
  const fill = (items: readonly FixtureBudgetItem[] = []) =>
    items.map((item, i) => fillItem(item, item.id ?? nextId(), i, createdAtMs))
  return { budgetItems: fill(fixture.budgetItems), spendItems: fill(fixture.spendItems) }
}

function fillItem(item: FixtureBudgetItem, id: string, place: number, createdAtMs: number): BudgetItem {
  const { name, amount, order = place, description } = item
  const createdAt = millisecondsOf(item.createdAt) ?? createdAtMs
  const updatedAt = millisecondsOf(item.updatedAt) ?? createdAt
  return { id, name, amount, order, ...(description === undefined ? {} : { description }), createdAt, updatedAt }
}

function millisecondsOf(moment: string | number | undefined): number | undefined {
  return typeof moment === 'string' ? parseMoment(moment) : moment
}

/** The exact sum of items. */
export function sumOf(items: readonly { readonly amount: number }[]): Decimal {
  return sumDecimals(items.map(({ amount }) => decimalOf(amount)))
}

/** The roll-up properties of the kinds that have items. */
export function rollUpsOf(items: BudgetItems): Record<string, string> {
  const kinds = budgetKinds.filter((kind) => items[kind].length > 0)
  return Object.fromEntries(kinds.map((kind) => [rollUpProperties[kind], writeDecimal(sumOf(items[kind]))]))
}

import { type Static, Type } from '@sinclair/typebox'

/** One item of a budget. Times are epoch milliseconds, and an order of 0 is the oldest (documented). */
export const PublicBudgetItem = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    amount: Type.Number(),
    order: Type.Integer({ format: 'int32' }),
    createdAt: Type.Integer({ format: 'int64' }),
    updatedAt: Type.Integer({ format: 'int64' }),
    description: Type.Optional(Type.String()),
  },
  { title: 'PublicBudgetItem' },
)

/** One spend item. */
export const PublicSpendItem = Type.Object(PublicBudgetItem.properties, { title: 'PublicSpendItem' })

/** All items of a campaign and their sums. */
export const PublicBudgetTotals = Type.Object(
  {
    budgetItems: Type.Array(PublicBudgetItem),
    spendItems: Type.Array(PublicSpendItem),
    currencyCode: Type.String(),
    budgetTotal: Type.Optional(Type.Number()),
    spendTotal: Type.Optional(Type.Number()),
    remainingBudget: Type.Optional(Type.Number()),
  },
  { title: 'PublicBudgetTotals' },
)

const itemInput = {
  name: Type.String(),
  amount: Type.Number(),
  order: Type.Integer({ format: 'int32' }),
  description: Type.Optional(Type.String()),
}

/** The body that creates or replaces a budget item. */
export const PublicBudgetItemInput = Type.Object(itemInput, { title: 'PublicBudgetItemInput' })
export type PublicBudgetItemInput = Static<typeof PublicBudgetItemInput>

/** The body that creates or replaces a spend item. */
export const PublicSpendItemInput = Type.Object(itemInput, { title: 'PublicSpendItemInput' })

/** The paths of one item. In paths its id is an int64, in bodies a string (documented). */
export const BudgetItemPath = Type.Object({
  campaignGuid: Type.String(),
  budgetId: Type.Integer({ format: 'int64' }),
})
export const SpendItemPath = Type.Object({ campaignGuid: Type.String(), spendId: Type.Integer({ format: 'int64' }) })

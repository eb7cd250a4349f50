import { Type } from '@sinclair/typebox'

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

/** One item of what was spent. */
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

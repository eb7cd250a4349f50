import type { Faker } from '@faker-js/faker'
import type { BudgetItem, BudgetItems } from './budget-items.ts'

const itemNames = [
  'Advertising',
  'Agency',
  'Design',
  'Events',
  'Giveaways',
  'Influencers',
  'Print',
  'Software',
  'Video',
]

/**
 * Budget items of whole amounts, and of each one a part that was spent, to the cent.
 * @param times when the items were created and updated, in milliseconds since 1970 · @param isPlanned nothing is spent yet
 */
export function generateBudget(
  faker: Faker,
  times: Pick<BudgetItem, 'createdAt' | 'updatedAt'>,
  isPlanned: boolean,
): BudgetItems {
  const firstId = faker.number.int({ min: 100_000, max: 999_999 })
  const budgetItems = faker.helpers.arrayElements(itemNames, { min: 1, max: 4 }).map((name, order): BudgetItem => {
    const amount = faker.number.int({ min: 5, max: 200 }) * 50
    return { id: String(firstId + order), name, amount, order, ...times }
  })
  const spendItems = budgetItems.map((item): BudgetItem => {
    const cents = faker.number.int({ min: item.amount * 20, max: item.amount * 100 })
    return { ...item, id: String(Number(item.id) + budgetItems.length), amount: cents / 100 }
  })
  return { budgetItems, spendItems: isPlanned ? [] : spendItems }
}

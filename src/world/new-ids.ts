import { randomUUID } from 'node:crypto'
import type { BudgetItem } from './campaigns/budget-items.ts'

/** Where the ids of new objects of one portal come from. No id is given twice. */
export class NewIds {
  readonly #isCounted: boolean
  #campaigns = 0
  #lastItem = 0n

  /** @param isCounted whether GUIDs are counted instead of random, so that the same requests get the same */
  constructor(isCounted: boolean) {
    this.#isCounted = isCounted
  }

  /** The GUID of a new campaign. @param isTaken whether a campaign has an id already */
  campaign(isTaken: (id: string) => boolean): string {
    let id: string
    do id = this.#isCounted ? this.#countedGuid() : randomUUID()
    while (isTaken(id))
    return id
  }

  /** The id of a new budget or spend item, or of a cloned asset: a number in decimal digits that was not used before. */
  item(): string {
    this.#lastItem += 1n
    return String(this.#lastItem)
  }

  /** Keeps the ids of items from being given to new ones, also after these items are deleted. */
  reserve(items: readonly BudgetItem[]): void {
    for (const { id } of items) if (BigInt(id) > this.#lastItem) this.#lastItem = BigInt(id)
  }

  #countedGuid(): string {
    this.#campaigns += 1
    return `00000000-0000-4000-a000-${this.#campaigns.toString(16).padStart(12, '0')}`
  }
}

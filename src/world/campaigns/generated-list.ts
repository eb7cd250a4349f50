import { itemAt } from '../../text/item-at.ts'
import { countBefore } from './binary-search.ts'
import { generatedId } from './generated-id.ts'
import { type GeneratedLayout, intervalMs, type Place, timeInBlock } from './generated-layout.ts'
import { matchNames, nameCount } from './generated-names.ts'
import type { SortKey } from './sort.ts'
import type { SortedList, SortValue } from './sorted-list.ts'

/** The generated campaigns of a list. */
export interface GeneratedListOptions {
  readonly seed: number
  readonly layout: GeneratedLayout
  readonly size: number
  readonly key: SortKey
  /** Only campaigns whose name contains this text; the case of letters does not count. */
  readonly name?: string | undefined
}

/**
 * The generated campaigns in order. It stores how many campaigns each slot has, and computes from it the slot and the block
 * of a rank. So every rank takes the same time, whether there are a thousand campaigns or ten million.
 */
export class GeneratedList implements SortedList {
  readonly size: number
  readonly #options: GeneratedListOptions
  readonly #slots: Uint16Array
  /** How many campaigns come before those of each of these slots. */
  readonly #starts: Uint32Array
  readonly #blocksOf: (slot: number) => BlockOrder

  constructor(options: GeneratedListOptions) {
    this.#options = options
    this.#slots = options.layout.slotsBy(options.key)
    this.#blocksOf = blockOrders(options)
    this.#starts = new Uint32Array(nameCount)
    let size = 0
    for (const [i, slot] of this.#slots.entries()) {
      this.#starts[i] = size
      size += this.#blocksOf(slot).sizeIn(this.#hasLastBlock(slot))
    }
    this.size = size
  }

  valueAt(rank: number): SortValue {
    return this.#options.layout.valueOf(this.#placeAt(rank), this.#options.key)
  }

  idAt(rank: number): string {
    return generatedId(this.#options.seed, this.#options.layout.indexOf(this.#placeAt(rank)))
  }

  #placeAt(rank: number): Place {
    const { layout, key } = this.#options
    const i = countBefore(nameCount, (i) => itemAt(this.#starts, i) <= rank) - 1
    const slot = itemAt(this.#slots, i)
    const shift = key === 'hs_name' ? 0 : layout.shiftOf(slot, key)
    const block = this.#blocksOf(slot).at(rank - itemAt(this.#starts, i), this.#hasLastBlock(slot), shift)
    return { slot, block }
  }

  /** Whether a slot has a campaign in the last block, which may be incomplete. */
  #hasLastBlock(slot: number): boolean {
    return this.#options.layout.positionOf(slot) < this.#options.size % nameCount
  }
}

/** The blocks in which a slot has matching campaigns: all, none, or those whose number makes the name match. */
function blockOrders({ layout, size, key, name }: GeneratedListOptions): (slot: number) => BlockOrder {
  const last = Math.floor(size / nameCount)
  const blocks = Array.from({ length: last + 1 }, (_, block) => block)
  const all = new BlockOrder(blocks, last, key)
  if (name === undefined) return () => all
  const { uses, isMatch } = matchNames(name)
  const orders = {
    all,
    some: new BlockOrder(
      blocks.filter((block) => isMatch(block + 1)),
      last,
      key,
    ),
    none: new BlockOrder([], last, key),
  }
  return (slot) => orders[itemAt(uses, layout.nameOf(slot))]
}

/** The blocks, in the sort order of the campaigns that one slot has in them. */
class BlockOrder {
  readonly #blocks: readonly number[]
  /** The time of each block in its interval; 0 where campaigns are sorted by name. */
  readonly #times: readonly number[]
  /** The position of the last block; -1 if it is not among these. */
  readonly #last: number

  /** @param last the last block, in which some slots have no campaign */
  constructor(blocks: readonly number[], last: number, key: SortKey) {
    this.#blocks = key === 'hs_name' ? sortAsTexts(blocks) : [...blocks].sort((a, b) => timeInBlock(a) - timeInBlock(b))
    this.#times = this.#blocks.map(timeInBlock)
    this.#last = this.#blocks.indexOf(last)
  }

  sizeIn(hasLast: boolean): number {
    return this.#blocks.length - (hasLast || this.#last < 0 ? 0 : 1)
  }

  /** @param shift how far the times of the slot are moved, in milliseconds; times that would leave the interval wrap around */
  at(rank: number, hasLast: boolean, shift: number): number {
    const count = this.#blocks.length
    const first = shift === 0 ? 0 : countBefore(count, (i) => itemAt(this.#times, i) + shift < intervalMs)
    const lastRank = hasLast || this.#last < 0 ? count : (this.#last - first + count) % count
    return itemAt(this.#blocks, (first + (rank < lastRank ? rank : rank + 1)) % count)
  }
}

/** Names end with the number of the block, counted from 1, so their order is that of its digits. */
function sortAsTexts(blocks: readonly number[]): number[] {
  return blocks
    .map((block) => String(block + 1))
    .sort()
    .map((text) => Number(text) - 1)
}

import { itemAt } from '../../text/item-at.ts'
import { nameAt, nameCount, namesPerYear, nameYears, numberedName } from './generated-names.ts'
import { seededNumbers, seededShuffle } from './seeded-shuffle.ts'
import type { SortKey } from './sort.ts'
import type { SortValue } from './sorted-list.ts'

export const dayMs = 24 * 60 * 60 * 1000

/** Half a year before the one and the other half of the campaigns' creation meet. */
const startMs = Date.UTC(nameYears[1], 0, 1) - 180 * dayMs

/** Today in the world of generated campaigns. Fixed, or they would age from one start to the next. */
export const generatedTodayMs = Date.UTC(nameYears[1], 0, 1) + 181 * dayMs

/** So that the 24 000 slots, each two intervals long, take 360 days. */
export const intervalMs = 648_000

const intervalCount = Math.floor((generatedTodayMs - startMs) / intervalMs)

/** From one block to the next, a time within its interval moves by so much. It has no divisor in common with `intervalMs`. */
const blockStepMs = 400_489

/** From one interval to the next, the times within it move by so much. */
const intervalStepMs = 250_301

/** A campaign is updated within about two months, in one of this many intervals. */
const updateChoices = 400

/** One campaign of this many is never updated. */
const neverUpdatedRatio = 8

type TimeKey = Exclude<SortKey, 'hs_name'>

/** The position of a generated campaign: the time slot in which it is created, and its block. */
export interface Place {
  readonly slot: number
  readonly block: number
}

/**
 * Computes the names and times of generated campaigns with arithmetic that works in both directions, so that an order can be
 * read at any rank. Indexes come in blocks. In each block, each slot of time creates one campaign and each name is used
 * once; which index of a block has which slot, and which slot has which name, follows from the seed.
 *
 * No two campaigns have the same name, or were created or updated in the same millisecond.
 */
export class GeneratedLayout {
  /** Times move by this much, so that those of two seeds differ. */
  readonly #shiftMs: number
  readonly #slotAt: Uint16Array
  readonly #positionOf: Uint16Array
  readonly #nameOf: Uint16Array
  readonly #updateOf: Uint16Array

  constructor(seed: number) {
    this.#shiftMs = itemAt(seededNumbers(1, `shift:${seed}`), 0) % intervalMs
    this.#slotAt = seededShuffle(nameCount, `slots:${seed}`)
    this.#positionOf = inverseOf(this.#slotAt)
    this.#nameOf = namesOf(seed)
    this.#updateOf = updatesOf(seed)
  }

  placeOf(index: number): Place {
    return { slot: itemAt(this.#slotAt, index % nameCount), block: Math.floor(index / nameCount) }
  }

  indexOf({ slot, block }: Place): number {
    return block * nameCount + this.positionOf(slot)
  }

  /** Which campaign of a block a slot creates, counted from 0. */
  positionOf(slot: number): number {
    return itemAt(this.#positionOf, slot)
  }

  /** The number of a slot's name. */
  nameOf(slot: number): number {
    return itemAt(this.#nameOf, slot)
  }

  /** The value that a campaign is sorted by: a name or milliseconds since 1970. */
  valueOf(place: Place, key: SortKey): SortValue {
    return key === 'hs_name' ? this.fullNameOf(place) : this.timeOf(place, key)
  }

  fullNameOf({ slot, block }: Place): string {
    return numberedName(nameAt(this.nameOf(slot)), block + 1)
  }

  /** Milliseconds since 1970. */
  timeOf({ slot, block }: Place, key: TimeKey): number {
    const interval = this.#intervalOf(slot, key)
    const within = (timeInBlock(block) + this.shiftOf(slot, key)) % intervalMs
    return startMs + interval * intervalMs + within
  }

  /** By how much all times of a slot's interval are shifted, those that leave it coming in again at its beginning. */
  shiftOf(slot: number, key: TimeKey): number {
    return (this.#intervalOf(slot, key) * intervalStepMs + this.#shiftMs) % intervalMs
  }

  /** All slots in ascending order of their sort values. */
  slotsBy(key: SortKey): Uint16Array {
    const slots = Uint16Array.from({ length: nameCount }, (_, slot) => slot)
    const ranks = key === 'hs_name' ? this.#nameOf : this.#updateOf
    return key === 'createdAt' ? slots : slots.sort((a, b) => itemAt(ranks, a) - itemAt(ranks, b))
  }

  #intervalOf(slot: number, key: TimeKey): number {
    return key === 'createdAt' ? creationOf(slot) : itemAt(this.#updateOf, slot)
  }
}

/** When the campaign of a block comes within its interval, before the shift of the interval. */
export function timeInBlock(block: number): number {
  return (block * blockStepMs) % intervalMs
}

/** A slot creates its campaigns in the first of its two intervals. */
function creationOf(slot: number): number {
  return 2 * slot
}

function inverseOf(permutation: Uint16Array): Uint16Array {
  const inverse = new Uint16Array(permutation.length)
  for (const [i, value] of permutation.entries()) inverse[value] = i
  return inverse
}

/** The number of each slot's name: one that ends with the year of the slot. */
function namesOf(seed: number): Uint16Array {
  const years = nameYears.map((year) => seededShuffle(namesPerYear, `names:${seed}:${year}`))
  return Uint16Array.from({ length: nameCount }, (_, slot) => {
    const year = Math.floor(slot / namesPerYear)
    return (years[year]?.[slot % namesPerYear] ?? 0) * nameYears.length + year
  })
}

/** The interval in which each slot's campaigns are updated: one of its own, later than the one that creates them, or that one. */
function updatesOf(seed: number): Uint16Array {
  const updates = new Uint16Array(nameCount)
  const random = seededNumbers(nameCount, `updates:${seed}`)
  const free: number[] = []
  for (let interval = intervalCount - 1; interval >= creationOf(nameCount); interval--) free.push(interval)
  for (let slot = nameCount - 1; slot >= 0; slot--) {
    const own = creationOf(slot)
    const number = itemAt(random, slot)
    free.push(own + 1)
    const isNeverUpdated = number % neverUpdatedRatio === 0
    const choices = Math.min(updateChoices, free.length)
    const choice = free.length - 1 - (Math.floor(number / neverUpdatedRatio) % choices)
    updates[slot] = isNeverUpdated ? own : (free.splice(choice, 1)[0] ?? own)
    if (!isNeverUpdated) free.push(own)
  }
  return updates
}

import { itemAt } from '../../text/item-at.ts'
import { nameAt, nameCount, namesPerYear, nameYears, numberedName } from './generated-names.ts'
import { seededNumbers, seededShuffle } from './seeded-shuffle.ts'
import type { SortKey } from './sort.ts'
import type { SortValue } from './sorted-list.ts'

export const dayMs = 24 * 60 * 60 * 1000

/** The first creation: half a year before the start of the second year, so that half of the campaigns are from each year. */
const startMs = Date.UTC(nameYears[1], 0, 1) - 180 * dayMs

/** The date that generated campaigns take for today. It is fixed, so that they are the same at each start. */
export const generatedTodayMs = Date.UTC(nameYears[1], 0, 1) + 181 * dayMs

/** The length of an interval in milliseconds: 24 000 slots of two intervals each are 360 days. */
export const intervalMs = 648_000

const intervalCount = Math.floor((generatedTodayMs - startMs) / intervalMs)

/**
 * How far times move within their interval from one block to the next, in milliseconds. It has no divisor in common with
 * `intervalMs`, so that no time repeats.
 */
const blockStepMs = 400_489

/** How far times move within their interval from one interval to the next, in milliseconds. */
const intervalStepMs = 250_301

/** The number of intervals in which a campaign can be updated: about two months after its creation. */
const updateChoices = 400

/** One of this many campaigns is never updated. */
const neverUpdatedRatio = 8

type TimeKey = Exclude<SortKey, 'hs_name'>

/** The position of a generated campaign: the time slot in which it is created, and its block. */
export interface Place {
  readonly slot: number
  readonly block: number
}

/**
 * Computes the name and the times of a generated campaign from its index, and the index from a name or a time. So a sorted
 * list can start at any offset without generating the campaigns before it.
 *
 * Indexes are divided into blocks of 24 000. Time is divided into the same number of slots. Each slot creates one campaign
 * per block, and each block uses each name once. The seed decides which index has which slot, and which slot has which name.
 *
 * No two campaigns have the same name, or were created or updated in the same millisecond.
 */
export class GeneratedLayout {
  /** How far all times of this seed are moved, in milliseconds, so that two seeds have different times. */
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

  /** The position within its block, counted from 0, of the campaign that a slot creates. */
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

  /** How far the times in a slot's interval are moved, in milliseconds. Times that would leave the interval wrap around. */
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

/** The time of a block's campaign within its interval, in milliseconds, before the interval's times are moved. */
export function timeInBlock(block: number): number {
  return (block * blockStepMs) % intervalMs
}

/** The interval in which a slot creates its campaigns: the first of its two. */
function creationOf(slot: number): number {
  return 2 * slot
}

function inverseOf(permutation: Uint16Array): Uint16Array {
  const inverse = new Uint16Array(permutation.length)
  for (const [i, value] of permutation.entries()) inverse[value] = i
  return inverse
}

/** The number of each slot's name, which ends with the year of the slot. */
function namesOf(seed: number): Uint16Array {
  const years = nameYears.map((year) => seededShuffle(namesPerYear, `names:${seed}:${year}`))
  return Uint16Array.from({ length: nameCount }, (_, slot) => {
    const year = Math.floor(slot / namesPerYear)
    return itemAt(itemAt(years, year), slot % namesPerYear) * nameYears.length + year
  })
}

/**
 * The interval in which each slot's campaigns are updated. No two slots share one. It is later than the interval of the
 * creation, or the same for campaigns that are never updated.
 */
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
    updates[slot] = isNeverUpdated ? own : itemAt(free.splice(choice, 1), 0)
    if (!isNeverUpdated) free.push(own)
  }
  return updates
}

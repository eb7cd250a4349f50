import { itemAt } from '../../text/item-at.ts'
import { countBefore } from './binary-search.ts'

/** A sort value: a name, or milliseconds since the epoch. All values of one list are of one kind. */
export type SortValue = string | number

/**
 * Campaigns in ascending order of a value, those with the same value in ascending order of their ids. They are read by
 * rank, which counts from 0, so that a list of millions needs no memory of its own.
 */
export interface SortedList {
  readonly size: number
  valueAt(rank: number): SortValue
  /** The canonical id. */
  idAt(rank: number): string
}

/** A list of campaigns whose ids and values are at hand. */
export function sortedListOf(entries: readonly { id: string; value: SortValue }[]): SortedList {
  const sorted = [...entries].sort((a, b) => compare(a.value, b.value) || compare(a.id, b.id))
  return {
    size: sorted.length,
    valueAt: (rank) => itemAt(sorted, rank).value,
    idAt: (rank) => itemAt(sorted, rank).id,
  }
}

/** Compares for `sort`: numbers by size, strings by their Unicode code units. */
export function compare<T extends SortValue>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** How many campaigns of a list come before a value and an id. */
export function rankOf(list: SortedList, value: SortValue, id: string): number {
  return countBefore(list.size, (rank) => (compare(list.valueAt(rank), value) || compare(list.idAt(rank), id)) < 0)
}

/** A list without some of its campaigns. @param ranks theirs, ascending */
export function without(list: SortedList, ranks: readonly number[]): SortedList {
  if (ranks.length === 0) return list
  const rankIn = (rank: number) => rank + countBefore(ranks.length, (i) => itemAt(ranks, i) - i <= rank)
  return {
    size: list.size - ranks.length,
    valueAt: (rank) => list.valueAt(rankIn(rank)),
    idAt: (rank) => list.idAt(rankIn(rank)),
  }
}

/**
 * The ids of one page of several lists that are merged into one. No campaign is in two of them.
 * @param offset how many campaigns come before the page · @param limit how many it has at most
 */
export function mergedPage(lists: readonly SortedList[], offset: number, limit: number): string[] {
  const ranks = ranksAt(lists, offset)
  const ids: string[] = []
  while (ids.length < limit) {
    const next = lowestOf(lists, ranks)
    if (next === undefined) break
    ids.push(next.id)
    ranks[next.list] = next.rank + 1
  }
  return ids
}

/** How many campaigns of each list are among the first `offset` of all. */
function ranksAt(lists: readonly SortedList[], offset: number): number[] {
  const ranks = lists.map(() => 0)
  const [largest, ...others] = lists.map((_, i) => i).sort((a, b) => sizeOf(lists, b) - sizeOf(lists, a))
  if (largest === undefined) return ranks
  for (const i of others) ranks[i] = countBefore(sizeOf(lists, i), (rank) => mergedRank(lists, i, rank) < offset)
  const inOthers = ranks.reduce((sum, rank) => sum + rank, 0)
  ranks[largest] = Math.min(offset - inOthers, sizeOf(lists, largest))
  return ranks
}

function sizeOf(lists: readonly SortedList[], list: number): number {
  return itemAt(lists, list).size
}

/** The rank that a campaign of one list has among those of all lists. */
function mergedRank(lists: readonly SortedList[], own: number, rank: number): number {
  const value = itemAt(lists, own).valueAt(rank)
  const id = itemAt(lists, own).idAt(rank)
  return lists.reduce((sum, list, i) => sum + (i === own ? rank : rankOf(list, value, id)), 0)
}

interface Head {
  readonly list: number
  readonly rank: number
  readonly value: SortValue
  readonly id: string
}

/** The next campaign of a merge: the first, by value and id, of those at the current ranks of the lists. */
function lowestOf(lists: readonly SortedList[], ranks: readonly number[]): Head | undefined {
  const heads = lists.flatMap((list, i): Head[] => {
    const rank = itemAt(ranks, i)
    return rank < list.size ? [{ list: i, rank, value: list.valueAt(rank), id: list.idAt(rank) }] : []
  })
  const [first, ...more] = heads
  return first && more.reduce((a, b) => ((compare(a.value, b.value) || compare(a.id, b.id)) <= 0 ? a : b), first)
}

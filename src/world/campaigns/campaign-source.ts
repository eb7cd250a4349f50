import type { Campaign } from './campaign.ts'
import type { SortKey } from './sort.ts'
import type { SortedList, SortValue } from './sorted-list.ts'

/** Campaigns that never change, found by their canonical ids: those of a fixture, or generated ones. */
export interface CampaignSource {
  readonly size: number
  has(id: string): boolean
  /** A new object each time. */
  find(id: string): Campaign | undefined
  /** The sort value of a campaign, without creating the campaign; undefined for an unknown id. */
  valueOf(id: string, key: SortKey): SortValue | undefined
  /**
   * All campaigns in order.
   * @param name only those whose name contains this text; the case of letters does not count
   */
  list(key: SortKey, name: string | undefined): SortedList
}

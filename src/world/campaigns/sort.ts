import type { Campaign } from './campaign.ts'
import type { SortValue } from './sorted-list.ts'

/** The sort keys of campaigns (documented). */
export const sortKeys = ['hs_name', 'createdAt', 'updatedAt'] as const
export type SortKey = (typeof sortKeys)[number]

/** A sort key, with `-` before it for descending order (documented). */
export type CampaignSort = SortKey | `-${SortKey}`

interface ParsedSort {
  readonly key: SortKey
  readonly isDescending: boolean
}

const sorts: Readonly<Record<CampaignSort, ParsedSort>> = {
  hs_name: { key: 'hs_name', isDescending: false },
  '-hs_name': { key: 'hs_name', isDescending: true },
  createdAt: { key: 'createdAt', isDescending: false },
  '-createdAt': { key: 'createdAt', isDescending: true },
  updatedAt: { key: 'updatedAt', isDescending: false },
  '-updatedAt': { key: 'updatedAt', isDescending: true },
}

export function isCampaignSort(text: string): text is CampaignSort {
  return Object.hasOwn(sorts, text)
}

/** The key of a sort, and whether it is descending. */
export function parseSort(sort: CampaignSort): ParsedSort {
  return sorts[sort]
}

/** The sort value of a campaign. A campaign without a name sorts as the empty string. */
export function sortValueOf(campaign: Campaign, key: SortKey): SortValue {
  return key === 'hs_name' ? nameOf(campaign) : Date.parse(campaign[key])
}

/** Whether the name of a campaign contains a text, ignoring case (inferred). */
export function hasName(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase())
}

/** The `hs_name` of a campaign; empty without one. */
export function nameOf({ properties }: Campaign): string {
  return properties['hs_name'] ?? ''
}

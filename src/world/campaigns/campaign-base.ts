import { LRUCache } from 'lru-cache'
import type { Campaign } from './campaign.ts'
import type { CampaignSource } from './campaign-source.ts'
import type { CampaignGenerator } from './generator.ts'
import type { PackedCampaigns } from './packed-campaigns.ts'
import type { SortKey } from './sort.ts'
import { rankOf, type SortedList, without } from './sorted-list.ts'

/** Campaigns that have been parsed or generated. The least recently used is dropped. */
const maxCached = 10_000

/** Merged lists of all layers: one for each layer, sort and name that is being paged through. */
const maxMerged = 64

/** The campaigns below all layers, which never change: those of a fixture, and generated ones. */
export class CampaignBase {
  readonly fixture: PackedCampaigns
  readonly generator: CampaignGenerator | undefined
  readonly #cache = new LRUCache<string, { readonly campaign: Campaign }>({ max: maxCached })
  readonly #merged = new LRUCache<string, readonly SortedList[]>({ max: maxMerged })
  #cachedReplaced: readonly string[] | undefined

  constructor(fixture: PackedCampaigns, generator: CampaignGenerator | undefined) {
    this.fixture = fixture
    this.generator = generator
  }

  get size(): number {
    return this.fixture.size + (this.generator?.size ?? 0) - this.#replaced.length
  }

  has(id: string): boolean {
    return this.fixture.has(id) || (this.generator?.has(id) ?? false)
  }

  /** The campaign with a canonical id. It is the same object as long as it is in the cache. */
  find(id: string): { readonly campaign: Campaign } | undefined {
    const cached = this.#cache.get(id)
    if (cached !== undefined) return cached
    const campaign = this.fixture.find(id) ?? this.generator?.find(id)
    if (campaign === undefined) return undefined
    const found = { campaign }
    this.#cache.set(id, found)
    return found
  }

  /**
   * Sorted lists that together contain all campaigns, each once.
   * @param changed the ids of campaigns to leave out · @param name see `CampaignSource.list`
   */
  lists(key: SortKey, name: string | undefined, changed: ReadonlySet<string>): SortedList[] {
    const fixture = listWithout(this.fixture, key, name, changed)
    if (this.generator === undefined) return [fixture]
    return [fixture, listWithout(this.generator, key, name, new Set([...changed, ...this.#replaced]))]
  }

  /** The lists that were made for a key before, as long as they are in the cache. */
  mergedLists(key: string, make: () => readonly SortedList[]): readonly SortedList[] {
    const lists = this.#merged.get(key) ?? make()
    this.#merged.set(key, lists)
    return lists
  }

  /** The ids of generated campaigns in whose place the fixture has one of its own. */
  get #replaced(): readonly string[] {
    const { generator } = this
    this.#cachedReplaced ??= generator === undefined ? [] : this.fixture.ids.filter((id) => generator.has(id))
    return this.#cachedReplaced
  }
}

function listWithout(
  source: CampaignSource,
  key: SortKey,
  name: string | undefined,
  ids: ReadonlySet<string>,
): SortedList {
  const list = source.list(key, name)
  const ranks: number[] = []
  for (const id of ids) {
    const value = source.valueOf(id, key)
    const rank = value === undefined ? list.size : rankOf(list, value, id)
    if (rank < list.size && list.idAt(rank) === id) ranks.push(rank)
  }
  return without(
    list,
    ranks.sort((a, b) => a - b),
  )
}

import { LRUCache } from 'lru-cache'
import { itemAt } from '../../text/item-at.ts'
import { canonicalId, type FixtureCampaign } from '../fixtures/fixture.ts'
import { type Campaign, fromFixture } from './campaign.ts'
import type { CampaignSource } from './campaign-source.ts'
import { packCampaign, readName, readTime, unpackCampaign } from './packed-json.ts'
import { hasName, type SortKey } from './sort.ts'
import { compare, type SortedList, type SortValue } from './sorted-list.ts'

const blockBytes = 1024 * 1024

/** The stored place of a campaign: its block, and the start and the end of its JSON in it. */
const numbersPerPlace = 3

/** Lists of one part of a name take four bytes for each campaign. */
const maxFilteredLists = 8

/**
 * The campaigns of a fixture, as JSON outside of the heap. Each is parsed only when it is requested. A million of them as
 * objects take three times the memory, and make every garbage collection slower.
 */
export class PackedCampaigns implements CampaignSource {
  /** Each canonical id with the number of its campaign, in the order in which they were added. */
  readonly #numbers = new Map<string, number>()
  readonly #blocks: Buffer[] = []
  /** The places of all campaigns, one after another. */
  readonly #places: number[] = []
  readonly #propertyNames = new Set<string>()
  /** The indexes of all campaigns in order, computed when they are first needed, so that a start is not slower. */
  readonly #sorted = new Map<SortKey, Uint32Array>()
  readonly #filtered = new LRUCache<string, Uint32Array>({ max: maxFilteredLists })
  #cachedIds: readonly string[] = []
  /** How much of the last block is used. */
  #usedBytes = 0

  get size(): number {
    return this.#numbers.size
  }

  /** The canonical ids, in the order in which the campaigns were added. */
  get ids(): readonly string[] {
    if (this.#cachedIds.length !== this.size) this.#cachedIds = [...this.#numbers.keys()]
    return this.#cachedIds
  }

  /** The properties that some campaign has. */
  get propertyNames(): Iterable<string> {
    return this.#propertyNames
  }

  has(id: string): boolean {
    return this.#numbers.has(id)
  }

  /** Adds a campaign after the others. Its id must not be there yet. */
  add(fixture: FixtureCampaign): void {
    const campaign = fromFixture(fixture)
    const json = packCampaign(campaign)
    this.#numbers.set(canonicalId(campaign.id), this.#numbers.size)
    for (const name of Object.keys(campaign.properties)) this.#propertyNames.add(name)
    const bytes = Buffer.byteLength(json)
    const block = this.#blockFor(bytes)
    block.write(json, this.#usedBytes)
    this.#places.push(this.#blocks.length - 1, this.#usedBytes, this.#usedBytes + bytes)
    this.#usedBytes += bytes
    this.#sorted.clear()
    this.#filtered.clear()
  }

  find(id: string): Campaign | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : unpackCampaign(this.#bytesOf(number).toString())
  }

  valueOf(id: string, key: SortKey): SortValue | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#readValue(number, key)
  }

  list(key: SortKey, name: string | undefined): SortedList {
    const numbers = name === undefined ? this.#sortedBy(key) : this.#filteredBy(key, name)
    const numberAt = (rank: number) => itemAt(numbers, rank)
    return {
      size: numbers.length,
      valueAt: (rank) => this.#readValue(numberAt(rank), key),
      idAt: (rank) => itemAt(this.ids, numberAt(rank)),
    }
  }

  #sortedBy(key: SortKey): Uint32Array {
    const known = this.#sorted.get(key)
    if (known !== undefined) return known
    const numbers = Uint32Array.from({ length: this.size }, (_, number) => number)
    const values = Array.from(numbers, (number) => this.#readValue(number, key))
    const { ids } = this
    numbers.sort((a, b) => compare(itemAt(values, a), itemAt(values, b)) || compare(itemAt(ids, a), itemAt(ids, b)))
    this.#sorted.set(key, numbers)
    return numbers
  }

  #filteredBy(key: SortKey, part: string): Uint32Array {
    const cacheKey = `${key} ${part.toLowerCase()}`
    const numbers =
      this.#filtered.get(cacheKey) ??
      this.#sortedBy(key).filter((number) => hasName(readName(this.#bytesOf(number)), part))
    this.#filtered.set(cacheKey, numbers)
    return numbers
  }

  #readValue(number: number, key: SortKey): SortValue {
    const bytes = this.#bytesOf(number)
    return key === 'hs_name' ? readName(bytes) : readTime(bytes, key)
  }

  #bytesOf(number: number): Buffer {
    const place = number * numbersPerPlace
    const block = itemAt(this.#blocks, itemAt(this.#places, place))
    return block.subarray(this.#places[place + 1], this.#places[place + 2])
  }

  #blockFor(bytes: number): Buffer {
    const last = this.#blocks.at(-1)
    if (last !== undefined && this.#usedBytes + bytes <= last.length) return last
    const block = Buffer.allocUnsafeSlow(Math.max(blockBytes, bytes))
    this.#blocks.push(block)
    this.#usedBytes = 0
    return block
  }
}

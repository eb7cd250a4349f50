import type { Faker } from '@faker-js/faker'
import { LRUCache } from 'lru-cache'
import type { Campaign } from './campaign.ts'
import type { CampaignSource } from './campaign-source.ts'
import { generateCampaign } from './generated-campaign.ts'
import { digest, generatedId, indexOfGeneratedId } from './generated-id.ts'
import { GeneratedLayout } from './generated-layout.ts'
import { GeneratedList } from './generated-list.ts'
import type { SortKey } from './sort.ts'
import type { SortedList, SortValue } from './sorted-list.ts'

/** Lists take 100 KB each, and a few milliseconds to make. */
const maxLists = 16

/**
 * Generates campaigns on demand. A campaign is a function of (seed, index), and its id contains the index. So campaigns are
 * not stored, ten million take no more memory than ten, and adding one never changes another.
 */
export class CampaignGenerator implements CampaignSource {
  /** How many campaigns there are to find. */
  readonly size: number
  readonly #seed: number
  readonly #faker: Faker
  readonly #lists = new LRUCache<string, SortedList>({ max: maxLists })
  #cachedLayout: GeneratedLayout | undefined

  private constructor(faker: Faker, size: number, seed: number) {
    this.#faker = faker
    this.size = size
    this.#seed = seed
  }

  /** @param size how many campaigns · @param seed the number that makes them repeatable */
  static async create(size: number, seed: number): Promise<CampaignGenerator> {
    return new CampaignGenerator(await loadFaker(), size, seed)
  }

  /** The id of the campaign at an index from 0 to size - 1. */
  idAt(index: number): string {
    return generatedId(this.#seed, index)
  }

  /** The index of a canonical id; undefined if it is not the id of a generated campaign. */
  indexOf(id: string): number | undefined {
    return indexOfGeneratedId(this.#seed, id, this.size)
  }

  has(id: string): boolean {
    return this.indexOf(id) !== undefined
  }

  find(id: string): Campaign | undefined {
    const index = this.indexOf(id)
    if (index === undefined) return undefined
    this.#faker.seed(digest('campaign', this.#seed, index).readUInt32BE(0))
    return generateCampaign(this.#faker, this.#layout, this.#layout.placeOf(index), id)
  }

  valueOf(id: string, key: SortKey): SortValue | undefined {
    const index = this.indexOf(id)
    return index === undefined ? undefined : this.#layout.valueOf(this.#layout.placeOf(index), key)
  }

  list(key: SortKey, name: string | undefined): SortedList {
    const cacheKey = `${key} ${name ?? ''}`
    const list =
      this.#lists.get(cacheKey) ??
      new GeneratedList({ seed: this.#seed, layout: this.#layout, size: this.size, key, name })
    this.#lists.set(cacheKey, list)
    return list
  }

  /** Made only when a campaign is generated or listed. */
  get #layout(): GeneratedLayout {
    this.#cachedLayout ??= new GeneratedLayout(this.#seed)
    return this.#cachedLayout
  }
}

/**
 * A faker of our own: the one that the module exports may be in use, and seeded, elsewhere in this process. Only the
 * English entry, since the main one loads every language, and only when something is generated.
 */
async function loadFaker(): Promise<Faker> {
  const { faker } = await import('@faker-js/faker/locale/en')
  const Own = faker.constructor as typeof Faker
  return new Own({ locale: faker.rawDefinitions })
}

import { readableProperties, retiredProperties } from '../../contract/schemas/campaign.ts'
import { canonicalId, type FixtureCampaign, type FixtureError } from '../fixtures/fixture.ts'
import type { FixtureProperty } from '../fixtures/fixture-property.ts'
import type { PlantedPart } from '../planted-data.ts'
import { type BatchOutcome, lookUpBatch } from './batch-lookup.ts'
import { type Campaign, fromFixture } from './campaign.ts'
import { CampaignBase } from './campaign-base.ts'
import { type CampaignEntry, errorEntryOf, isCampaign, isError, withoutError } from './campaign-entry.ts'
import type { CampaignGenerator } from './generator.ts'
import type { PackedCampaigns } from './packed-campaigns.ts'
import { type CampaignSort, hasName, nameOf, parseSort, type SortKey, sortValueOf } from './sort.ts'
import { mergedPage, type SortedList, sortedListOf } from './sorted-list.ts'

/** Which campaigns a page has. */
export interface PageQuery {
  readonly sort: CampaignSort
  /** Only campaigns whose `hs_name` contains this text, in any case (inferred). */
  readonly name?: string | undefined
  /** How many campaigns come before the page. */
  readonly offset: number
  /** The maximum number of campaigns of the page. */
  readonly limit: number
}

export interface CampaignPage {
  /** How many campaigns match, on all pages. */
  readonly total: number
  readonly campaigns: readonly Campaign[]
}

/**
 * Campaigns in layers: those of the fixture at the bottom, over them the changes of the mock, over those the changes of
 * a portal. A layer changes only itself; an id that it has no entry for is as in the layer below.
 */
export class Campaigns {
  readonly #entries = new Map<string, CampaignEntry>()
  readonly #propertyNames = new Set<string>()
  /** The layer below this one, or the campaigns below all layers. */
  #below: Campaigns | CampaignBase
  /** Counts the data that is added to this layer. */
  readonly #planted: PlantedPart | undefined
  static #layers = 0
  /** A number that no other layer has. */
  readonly #number: number
  /** How often this layer has been changed. */
  #changes = 0
  #cachedSize = { version: -1, size: 0 }

  private constructor(below: Campaigns | CampaignBase, planted?: PlantedPart) {
    this.#below = below
    this.#planted = planted
    Campaigns.#layers += 1
    this.#number = Campaigns.#layers
  }

  get #under(): Campaigns | undefined {
    return this.#below instanceof Campaigns ? this.#below : undefined
  }

  /** The campaigns below all layers. */
  get #base(): CampaignBase {
    return this.#below instanceof Campaigns ? this.#below.#base : this.#below
  }

  /** The lowest layer: the campaigns and errors of a fixture, and generated campaigns without those that it removes. */
  static of(
    fixture: PackedCampaigns,
    errors: readonly FixtureError[],
    generator: CampaignGenerator | undefined,
    removed: readonly string[] = [],
    properties: readonly FixtureProperty[] = [],
  ): Campaigns {
    const lowest = new Campaigns(new CampaignBase(fixture, generator))
    const defined = properties.map(({ name }) => name)
    for (const name of [...readableProperties, ...retiredProperties, ...fixture.propertyNames, ...defined]) {
      lowest.#propertyNames.add(name)
    }
    for (const id of removed) lowest.#entries.set(canonicalId(id), 'removed')
    for (const error of errors) lowest.#entries.set(canonicalId(error.id), errorEntryOf(error))
    return lowest
  }

  /**
   * Creates an empty layer on top of this one.
   * @param planted counts the data that is added to the layer
   */
  layer(planted?: PlantedPart): Campaigns {
    return new Campaigns(this, planted)
  }

  /** Replaces the layer below this one, and keeps the changes of this one and of the layers over it. */
  replaceLower(under: Campaigns): void {
    this.#below = under
    this.#changes += 1
  }

  /** How many there are, the generated ones included. */
  get size(): number {
    const version = this.#version
    if (this.#cachedSize.version !== version) this.#cachedSize = { version, size: this.#count() }
    return this.#cachedSize.size
  }

  /** Whether a property is known: every portal has it, or some campaign does. */
  knowsProperty(name: string): boolean {
    return this.#propertyNames.has(name) || (this.#under?.knowsProperty(name) ?? false)
  }

  get propertyNames(): string[] {
    return [...new Set([...this.#propertyNames, ...(this.#under?.propertyNames ?? [])])].sort()
  }

  find(id: string): Campaign | undefined {
    const entry = this.#find(canonicalId(id))
    return entry !== undefined && isCampaign(entry) ? entry.campaign : undefined
  }

  /** Stores a campaign. It replaces the one with its id, if there is one. */
  put(fixture: FixtureCampaign): Campaign {
    return this.store(fromFixture(fixture))
  }

  /**
   * Stores several campaigns with different ids, as `put` does.
   * @throws {TooMuchData} if the mock has no space for all of them; then nothing changes
   */
  putAll(fixtures: readonly FixtureCampaign[]): Campaign[] {
    const campaigns = fixtures.map(fromFixture)
    this.#planted?.setAll(new Map(campaigns.map((campaign) => [`campaign ${canonicalId(campaign.id)}`, campaign])))
    for (const campaign of campaigns) this.#set(campaign)
    return campaigns
  }

  /**
   * Stores a complete campaign.
   * @throws {TooMuchData} if the mock has no space for it
   */
  store(campaign: Campaign): Campaign {
    this.#planted?.set(`campaign ${canonicalId(campaign.id)}`, campaign)
    return this.#set(campaign)
  }

  /** Adds a campaign that is counted as planted data. */
  #set(campaign: Campaign): Campaign {
    const id = canonicalId(campaign.id)
    this.#planted?.delete(`error ${id}`)
    this.#entries.set(id, { campaign })
    for (const name of Object.keys(campaign.properties)) this.#propertyNames.add(name)
    this.#changes += 1
    return campaign
  }

  /** @returns whether there was one to remove */
  remove(id: string): boolean {
    if (this.find(id) === undefined) return false
    const canonical = canonicalId(id)
    this.#planted?.delete(`campaign ${canonical}`)
    this.#entries.set(canonical, 'removed')
    this.#changes += 1
    return true
  }

  /** The ids that fail, with their errors. */
  get errors(): FixtureError[] {
    return [...this.#allEntries().values()].flatMap((entry) => (isError(entry) ? [entry.source] : []))
  }

  /** The error of an id; undefined if the id does not fail. */
  findError(id: string): FixtureError | undefined {
    const entry = this.#find(canonicalId(id))
    return isError(entry) ? entry.source : undefined
  }

  /**
   * Makes an id fail. A campaign with this id is hidden until the error is removed or the campaign is stored again.
   * @throws {TooMuchData} if the mock has no space for it
   */
  putError(error: FixtureError): void {
    const id = canonicalId(error.id)
    this.#planted?.set(`error ${id}`, error)
    this.#entries.set(id, errorEntryOf(error, this.#entries.get(id)))
    this.#changes += 1
  }

  /** Removes the error of an id, so that a campaign that it hides is found again. */
  removeError(id: string): void {
    const canonical = canonicalId(id)
    this.#planted?.delete(`error ${canonical}`)
    const own = withoutError(this.#entries.get(canonical))
    const isFailingBelow = this.#under !== undefined && isError(this.#under.#find(canonical))
    const entry = own ?? (isFailingBelow ? (this.#findWithoutErrors(canonical) ?? 'removed') : undefined)
    if (entry === undefined) this.#entries.delete(canonical)
    else this.#entries.set(canonical, entry)
    this.#changes += 1
  }

  #findWithoutErrors(canonical: string): CampaignEntry | undefined {
    const own = withoutError(this.#entries.get(canonical))
    if (own !== undefined) return own
    return this.#below instanceof Campaigns ? this.#below.#findWithoutErrors(canonical) : this.#below.find(canonical)
  }

  /** Looks up a batch of ids. See `lookUpBatch`. */
  read(ids: Iterable<string>): BatchOutcome {
    return lookUpBatch(ids, (canonical) => this.#find(canonical))
  }

  /**
   * One page of the campaigns in order. Names are ordered by their Unicode code units, so capitals come before small
   * letters (inferred); a campaign without `hs_name` has an empty one. Those with the same value are in ascending order of
   * their ids. Descending order is the exact reverse, ties included. So pages are stable: no gap and no duplicate.
   *
   * It takes the same time for each page, and generates or parses only the campaigns of the page.
   */
  page({ sort, name, offset, limit }: PageQuery): CampaignPage {
    const { key, isDescending } = parseSort(sort)
    const lists = this.#sortedLists(key, name)
    const total = lists.reduce((sum, { size }) => sum + size, 0)
    const end = Math.min(offset + limit, total)
    const ids = mergedPage(lists, isDescending ? total - end : offset, Math.max(0, end - offset))
    const campaigns = ids.flatMap((id) => this.find(id) ?? [])
    return { total, campaigns: isDescending ? campaigns.reverse() : campaigns }
  }

  /** The campaigns in a fixed order, generated ones last. With `after`, those after the campaign with this id. */
  *list(after?: string): Generator<Campaign> {
    const { fixture, generator } = this.#base
    const added = this.#addedIds()
    const stored = [...fixture.ids, ...added]
    const last = after === undefined ? -1 : stored.indexOf(canonicalId(after))
    const isGenerated = after !== undefined && last < 0
    for (const id of isGenerated ? [] : stored.slice(last + 1)) yield* this.#findAll(id)
    if (generator === undefined) return
    const addedIds = new Set(added)
    const first = isGenerated ? (generator.indexOf(canonicalId(after)) ?? generator.size) + 1 : 0
    for (let index = first; index < generator.size; index++) {
      const id = generator.idAt(index)
      if (!addedIds.has(id) && !fixture.has(id)) yield* this.#findAll(id)
    }
  }

  /** The campaigns that are not generated, or no longer as they were generated, in a fixed order. */
  *listStored(): Generator<Campaign> {
    for (const id of [...this.#base.fixture.ids, ...this.#addedIds()]) yield* this.#findAll(id)
  }

  /** The ids of removed campaigns that would be generated otherwise. */
  get removedIds(): string[] {
    const removed = [...this.#allEntries()].filter(([, entry]) => entry === 'removed')
    return removed.map(([id]) => id).filter((id) => this.#base.generator?.has(id))
  }

  /** How many campaigns are generated, changed and removed ones included. */
  get generatedSize(): number {
    return this.#base.generator?.size ?? 0
  }

  /** The ids of campaigns that the fixture does not have. */
  #addedIds(): string[] {
    const entries = [...this.#allEntries()]
    return entries.filter(([id, entry]) => isCampaign(entry) && !this.#base.fixture.has(id)).map(([id]) => id)
  }

  /** The campaign with an id, or nothing. */
  #findAll(id: string): Campaign[] {
    const campaign = this.find(id)
    return campaign === undefined ? [] : [campaign]
  }

  #find(canonical: string): CampaignEntry | undefined {
    // Most layers are empty.
    const entry = this.#entries.size === 0 ? undefined : this.#entries.get(canonical)
    if (entry !== undefined) return entry
    return this.#below instanceof Campaigns ? this.#below.#find(canonical) : this.#below.find(canonical)
  }

  /** How often this layer and those below it have been changed. */
  get #version(): number {
    return this.#changes + (this.#under === undefined ? 0 : this.#under.#version)
  }

  /** The entries of this layer and of those below it; the higher one wins. */
  #allEntries(): Map<string, CampaignEntry> {
    const entries = this.#under === undefined ? new Map<string, CampaignEntry>() : this.#under.#allEntries()
    for (const [id, entry] of this.#entries) entries.set(id, entry)
    return entries
  }

  #count(): number {
    let size = this.#base.size
    for (const [id, entry] of this.#allEntries()) size += Number(isCampaign(entry)) - Number(this.#base.has(id))
    return size
  }

  /** Lists that together contain all campaigns, each once: those of the layers, and the unchanged ones of the base. */
  #sortedLists(key: SortKey, name: string | undefined): readonly SortedList[] {
    if (this.#under !== undefined && this.#entries.size === 0) return this.#under.#sortedLists(key, name)
    return this.#base.mergedLists(`${this.#number} ${this.#version} ${key} ${name?.toLowerCase() ?? ''}`, () => {
      const entries = this.#allEntries()
      const stored = [...entries].flatMap(([id, entry]) => (isCampaign(entry) ? { id, ...entry } : []))
      const matching = name === undefined ? stored : stored.filter(({ campaign }) => hasName(nameOf(campaign), name))
      const own = sortedListOf(matching.map(({ id, campaign }) => ({ id, value: sortValueOf(campaign, key) })))
      return [own, ...this.#base.lists(key, name, new Set(entries.keys()))]
    })
  }
}

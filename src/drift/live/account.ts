import { assetsPerPage, assetTypes } from '../../contract/schemas/asset.ts'
import { parseMoment } from '../../text/dates.ts'
import { validMembers } from '../../text/valid-members.ts'
import { canonicalId, type Fixture, FixtureAsset, FixtureCampaign, isGuid } from '../../world/fixtures/fixture.ts'
import { FixtureAccount } from '../../world/fixtures/fixture-account.ts'
import { FixtureBudgetItem } from '../../world/fixtures/fixture-budget.ts'
import { FixtureReports, RevenueReport } from '../../world/fixtures/fixture-reports.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'

/** The data of a HubSpot account, as far as its responses show it. A mock with its fixture gives the same responses. */
export class Account {
  readonly #campaigns = new Map<string, FixtureCampaign>()
  #details: FixtureAccount = {}
  #isComplete = false
  /** The campaigns of the batch read, in its order. */
  #read: FixtureCampaign[] = []
  /** The cursors of second pages, by the name of the list. */
  readonly #cursors = new Map<string, string>()

  /** Whether every campaign of the account has been read. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  get ids(): string[] {
    return [...this.#campaigns.keys()]
  }

  /** The campaign with the most assets of one type, for calls for one campaign. */
  get main(): FixtureCampaign | undefined {
    const [first] = [...this.#read].sort((a, b) => mostAssets(b) - mostAssets(a))
    return first !== undefined && isGuid(first.id) ? first : undefined
  }

  /** The type of which the main campaign has the most assets, if it has more than one. */
  get mainAssetType(): string | undefined {
    const lists = Object.entries(this.main?.assets ?? {}).sort(([, a], [, b]) => b.length - a.length)
    return lists.find(([, assets]) => assets.length > 1)?.[0]
  }

  learnDetails(body: Json): void {
    this.#details = validMembers(FixtureAccount, body)
  }

  learnList(body: Json): void {
    if (member(body, 'paging') === undefined) this.#isComplete = true
    for (const campaign of listOf(member(body, 'results'))) this.#add(campaign)
  }

  learnBatch(body: Json): void {
    this.#read = listOf(member(body, 'results')).map((campaign) => {
      return Object.assign(this.#add(campaign), { assets: assetsOf(campaign) })
    })
  }

  learnBudget(body: Json): void {
    const { main } = this
    if (main === undefined) return
    const ids = new Set<string>()
    const [budgetItems, spendItems] = ['budgetItems', 'spendItems'].map((name) => itemsOf(member(body, name), ids))
    Object.assign(main, { budgetItems, spendItems })
    // Where there are items, these properties are their sums.
    const { properties = {} } = main
    if (budgetItems?.length) delete properties['hs_budget_items_sum_amount']
    if (spendItems?.length) delete properties['hs_spend_items_sum_amount']
  }

  learnMetrics(body: Json): void {
    this.#learnReport({ metrics: validMembers(FixtureReports.properties.metrics, body) })
  }

  learnRevenue(body: Json): void {
    this.#learnReport({ revenue: { LINEAR: validMembers(RevenueReport, body) } })
  }

  learnContacts(body: Json): void {
    const ids = listOf(member(body, 'results')).map((contact) => String(member(contact, 'id')))
    // The next page has at least one more contact.
    const more = member(body, 'paging') === undefined ? [] : ['0']
    this.#learnReport({ contacts: { influencedContacts: [...ids, ...more] } })
  }

  /** Remembers the cursor of a page. */
  learnCursor(list: string, body: Json): void {
    const after = member(member(member(body, 'paging'), 'next'), 'after')
    if (typeof after === 'string') this.#cursors.set(list, after)
  }

  cursor(list: string): string | undefined {
    return this.#cursors.get(list)
  }

  /** Creates a fixture with which a mock responds like the account. */
  toFixture(): Fixture {
    return { account: this.#details, campaigns: [...this.#campaigns.values()] }
  }

  #add(campaign: Json): FixtureCampaign {
    const { id, properties, businessUnits, ...rest } = objectOf(campaign)
    const known = this.#campaigns.get(canonicalId(String(id))) ?? {
      id: String(id),
      properties: textsOf(properties),
      ...momentOf('createdAt', rest),
      ...momentOf('updatedAt', rest),
      ...validMembers(FixtureCampaign, { businessUnits: businessUnits ?? null }),
    }
    this.#campaigns.set(canonicalId(known.id), known)
    return known
  }

  #learnReport(report: object): void {
    const { main } = this
    if (main !== undefined) main.reports = { ...main.reports, ...report }
  }
}

/** How many assets of one type a campaign has. */
function mostAssets({ assets = {} }: FixtureCampaign): number {
  return Math.max(0, ...Object.values(assets).map((list) => list.length))
}

function textsOf(properties: Json | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(properties)).map(([name, value]) => [name, String(value)]))
}

/** The assets of known types. A full page with a next page gets one more asset, so that the mock has a next page, too. */
function assetsOf(campaign: Json): Record<string, FixtureAsset[]> {
  const lists = Object.entries(objectOf(member(campaign, 'assets'))).filter(([type]) => Object.hasOwn(assetTypes, type))
  return Object.fromEntries(
    lists.map(([type, page]) => {
      const assets = listOf(member(page, 'results')).map(assetOf)
      const isFull = assets.length >= assetsPerPage && member(page, 'paging') !== undefined
      return [type, isFull ? [...assets, { id: '0' }] : assets]
    }),
  )
}

function assetOf(asset: Json): FixtureAsset {
  return { id: String(member(asset, 'id')), ...validMembers(FixtureAsset, asset) }
}

/** @param ids the ids of earlier items of the campaign; an item with a duplicate id loses its id */
function itemsOf(items: Json | undefined, ids: Set<string>): FixtureBudgetItem[] {
  return listOf(items).map((one) => {
    const { id, ...item } = { name: '', amount: 0, ...validMembers(FixtureBudgetItem, one) }
    if (id === undefined || ids.has(id)) return item
    ids.add(id)
    return { ...item, id }
  })
}

/** A moment that a fixture can have. */
function momentOf(name: 'createdAt' | 'updatedAt', members: Record<string, Json>): Partial<FixtureCampaign> {
  const moment = members[name]
  return typeof moment === 'string' && parseMoment(moment) !== undefined ? { [name]: moment } : {}
}

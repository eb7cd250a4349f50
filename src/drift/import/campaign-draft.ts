import type { AssetType } from '../../contract/schemas/asset.ts'
import type { AttributionModel, ContactType } from '../../contract/schemas/report.ts'
import type { ContactIds, MetricsTotals, RevenueTotals } from '../../public/fixture.ts'
import { equalDecimals, parseDecimal } from '../../text/decimal.ts'
import { type BudgetKind, budgetKinds, rollUpProperties, sumOf } from '../../world/campaigns/budget-items.ts'
import type { FixtureAsset, FixtureCampaign } from '../../world/fixtures/fixture.ts'
import type { FixtureBudgetItem } from '../../world/fixtures/fixture-budget.ts'
import type { FixtureReports } from '../../world/fixtures/fixture-reports.ts'
import { PeriodValues } from './period-values.ts'
import { RecordedPages } from './recorded-pages.ts'

/** An asset without its metrics, which depend on the period of the request. */
export interface RecordedAsset {
  readonly id: string
  readonly name?: string
}

/** The recorded assets of one type. */
export class AssetDraft {
  readonly pages = new RecordedPages<RecordedAsset>()
  readonly #metrics = new Map<string, PeriodValues<Record<string, number>>>()

  setMetrics(id: string, period: string | undefined, metrics: Record<string, number>): void {
    const values = this.#metrics.get(id) ?? new PeriodValues()
    values.set(period, metrics)
    this.#metrics.set(id, values)
  }

  toFixture(): { assets: FixtureAsset[]; gaps: readonly string[] } {
    const { items, cursors, gaps } = this.pages.join()
    const assets = items.map((item, i) => {
      const cursor = cursors.get(i)
      const { any, periods } = this.#metrics.get(item.id)?.split() ?? { any: undefined, periods: [] }
      return {
        ...item,
        ...(any !== undefined && { metrics: any }),
        ...(periods.length > 0 && { periods: Object.fromEntries(periods) }),
        ...(cursor !== undefined && { cursor }),
      }
    })
    return { assets, gaps }
  }
}

type Properties = Record<string, string>

/** Everything that the recorded responses contain about one campaign. Later responses override earlier ones. */
export class CampaignDraft {
  readonly id: string
  readonly properties: Properties = {}
  /** Whether a response has the campaign itself, and not only its assets, budget or reports. */
  isSeen = false
  createdAt: string | undefined
  updatedAt: string | undefined
  businessUnits: { id: number }[] | undefined
  currencyCode: string | undefined
  readonly items: Partial<Record<BudgetKind, FixtureBudgetItem[]>> = {}
  readonly totals: Partial<Record<BudgetKind, number>> = {}
  readonly metrics = new PeriodValues<MetricsTotals>()
  readonly revenue = new Map<AttributionModel, PeriodValues<RevenueTotals & { currencyCode?: string }>>()
  readonly #assets = new Map<AssetType, AssetDraft>()
  readonly #contacts = new Map<ContactType, Map<string | undefined, RecordedPages<{ id: string }>>>()

  constructor(id: string) {
    this.id = id
  }

  assetsOf(type: AssetType): AssetDraft {
    const draft = this.#assets.get(type) ?? new AssetDraft()
    this.#assets.set(type, draft)
    return draft
  }

  /** Drops the assets of all other types, because a later response shows that there are none. */
  keepAssetTypes(types: readonly string[]): void {
    for (const type of this.#assets.keys()) if (!types.includes(type)) this.#assets.delete(type)
  }

  contactsOf(type: ContactType, period: string | undefined): RecordedPages<{ id: string }> {
    const periods = this.#contacts.get(type) ?? new Map()
    const pages = periods.get(period) ?? new RecordedPages<{ id: string }>()
    this.#contacts.set(type, periods.set(period, pages))
    return pages
  }

  /** @param note is called with a description of everything that the fixture cannot contain */
  toFixture(note: (what: string) => void): FixtureCampaign {
    const { id, createdAt, updatedAt, businessUnits } = this
    const properties = this.#propertiesWithTotals(note)
    const assets = this.#assetsByType(note)
    const reports = this.#reports(note)
    return {
      id,
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
      ...(businessUnits !== undefined && { businessUnits }),
      ...(Object.keys(assets).length > 0 && { assets }),
      ...Object.fromEntries(Object.entries(this.items).filter(([, items]) => items.length > 0)),
      ...(Object.keys(reports).length > 0 && { reports }),
    }
  }

  /** A roll-up property is the sum of the items; without items it is the recorded total. */
  #propertiesWithTotals(note: (what: string) => void): Properties {
    const properties = { ...this.properties }
    for (const kind of budgetKinds) {
      const [name, items, total] = [rollUpProperties[kind], this.items[kind] ?? [], this.totals[kind]]
      if (items.length === 0 && total !== undefined) properties[name] ??= String(total)
      const given = properties[name]
      if (items.length === 0 || !given || isSum(given, items)) continue
      delete properties[name]
      note(`${name} is left out: its recorded value is not the sum of ${kind}`)
    }
    return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  #assetsByType(note: (what: string) => void): Record<string, FixtureAsset[]> {
    const entries = [...this.#assets].map(([type, draft]): [string, FixtureAsset[]] => {
      const { assets, gaps } = draft.toFixture()
      for (const gap of gaps) note(`assets ${type}: ${gap}`)
      return [type, assets]
    })
    return Object.fromEntries(entries.filter(([, assets]) => assets.length > 0))
  }

  #reports(note: (what: string) => void): FixtureReports {
    const metrics = totalsOf(this.metrics)
    const revenue = [...this.revenue].map(([model, values]) => [model, revenueOf(values)])
    const contacts = this.#contactLists(note)
    return {
      ...(metrics !== undefined && { metrics }),
      ...(revenue.length > 0 && { revenue: Object.fromEntries(revenue) }),
      ...(Object.keys(contacts).length > 0 && { contacts }),
    }
  }

  #contactLists(note: (what: string) => void): ContactIds & { periods?: Record<string, ContactIds> } {
    const any: ContactIds = {}
    const periods: Record<string, ContactIds> = {}
    for (const [type, lists] of this.#contacts) {
      const values = new PeriodValues<string[]>()
      for (const [period, pages] of lists) {
        const { items, cursors, gaps } = pages.join()
        values.set(
          period,
          items.map(({ id }) => id),
        )
        for (const gap of gaps) note(`contacts ${type}: ${gap}`)
        if (cursors.size > 0) note(`contacts ${type}: the recorded cursors differ from those of the mock`)
      }
      const split = values.split()
      if (split.any !== undefined) any[type] = split.any
      for (const [period, ids] of split.periods) periods[period] = { ...periods[period], [type]: ids }
    }
    // A period has the lists of all types, or else those that do not depend on it.
    const complete = Object.entries(periods).map(([period, lists]) => [period, { ...any, ...lists }])
    return { ...any, ...(complete.length > 0 && { periods: Object.fromEntries(complete) }) }
  }
}

function isSum(text: string, items: readonly FixtureBudgetItem[]): boolean {
  const decimal = parseDecimal(text)
  return decimal !== undefined && equalDecimals(decimal, sumOf(items))
}

function totalsOf<T extends object>(values: PeriodValues<T>): (T & { periods?: Record<string, T> }) | undefined {
  const { any, periods } = values.split()
  if (any === undefined) return undefined
  return { ...any, ...(periods.length > 0 && { periods: Object.fromEntries(periods) }) }
}

/** The currency is the same in every period. */
function revenueOf(values: PeriodValues<RevenueTotals & { currencyCode?: string }>) {
  const { periods = {}, ...any } = totalsOf(values) ?? {}
  const entries = Object.entries(periods).map(([period, { currencyCode: _, ...totals }]) => [period, totals])
  return { ...any, ...(entries.length > 0 && { periods: Object.fromEntries(entries) }) }
}

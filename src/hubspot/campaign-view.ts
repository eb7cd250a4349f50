import { LRUCache } from 'lru-cache'
import type { CampaignViewQuery } from '../contract/schemas/campaign.ts'
import { isDay } from '../text/dates.ts'
import { itemAt } from '../text/item-at.ts'
import type { Period, View } from '../world/campaigns/campaign.ts'
import { splitNames } from '../world/journal/exchange.ts'
import { InvalidRequest } from '../world/refusal.ts'
import type { OpenExchange } from './open-exchange.ts'

/** A parsed and checked query of a call that returns campaigns. */
export interface RequestedView {
  /** The names in `properties`, in the order of the query; undefined without the parameter. */
  readonly names: readonly string[] | undefined
  readonly view: View
}

const maximumViews = 1000

/** Parsed queries. Each distinct one is parsed once. */
export class ViewCache {
  readonly #cache = new LRUCache<string, RequestedView>({ max: maximumViews })

  /** @throws {InvalidRequest} if a date is invalid */
  of({ record, query, baseUrl }: OpenExchange): RequestedView {
    // A URL has no space in it, so that no two requests share a key.
    const key = `${record.url} ${baseUrl}`
    const cached = this.#cache.get(key)
    if (cached !== undefined) return cached
    const requested = readView(query, baseUrl)
    this.#cache.set(key, requested)
    return requested
  }
}

function readView(query: OpenExchange['query'], baseUrl: string): RequestedView {
  const { properties: names, ...dates } = readViewQuery(query)
  const properties = names === undefined ? [] : [...new Set(names)].sort()
  return { names, view: { properties, period: periodOf(dates), baseUrl } }
}

/** If a parameter with one value is repeated, the first value counts. */
function readViewQuery({ properties, startDate, endDate }: OpenExchange['query']): CampaignViewQuery {
  return {
    ...(properties === undefined ? {} : { properties: splitNames([properties].flat()) }),
    ...(startDate === undefined ? {} : { startDate: itemAt([startDate].flat(), 0) }),
    ...(endDate === undefined ? {} : { endDate: itemAt([endDate].flat(), 0) }),
  }
}

/**
 * The period of the metrics. A single date means no metrics and is not an error [inferred].
 * @throws {InvalidRequest} if a date is invalid, or the end is before the start
 */
export function periodOf({ startDate, endDate }: Pick<CampaignViewQuery, 'startDate' | 'endDate'>): Period | undefined {
  refuseInvalidDate('startDate', startDate)
  refuseInvalidDate('endDate', endDate)
  return startDate === undefined || endDate === undefined ? undefined : periodBetween(startDate, endDate)
}

/** @throws {InvalidRequest} if a date is invalid, or the end is before the start */
export function periodBetween(start: string, end: string): Period {
  refuseInvalidDate('startDate', start)
  refuseInvalidDate('endDate', end)
  if (end < start) throw new InvalidRequest('endDate', `${end} is before startDate ${start}`)
  return { start, end }
}

function refuseInvalidDate(name: string, value: string | undefined): void {
  if (value !== undefined && !isDay(value)) throw new InvalidRequest(name, `${value} is not a date (YYYY-MM-DD)`)
}

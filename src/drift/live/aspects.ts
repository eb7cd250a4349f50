import { type Json, listOf, member, objectOf } from '../json.ts'
import type { LiveResponse } from './live-call.ts'

const memberOf = (body: Json, name: string): Json => member(body, name) ?? null

export function statusOf({ status }: LiveResponse): Json {
  return status
}

/** What an error says. */
export function errorOf({ status, body }: LiveResponse): Json {
  return [status, memberOf(body, 'message'), memberOf(body, 'category')]
}

/** The status of a batch, and how many results and errors it has. */
export function outcomeOf({ status, body }: LiveResponse): Json {
  const counts = ['results', 'errors'].map((name) => listOf(member(body, name)).length)
  return [status, memberOf(body, 'status'), ...counts]
}

/** What the first entry of `errors` says. */
export function entryOf({ body }: LiveResponse): Json {
  const [entry = null] = listOf(member(body, 'errors'))
  return ['category', 'message', 'context'].map((name) => memberOf(entry, name))
}

/** The ids of the results, in their order. */
export function orderOf({ body }: LiveResponse): Json {
  return listOf(member(body, 'results')).map((result) => memberOf(result, 'id'))
}

/** Which assets have metrics. */
export function metricsOf({ status, body }: LiveResponse): Json {
  return [status, assetsIn(body).map((asset) => member(asset, 'metrics') !== undefined)]
}

/** The links to further assets, without their origins. */
export function assetLinksOf({ body }: LiveResponse): Json {
  return assetPagesIn(body).map((page) => {
    const link = memberOf(memberOf(memberOf(page, 'paging'), 'next'), 'link')
    return typeof link === 'string' ? link.replace(/^https?:\/\/[^/]+/, '') : link
  })
}

/** The cursor of a page. */
export function cursorOf({ body }: LiveResponse): Json {
  return memberOf(memberOf(memberOf(body, 'paging'), 'next'), 'after')
}

/** The sums of a budget. */
export function totalsOf({ body }: LiveResponse): Json {
  return ['budgetTotal', 'spendTotal', 'remainingBudget'].map((name) => memberOf(body, name))
}

/** The assets in a batch, or those of one type. */
export function assetsIn(body: Json, type?: string): Json[] {
  return assetPagesIn(body, type).flatMap((page) => listOf(member(page, 'results')))
}

function assetPagesIn(body: Json, type?: string): Json[] {
  return listOf(member(body, 'results')).flatMap((campaign) =>
    Object.entries(objectOf(member(campaign, 'assets')))
      .filter(([name]) => type === undefined || name === type)
      .map(([, page]) => page),
  )
}

export function hasAssetPaging(body: Json): boolean {
  return assetPagesIn(body).some((page) => member(page, 'paging') !== undefined)
}

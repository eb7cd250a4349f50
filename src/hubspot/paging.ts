import { decodeCursor, encodeCursor } from '../text/cursor.ts'
import { InvalidRequest } from '../world/refusal.ts'
import type { OpenExchange } from './open-exchange.ts'

/** Which items a page holds. */
export interface PageRequest {
  /** How many items come before the page. */
  readonly offset: number
  readonly limit: number
}

/** How many items a page can hold. */
export interface PageLimits {
  readonly default: number
  readonly maximum: number
}

/** A single parameter of the query; of a repeated one, the first counts. */
export function parameterOf(query: OpenExchange['query'], name: string): string | undefined {
  return [query[name]].flat()[0]
}

/**
 * The page that `limit` and `after` ask for.
 * @param decode returns the offset of a cursor
 * @throws {InvalidRequest} for a limit or a cursor that is invalid [inferred]
 */
export function readPage(
  { query }: OpenExchange,
  { default: fallback, maximum }: PageLimits,
  decode = decodeCursor,
): PageRequest {
  const [limitText, after] = [parameterOf(query, 'limit'), parameterOf(query, 'after')]
  const limit = limitText === undefined ? fallback : Number(limitText)
  if (!/^\d+$/.test(limitText ?? '1') || limit < 1 || limit > maximum) {
    throw new InvalidRequest('limit', `${limitText} is not a whole number from 1 to ${maximum}`)
  }
  const offset = after === undefined ? 0 : decode(after)
  if (offset === undefined) throw new InvalidRequest('after', `${after} is not a cursor of this mock`)
  return { offset, limit }
}

/**
 * The `paging` of a page, with a link to the next one: the path of this call, the given parameters, and `after` last
 * [observed].
 * @param count how many items there are in all
 * @param parameters the names of the parameters to repeat, in their order
 * @param encode returns the cursor of an offset
 * @returns nothing on the last page [observed]
 */
export function pagingOf(
  { baseUrl, record, query }: OpenExchange,
  { offset, limit }: PageRequest,
  count: number,
  parameters: readonly string[],
  encode = encodeCursor,
): { paging?: { next: { after: string; link: string } } } {
  if (offset + limit >= count) return {}
  const after = encode(offset + limit)
  const repeated = parameters.flatMap((name) => {
    const values = [query[name]].flat().filter((value) => value !== undefined)
    return values.length === 0 ? [] : [`${name}=${encodeURIComponent(values.join(','))}`]
  })
  const [path = ''] = record.url.split('?')
  return { paging: { next: { after, link: `${baseUrl}${path}?${[...repeated, `after=${after}`].join('&')}` } } }
}

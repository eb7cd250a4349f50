import type { Exchange } from '../../public/journal.ts'

export const statusClasses = ['pending', '2xx', '3xx', '4xx', '5xx', 'broken'] as const
/** The kind of a response: `pending` before it is complete, `broken` if the connection broke. */
export type StatusClass = (typeof statusClasses)[number]

/** What the list shows. Empty members show everything. */
export interface ExchangeFilter {
  readonly text: string
  readonly operation: string
  readonly statusClass: StatusClass | ''
}

export const emptyFilter: ExchangeFilter = { text: '', operation: '', statusClass: '' }

export function statusClassOf({ status, ms }: Exchange): StatusClass {
  if (status === null || status === 0) return ms === null ? 'pending' : 'broken'
  const [first] = String(status)
  return first === '2' || first === '3' || first === '4' || first === '5' ? `${first}xx` : 'broken'
}

/** The exchanges that match: all words of the text, the operation and the kind of the status. */
export function filterExchanges(exchanges: readonly Exchange[], filter: ExchangeFilter): readonly Exchange[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && filter.operation === '' && filter.statusClass === '') return exchanges
  return exchanges.filter(
    (exchange) =>
      (filter.operation === '' || operationOf(exchange) === filter.operation) &&
      (filter.statusClass === '' || statusClassOf(exchange) === filter.statusClass) &&
      words.every((word) => searchedText(exchange).includes(word)),
  )
}

/** The operation, or what stands for it in the list and in the filter. */
export function operationOf({ operation }: Exchange): string {
  return operation ?? 'not served'
}

const searchedTexts = new WeakMap<Exchange, string>()
/** Longer texts are searched up to here. */
const maximumSearchedChars = 10_000

/** The text that the filter searches: everything except headers and bodies. */
function searchedText(exchange: Exchange): string {
  const known = searchedTexts.get(exchange)
  if (known !== undefined) return known
  const { method, path, query, status, operation, portal, scenario, hint, correlationId, ids, properties } = exchange
  const parts = [method, path, query, status, operation, portal, scenario, hint, correlationId, ...ids, ...properties]
  const text = parts.join(' ').slice(0, maximumSearchedChars).toLowerCase()
  searchedTexts.set(exchange, text)
  return text
}

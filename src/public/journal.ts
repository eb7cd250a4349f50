import type { OperationName } from './names.ts'

/**
 * One request with its response. Tokens and secrets are redacted.
 * @example
 * const exchange: Exchange | undefined = portal.journal.last()
 * console.log(exchange?.method, exchange?.path, exchange?.ids, exchange?.status)
 */
export interface Exchange {
  /** The `x-hubspot-correlation-id` of the response. */
  correlationId: string
  /** When the request arrived, such as `2026-05-01T00:00:00.000Z`. */
  at: string
  /** The name of the portal, a short hash of its token; null for a request without a token. */
  portal: string | null
  /** The operation, such as `batch.read`; null for a path that is not served. */
  operation: string | null
  /** The HTTP method. */
  method: string
  /** The path, without the query. */
  path: string
  /** The query, without the question mark. */
  query: string
  /** The request headers by name in lower case. */
  headers: Record<string, string>
  /** The request body. */
  body: string
  /** The campaign ids that the request names. */
  ids: string[]
  /** The properties that the request names. */
  properties: string[]
  /** The scenario that produced the response; null for a normal response. */
  scenario: string | null
  /** The status of the response; null until there is one, and if the connection broke. */
  status: number | null
  /** The response body. */
  responseBody: string
  /** The response headers by name in lower case. */
  responseHeaders: Record<string, string>
  /** The `x-mock-hint` of the response: why it was refused, or what should be corrected; null if there is none. */
  hint: string | null
  /** Parameters and members of the body that the operation does not read, such as `query.propertees`. */
  unread: string[]
  /** The duration in milliseconds; null until the response has ended. */
  ms: number | null
}

/**
 * Selects exchanges. A member that is left out matches all.
 * @example
 * const filter: JournalFilter = { status: 429, since: Date.now() - 1000 }
 * console.log(portal.journal.count(filter))
 */
export interface JournalFilter {
  /** The operation, such as `batch.read`. */
  operation?: OperationName | undefined
  /** The HTTP method. */
  method?: string | undefined
  /** The path, without the query. */
  path?: string | undefined
  /** The status of the response. */
  status?: number | undefined
  /** The scenario that produced the response. */
  scenario?: string | undefined
  /** A campaign id that the request names. */
  id?: string | undefined
  /** The earliest arrival, in milliseconds since the epoch. */
  since?: number | undefined
  /** The maximum number of exchanges: the newest ones are kept. */
  limit?: number | undefined
}

/**
 * What `waitFor` waits for.
 * @example
 * const options: WaitOptions = { timeoutMs: 500, until: 'received' }
 */
export interface WaitOptions {
  /**
   * How long to wait, in milliseconds of real time: neither the clock of the mock nor fake timers change it. Default:
   * 2000, less than the time after which vitest and jest end a test. Maximum: ten minutes.
   */
  timeoutMs?: number | undefined
  /** How many exchanges have to match. Default: 1. */
  count?: number | undefined
  /** `received`: the request has been read. `complete`, the default: its response has ended as well. */
  until?: 'received' | 'complete' | undefined
}

/**
 * The conditions of an exchange that counts.
 * @example
 * const where: Where = { ids: ['spring'], properties: ['hs_name'], status: 200 }
 */
export interface Where {
  /** The operation, such as `batch.read`. */
  operation?: OperationName
  /** The HTTP method. */
  method?: string
  /** The path, without the query. */
  path?: string
  /** The status of the response. */
  status?: number
  /** All campaign ids that the request names, in any order. */
  ids?: string[]
  /** All properties that the request names, in any order. */
  properties?: string[]
  /** The scenario that produced the response. */
  scenario?: string
}

/**
 * How often a request should have been made.
 * @example
 * const verification: Verification = { where: { ids: ['spring'], status: 200 }, times: { atLeast: 1, atMost: 3 } }
 */
export interface Verification {
  /** The conditions of the request. */
  where: Where
  /** The expected number of requests. Default: at least one. */
  times?: number | Times
}

/**
 * A range of numbers of requests.
 * @example
 * const times: Times = { atLeast: 1, atMost: 3 }
 */
export interface Times {
  /** The minimum. Default: 0. */
  atLeast?: number
  /** The maximum. Default: no maximum. */
  atMost?: number
}

/**
 * The result of `verify`.
 * @example
 * const verdict: Verdict = portal.journal.verify({ where: { status: 429 }, times: 0 })
 * console.log(verdict.ok, verdict.count, verdict.nearest)
 */
export interface Verdict {
  /** Whether the number of matching requests is as expected. */
  ok: boolean
  /** The number of matching requests. */
  count: number
  /** The number of requests that the journal has dropped: they were not counted. */
  dropped: number
  /** The result in a sentence, with the nearest requests and how they differ. */
  message: string
  /** If it is not ok: the requests that come closest, or those that are too many. */
  nearest: NearMiss[]
}

/**
 * A request that comes close to the conditions.
 * @example
 * const [miss]: NearMiss[] = portal.journal.verify({ where: { status: 429 } }).nearest
 * console.log(miss?.correlationId, miss?.differs)
 */
export interface NearMiss {
  /** The `x-hubspot-correlation-id` of its response. */
  correlationId: string
  /** The conditions that it does not meet; empty for a request that matches. */
  differs: Difference[]
}

/**
 * A condition that a request does not meet.
 * @example
 * const difference: Difference = { field: 'status', wanted: 429, got: 200 }
 */
export interface Difference {
  /** The member of `where`. */
  field: string
  /** The expected value. */
  wanted: unknown
  /** The actual value. */
  got: unknown
}

/**
 * A change of the journal. An exchange comes when its request has been read, with `status: null`, and again when its
 * response has ended.
 * @example
 * const describe = (event: JournalEvent) => (event.type === 'exchange' ? event.exchange.path : event.type)
 */
export type JournalEvent = ExchangeEvent | ClearEvent | DroppedEvent

/**
 * A request has been read, or its response has ended.
 * @example
 * const isAnswered = ({ exchange }: ExchangeEvent) => exchange.ms !== null
 */
export interface ExchangeEvent {
  /** The kind of event. */
  type: 'exchange'
  /** The id of the event. Later events have higher ids. */
  id: number
  /** The exchange. Its `correlationId` is the same in both events; `ms` is null in the first one. */
  exchange: Exchange
}

/**
 * The journal was cleared, by `clear()` or `reset()`.
 * @example
 * const isOfAll = ({ portal }: ClearEvent) => portal === null
 */
export interface ClearEvent {
  /** The kind of event. */
  type: 'clear'
  /** The id of the event. Later events have higher ids. */
  id: number
  /** The name of the portal whose exchanges were removed; null for those of all portals. */
  portal: string | null
}

/**
 * Exchanges were dropped to limit the size of the journal, before this reader received them.
 * @example
 * const warn = ({ count }: DroppedEvent) => console.warn(`${count} requests were too fast to show`)
 */
export interface DroppedEvent {
  /** The kind of event. */
  type: 'dropped'
  /** The id of the event before. */
  id: number
  /** The number of exchanges. */
  count: number
}

import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { timestamp } from './clock.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/**
 * One request with its answer. Tokens are blacked out.
 * @example
 * const exchange: Exchange | undefined = portal.journal.last()
 * console.log(exchange?.method, exchange?.path, exchange?.ids, exchange?.status)
 */
export const Exchange = Type.Object({
  correlationId: Type.String(),
  at: Type.String({ description: 'when the request came' }),
  portal: Nullable(Type.String({ description: 'a short hash of the token; null where there was none' })),
  method: Type.String(),
  path: Type.String(),
  query: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.String(),
  ids: Type.Array(Type.String(), { description: 'the ids that were asked for' }),
  properties: Type.Array(Type.String(), { description: 'the properties that were asked for' }),
  scenario: Nullable(Type.String()),
  status: Nullable(Type.Integer({ description: 'null where the connection ended without an answer' })),
  answer: Type.String(),
  ms: Nullable(Type.Number({ description: 'null while it is under way' })),
})
export type Exchange = Static<typeof Exchange>

/**
 * Which exchanges are asked for; what is left out does not matter.
 * @example
 * const filter: JournalFilter = { status: 429, since: Date.now() - 1000 }
 * console.log(portal.journal.count(filter))
 */
export interface JournalFilter {
  method?: string | undefined
  path?: string | undefined
  status?: number | undefined
  scenario?: string | undefined
  /** Asked for this id. */
  id?: string | undefined
  /** Came at this moment or later: milliseconds since the epoch. */
  since?: number | undefined
  /** Only the newest of them. */
  limit?: number | undefined
}

/** So many exchanges of one portal are kept, and of all portals together so many bytes. */
export const mostExchanges = 1000
const mostJournalBytes = 32 * 1024 * 1024

/** What an exchange takes beside its texts, about. */
const bytesBeside = 1000

/** So many portals are known of which nothing is kept any more, only how much was dropped. */
const mostEmptyPages = 2000

interface Entry {
  readonly exchange: Exchange
  /** In the order the requests came, which is not that in which they were answered. */
  readonly order: number
  readonly bytes: number
}

/** What is kept of one portal. */
interface Page {
  readonly entries: Set<Entry>
  bytes: number
  dropped: number
  /** What came up to here was forgotten on demand, also if its answer came later. */
  clearedUpTo: number
}

/** The record of requests, oldest first. What is dropped to keep it small is counted. */
export class Journal {
  readonly #pages = new Map<string | null, Page>()
  #bytes = 0
  #dropped = 0
  #opened = 0
  #clearedUpTo = 0

  /** Gives a request its place in the order; it is not in the journal before it is filed. */
  open(): number {
    this.#opened += 1
    return this.#opened
  }

  /**
   * Takes an exchange in, and drops the oldest for it where there is no room: of its portal if that has too many,
   * else of the portal that takes the most bytes, so that a noisy one does not push out the others.
   */
  file(exchange: Exchange, order: number): void {
    const page = this.#pageOf(exchange.portal)
    if (order <= Math.max(page.clearedUpTo, this.#clearedUpTo)) return
    const entry = { exchange, order, bytes: bytesOf(exchange) }
    page.entries.add(entry)
    this.#weigh(page, entry.bytes)
    if (page.entries.size > mostExchanges) this.#drop(page)
    while (this.#bytes > mostJournalBytes) this.#drop(this.#heaviest())
  }

  /** The exchanges of one portal, or of all if none is named. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    const pages = portal === undefined ? [...this.#pages.values()] : [this.#pages.get(portal)]
    const entries = pages.flatMap((page) => [...(page?.entries ?? [])]).sort((a, b) => a.order - b.order)
    const found = entries.map(({ exchange }) => exchange).filter((exchange) => matches(exchange, filter))
    return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit))
  }

  /** How many were dropped, of one portal or of all. */
  dropped(portal?: string): number {
    return portal === undefined ? this.#dropped : (this.#pages.get(portal)?.dropped ?? 0)
  }

  /** Forgets the exchanges of one portal, or of all, and how many were dropped. */
  clear(portal?: string): void {
    if (portal === undefined) {
      this.#pages.clear()
      this.#bytes = 0
      this.#dropped = 0
      this.#clearedUpTo = this.#opened
      return
    }
    const page = this.#pageOf(portal)
    this.#weigh(page, -page.bytes)
    this.#dropped -= page.dropped
    page.entries.clear()
    page.dropped = 0
    page.clearedUpTo = this.#opened
  }

  #pageOf(portal: string | null): Page {
    const known = this.#pages.get(portal)
    if (known !== undefined) return known
    const page = { entries: new Set<Entry>(), bytes: 0, dropped: 0, clearedUpTo: 0 }
    this.#pages.set(portal, page)
    if (this.#pages.size > mostEmptyPages) this.#forgetEmptyPage()
    return page
  }

  #forgetEmptyPage(): void {
    for (const [portal, { entries }] of this.#pages) {
      if (entries.size > 0) continue
      this.#pages.delete(portal)
      return
    }
  }

  #heaviest(): Page | undefined {
    let heaviest: Page | undefined
    for (const page of this.#pages.values()) if (page.bytes > (heaviest?.bytes ?? 0)) heaviest = page
    return heaviest
  }

  #drop(page: Page | undefined): void {
    const [oldest] = page?.entries ?? []
    if (page === undefined || oldest === undefined) return
    page.entries.delete(oldest)
    this.#weigh(page, -oldest.bytes)
    page.dropped += 1
    this.#dropped += 1
  }

  #weigh(page: Page, bytes: number): void {
    page.bytes += bytes
    this.#bytes += bytes
  }
}

function bytesOf({ path, query, headers, body, answer, ids, properties }: Exchange): number {
  const texts = [path, query, body, answer, ...ids, ...properties, ...Object.entries(headers).flat()]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), bytesBeside)
}

function matches(exchange: Exchange, { method, path, status, scenario, id, since }: JournalFilter): boolean {
  return (
    (method === undefined || exchange.method === method) &&
    (path === undefined || exchange.path === path) &&
    (status === undefined || exchange.status === status) &&
    (scenario === undefined || exchange.scenario === scenario) &&
    (id === undefined || exchange.ids.includes(id)) &&
    (since === undefined || exchange.at >= timestamp(since))
  )
}

import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { timestamp } from './clock.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One request with its answer. */
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

/** Which exchanges are asked for; what is left out does not matter. */
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
export const mostJournalBytes = 32 * 1024 * 1024

/** What an exchange takes beside its texts, about. */
const bytesBeside = 1000

interface Entry {
  readonly exchange: Exchange
  /** In the order the requests came, which is not that in which they were answered. */
  readonly order: number
  readonly bytes: number
}

/** The record of requests, oldest first. What is dropped to keep it small is counted. */
export class Journal {
  readonly #entries = new Set<Entry>()
  readonly #byPortal = new Map<string | null, Set<Entry>>()
  readonly #dropped = new Map<string | null, number>()
  #bytes = 0
  #opened = 0

  /** Gives a request its place in the order; it is not in the journal before it is filed. */
  open(): number {
    this.#opened += 1
    return this.#opened
  }

  /** Takes an exchange in, and drops the oldest for it where there is no room. */
  file(exchange: Exchange, order: number): void {
    const entry = { exchange, order, bytes: bytesOf(exchange) }
    this.#entries.add(entry)
    this.#bytes += entry.bytes
    const ofPortal = this.#byPortal.get(exchange.portal) ?? new Set()
    this.#byPortal.set(exchange.portal, ofPortal.add(entry))
    if (ofPortal.size > mostExchanges) this.#drop(ofPortal)
    while (this.#bytes > mostJournalBytes) this.#drop(this.#entries)
  }

  /** The exchanges of one portal, or of all if none is named. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    const entries = portal === undefined ? this.#entries : (this.#byPortal.get(portal) ?? [])
    const matching = [...entries].sort((a, b) => a.order - b.order).map(({ exchange }) => exchange)
    const found = matching.filter((exchange) => matches(exchange, filter))
    return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit))
  }

  dropped(portal?: string): number {
    if (portal !== undefined) return this.#dropped.get(portal) ?? 0
    return [...this.#dropped.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Forgets the exchanges of one portal, or of all, and how many were dropped. */
  clear(portal?: string): void {
    const portals = portal === undefined ? [...this.#byPortal.keys()] : [portal]
    for (const each of portals) {
      for (const entry of this.#byPortal.get(each) ?? []) this.#remove(entry)
      this.#dropped.delete(each)
    }
    if (portal === undefined) this.#dropped.clear()
  }

  #drop(entries: ReadonlySet<Entry>): void {
    for (const entry of entries) {
      const { portal } = entry.exchange
      this.#remove(entry)
      this.#dropped.set(portal, (this.#dropped.get(portal) ?? 0) + 1)
      return
    }
  }

  #remove(entry: Entry): void {
    const { portal } = entry.exchange
    const ofPortal = this.#byPortal.get(portal)
    ofPortal?.delete(entry)
    if (ofPortal?.size === 0) this.#byPortal.delete(portal)
    this.#entries.delete(entry)
    this.#bytes -= entry.bytes
  }
}

function bytesOf({ path, query, headers, body, answer }: Exchange): number {
  const texts = [path, query, body, answer, ...Object.entries(headers).flat()]
  return texts.reduce((sum, text) => sum + text.length, bytesBeside)
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

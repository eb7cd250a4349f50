import { Type } from '@sinclair/typebox'
import type * as api from '../../public/journal.ts'
import { timestamp } from '../clock.ts'
import { type Exchange, type ExchangeRecord, exchangeOf } from './exchange.ts'

/** The schema of `JournalFilter`. */
export const JournalFilter = Type.Object(
  {
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    scenario: Type.Optional(Type.String()),
    id: Type.Optional(Type.String({ title: 'a campaign id that the request names' })),
    since: Type.Optional(Type.Number({ title: 'the earliest arrival, in milliseconds since the epoch' })),
    limit: Type.Optional(Type.Integer({ minimum: 0, title: 'how many of the newest' })),
  },
  { additionalProperties: false },
)
export type JournalFilter = api.JournalFilter

/** The journal keeps this many exchanges of one portal, and this many bytes of all portals together. */
export const maximumExchanges = 1000
const maximumBytes = 32 * 1024 * 1024

/** An estimate of the memory that an exchange takes apart from its texts, mostly for headers. */
const overheadBytes = 1000

/** The journal keeps the count of dropped exchanges for at most this many portals. */
const maximumPortals = 2000

/** One exchange in the journal. */
export interface JournalEntry {
  readonly record: ExchangeRecord
  /** The order in which requests arrived, which is not the order in which they were answered. */
  readonly order: number
  /** The exchange as the journal lists it, which the first listing creates. */
  exchange: Exchange | undefined
  bytes: number
  isKept: boolean
}

/** The exchanges of one portal. */
interface PortalEntries {
  readonly queue: Queue<JournalEntry>
  bytes: number
  dropped: number
  /** The order of the newest request that was cleared. Its response may still come. */
  clearedUpTo: number
}

/** A first-in, first-out queue with operations in constant time. */
class Queue<T> {
  #items: (T | undefined)[] = []
  /** The index of the oldest item: slots before it are empty. */
  #first = 0

  get size(): number {
    return this.#items.length - this.#first
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#first]
    this.#items[this.#first] = undefined
    this.#first += 1
    if (this.#first > this.size) this.#removeEmptySlots()
    return item
  }

  clear(): void {
    this.#items = []
    this.#first = 0
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = this.#first; i < this.#items.length; i++) yield this.#items[i] as T
  }

  #removeEmptySlots(): void {
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

/** The record of requests, oldest first. It counts what it drops to stay within its limits. */
export class Journal {
  readonly #portals = new Map<string | null, PortalEntries>()
  #bytes = 0
  #dropped = 0
  #opened = 0
  #clearedUpTo = 0

  /** Returns the order of a request that arrives. The journal does not list it before `file` is called. */
  open(): number {
    this.#opened += 1
    return this.#opened
  }

  /**
   * Adds an exchange. Where a limit is reached it drops the oldest: of the same portal if that has too many, else of
   * the portal that takes the most bytes, so that one busy portal does not push out the others.
   * @param order what `open` returned for this request
   */
  file(record: ExchangeRecord, order: number): JournalEntry {
    const portal = this.#entriesOf(record.portal)
    const entry = { record, exchange: undefined, order, bytes: 0, isKept: false }
    if (order <= Math.max(portal.clearedUpTo, this.#clearedUpTo)) return entry
    entry.isKept = true
    portal.queue.push(entry)
    if (portal.queue.size > maximumExchanges) this.#drop(portal)
    this.update(entry)
    return entry
  }

  /** Counts the bytes of an exchange again after its record has changed. */
  update(entry: JournalEntry): void {
    entry.exchange = undefined
    if (!entry.isKept) return
    const bytes = bytesOf(entry.record)
    this.#addBytes(this.#entriesOf(entry.record.portal), bytes - entry.bytes)
    entry.bytes = bytes
    while (this.#bytes > maximumBytes) this.#drop(this.#largest())
  }

  /** The exchanges of one portal, or of all portals if none is named. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    const portals = portal === undefined ? [...this.#portals.values()] : [this.#portals.get(portal)]
    const entries = portals.flatMap((one) => [...(one?.queue ?? [])]).sort((a, b) => a.order - b.order)
    const found = entries.map(viewEntry).filter((exchange) => matches(exchange, filter))
    return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit))
  }

  /** How many exchanges were dropped, of one portal or of all. */
  dropped(portal?: string): number {
    return portal === undefined ? this.#dropped : (this.#portals.get(portal)?.dropped ?? 0)
  }

  /** Removes the exchanges of one portal, or of all, and resets the count of dropped ones. */
  clear(portal?: string): void {
    if (portal === undefined) this.#clearAll()
    else this.#clearPortal(this.#entriesOf(portal))
  }

  #clearPortal(entries: PortalEntries): void {
    for (const entry of entries.queue) entry.isKept = false
    this.#addBytes(entries, -entries.bytes)
    this.#dropped -= entries.dropped
    entries.queue.clear()
    entries.dropped = 0
    entries.clearedUpTo = this.#opened
  }

  #clearAll(): void {
    for (const { queue } of this.#portals.values()) for (const entry of queue) entry.isKept = false
    this.#portals.clear()
    this.#bytes = 0
    this.#dropped = 0
    this.#clearedUpTo = this.#opened
  }

  #entriesOf(portal: string | null): PortalEntries {
    const known = this.#portals.get(portal)
    if (known !== undefined) return known
    const entries = { queue: new Queue<JournalEntry>(), bytes: 0, dropped: 0, clearedUpTo: 0 }
    this.#portals.set(portal, entries)
    if (this.#portals.size > maximumPortals) this.#removeEmptyPortal()
    return entries
  }

  #removeEmptyPortal(): void {
    for (const [portal, { queue }] of this.#portals) {
      if (queue.size > 0) continue
      this.#portals.delete(portal)
      return
    }
  }

  #largest(): PortalEntries | undefined {
    let largest: PortalEntries | undefined
    for (const entries of this.#portals.values()) if (entries.bytes > (largest?.bytes ?? 0)) largest = entries
    return largest
  }

  #drop(entries: PortalEntries | undefined): void {
    const oldest = entries?.queue.shift()
    if (entries === undefined || oldest === undefined) return
    oldest.isKept = false
    this.#addBytes(entries, -oldest.bytes)
    entries.dropped += 1
    this.#dropped += 1
  }

  #addBytes(entries: PortalEntries, bytes: number): void {
    entries.bytes += bytes
    this.#bytes += bytes
  }
}

function bytesOf({ url, body, answer }: ExchangeRecord): number {
  const answerBytes = typeof answer === 'string' ? Buffer.byteLength(answer) : answer.bytes
  return overheadBytes + Buffer.byteLength(url) + Buffer.byteLength(body) + answerBytes
}

/** The exchange of an entry. It is created once; the duration is set later, when it is known. */
function viewEntry(entry: JournalEntry): Exchange {
  entry.exchange ??= exchangeOf(entry.record)
  entry.exchange.ms = entry.record.ms
  return entry.exchange
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

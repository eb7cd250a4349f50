import { Type } from '@sinclair/typebox'
import type * as api from '../../public/journal.ts'
import { type Exchange, type ExchangeRecord, exchangeOf } from './exchange.ts'

/** The last moment that JavaScript has. */
const lastMomentMs = 8.64e15

/** The schema of `JournalFilter`. */
export const JournalFilter = Type.Object(
  {
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    scenario: Type.Optional(Type.String()),
    id: Type.Optional(Type.String({ title: 'a campaign id that the request names' })),
    since: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: lastMomentMs,
        title: 'the earliest arrival, in milliseconds since the epoch',
        description: 'milliseconds since the epoch',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 0, title: 'how many of the newest' })),
  },
  { additionalProperties: false },
)
export type JournalFilter = api.JournalFilter

/** The journal keeps this many exchanges of one portal, and this many bytes of all portals together. */
export const maximumExchanges = 1000
const maximumBytes = 32 * 1024 * 1024

/** An estimate of the memory that an exchange takes apart from its texts and request headers. */
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
  /** The bytes of the request, which do not change. */
  readonly requestBytes: number
  bytes: number
  isKept: boolean
}

/** The exchanges of one portal. */
interface PortalEntries {
  readonly queue: Queue<JournalEntry>
  bytes: number
  dropped: number
  /** When the newest request arrived that was dropped, in milliseconds since the epoch. */
  droppedAt: number
  /** The order of the newest request that was cleared. Its response may still come. */
  clearedUpTo: number
}

const noneDropped = { dropped: 0, droppedAt: Number.NEGATIVE_INFINITY }

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
  /** What was dropped in all portals. */
  #all = { ...noneDropped }
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
    const entry = { record, exchange: undefined, order, requestBytes: requestBytesOf(record), bytes: 0, isKept: false }
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
    const bytes = entry.requestBytes + responseBytesOf(entry.record)
    this.#addBytes(this.#entriesOf(entry.record.portal), bytes - entry.bytes)
    entry.bytes = bytes
    while (this.#bytes > maximumBytes) this.#drop(this.#largest())
  }

  /** The exchanges of one portal, or of all portals if none is named. Only those that match are prepared for reading. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    const found: Exchange[] = []
    for (const entry of this.#newestFirst(portal)) {
      if (found.length === filter.limit) break
      if (matches(entry, filter)) found.push(viewEntry(entry))
    }
    return found.reverse()
  }

  /** The number of exchanges that match a filter, whatever its limit. */
  count(filter: JournalFilter, portal?: string): number {
    return this.#newestFirst(portal).filter((entry) => matches(entry, filter)).length
  }

  #newestFirst(portal: string | undefined): JournalEntry[] {
    const portals = portal === undefined ? [...this.#portals.values()] : [this.#portals.get(portal)]
    return portals.flatMap((one) => [...(one?.queue ?? [])]).sort((a, b) => b.order - a.order)
  }

  /**
   * How many exchanges were dropped, of one portal or of all.
   * @param since counts only if a dropped request arrived at or after this time, in milliseconds since the epoch
   */
  dropped(portal?: string, since?: number): number {
    const { dropped, droppedAt } = (portal === undefined ? this.#all : this.#portals.get(portal)) ?? noneDropped
    return since !== undefined && droppedAt < since ? 0 : dropped
  }

  /** An estimate of the memory that the exchanges take. */
  get bytes(): number {
    return this.#bytes
  }

  /** Removes the exchanges of one portal, or of all, and resets the count of dropped ones. */
  clear(portal?: string): void {
    if (portal === undefined) this.#clearAll()
    else this.#clearPortal(this.#entriesOf(portal))
  }

  #clearPortal(entries: PortalEntries): void {
    for (const entry of entries.queue) entry.isKept = false
    this.#addBytes(entries, -entries.bytes)
    this.#all.dropped -= entries.dropped
    entries.queue.clear()
    Object.assign(entries, noneDropped)
    entries.clearedUpTo = this.#opened
  }

  #clearAll(): void {
    for (const { queue } of this.#portals.values()) for (const entry of queue) entry.isKept = false
    this.#portals.clear()
    this.#bytes = 0
    this.#all = { ...noneDropped }
    this.#clearedUpTo = this.#opened
  }

  #entriesOf(portal: string | null): PortalEntries {
    const known = this.#portals.get(portal)
    if (known !== undefined) return known
    const entries = { queue: new Queue<JournalEntry>(), bytes: 0, ...noneDropped, clearedUpTo: 0 }
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
    for (const counter of [entries, this.#all]) {
      counter.dropped += 1
      counter.droppedAt = Math.max(counter.droppedAt, oldest.record.at)
    }
  }

  #addBytes(entries: PortalEntries, bytes: number): void {
    entries.bytes += bytes
    this.#bytes += bytes
  }
}

function requestBytesOf({ url, body, headers }: ExchangeRecord): number {
  let bytes = overheadBytes + url.length + Buffer.byteLength(body)
  for (const name in headers) bytes += name.length + (headers[name]?.length ?? 0)
  return bytes
}

function responseBytesOf({ answer }: ExchangeRecord): number {
  return typeof answer === 'string' ? Buffer.byteLength(answer) : answer.bytes
}

/** The exchange of an entry. It is created once; the duration is set later, when it is known. */
function viewEntry(entry: JournalEntry): Exchange {
  entry.exchange ??= exchangeOf(entry.record)
  entry.exchange.ms = entry.record.ms
  return entry.exchange
}

/** Compares the raw record first, because only its ids and its path have to be prepared. */
function matches(entry: JournalEntry, { method, path, status, scenario, id, since }: JournalFilter): boolean {
  const { record } = entry
  return (
    (method === undefined || record.method === method) &&
    (status === undefined || record.status === status) &&
    (scenario === undefined || record.scenario === scenario) &&
    (since === undefined || record.at >= since) &&
    (path === undefined || viewEntry(entry).path === path) &&
    (id === undefined || viewEntry(entry).ids.includes(id))
  )
}

import type { Exchange, ExchangeRecord } from './exchange.ts'
import { type JournalEntry, viewEntry } from './journal-entry.ts'
import { JournalFeed } from './journal-feed.ts'
import { type JournalFilter, matches } from './journal-filter.ts'
import { Queue } from './queue.ts'

/** The journal keeps this many exchanges of one portal, and this many bytes of all portals together. */
export const maximumExchanges = 1000
const maximumBytes = 32 * 1024 * 1024

/** An estimate of the memory that an exchange takes apart from its texts and request headers. */
const overheadBytes = 1000

/** The journal keeps the count of dropped exchanges for at most this many portals. */
const maximumPortals = 2000

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

/** The record of requests, oldest first. It counts what it drops to stay within its limits. */
export class Journal {
  readonly #feed: JournalFeed
  readonly #portals = new Map<string | null, PortalEntries>()
  #bytes = 0
  /** The entries of all portals, newest first, until the next change. */
  #sorted: readonly JournalEntry[] | undefined
  /** What was dropped in all portals. */
  #all = { ...noneDropped }
  #opened = 0
  #clearedUpTo = 0

  /** @param feed what to report changes to */
  constructor(feed = new JournalFeed()) {
    this.#feed = feed
  }

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
    const requestBytes = requestBytesOf(record)
    const entry = { record, exchange: undefined, order, requestBytes, bytes: 0, isKept: false, eventId: 0 }
    if (order <= Math.max(portal.clearedUpTo, this.#clearedUpTo)) return entry
    entry.isKept = true
    portal.queue.push(entry)
    this.#sorted = undefined
    if (portal.queue.size > maximumExchanges) this.#drop(portal)
    this.update(entry)
    this.#report(entry)
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

  /** Reports that the response of an exchange has ended. */
  complete(entry: JournalEntry): void {
    this.#report(entry)
  }

  /** The exchanges with an event after the given one, in the order of these events. */
  changedAfter(eventId: number, portal?: string): JournalEntry[] {
    const changed: JournalEntry[] = []
    for (const { queue } of this.#entriesIn(portal)) {
      for (const entry of queue) if (entry.eventId > eventId) changed.push(entry)
    }
    return changed.sort((a, b) => a.eventId - b.eventId)
  }

  /** The exchanges of one portal, or of all portals if none is named. Only those that match are prepared for reading. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    return this.find(filter, portal).map(viewEntry)
  }

  /** The entries that match, oldest first. */
  find(filter: JournalFilter, portal: string | undefined): JournalEntry[] {
    const found: JournalEntry[] = []
    for (const entry of this.#newestFirst(portal)) {
      if (found.length === filter.limit) break
      if (matches(entry, filter)) found.push(entry)
    }
    return found.reverse()
  }

  /** The number of exchanges that match a filter, whatever its limit. */
  count(filter: JournalFilter, portal?: string): number {
    return this.#newestFirst(portal).filter((entry) => matches(entry, filter)).length
  }

  #newestFirst(portal: string | undefined): readonly JournalEntry[] {
    if (portal === undefined) {
      this.#sorted ??= this.#sort(portal)
      return this.#sorted
    }
    return this.#sort(portal)
  }

  #sort(portal: string | undefined): JournalEntry[] {
    return this.#entriesIn(portal)
      .flatMap(({ queue }) => [...queue])
      .sort((a, b) => b.order - a.order)
  }

  #entriesIn(portal: string | undefined): PortalEntries[] {
    if (portal === undefined) return [...this.#portals.values()]
    const entries = this.#portals.get(portal)
    return entries === undefined ? [] : [entries]
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
    this.#sorted = undefined
    if (portal === undefined) this.#clearAll()
    else this.#clearPortal(this.#entriesOf(portal))
    this.#feed.cleared(portal)
  }

  #report(entry: JournalEntry): void {
    if (entry.isKept) this.#feed.changed(entry)
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
    this.#sorted = undefined
    oldest.isKept = false
    this.#addBytes(entries, -oldest.bytes)
    for (const counter of [entries, this.#all]) {
      counter.dropped += 1
      counter.droppedAt = Math.max(counter.droppedAt, oldest.record.at)
    }
    this.#feed.dropped(oldest)
  }

  #addBytes(entries: PortalEntries, bytes: number): void {
    entries.bytes += bytes
    this.#bytes += bytes
  }
}

function requestBytesOf({ url, body, headers }: ExchangeRecord): number {
  let bytes = overheadBytes + url.length + Buffer.byteLength(body)
  for (const name in headers) bytes += name.length + String(headers[name]).length
  return bytes
}

function responseBytesOf({ responseBody }: ExchangeRecord): number {
  return typeof responseBody === 'string' ? Buffer.byteLength(responseBody) : responseBody.bytes
}

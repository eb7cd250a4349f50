import type { Journal } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { JournalFeed, JournalListener } from './journal-feed.ts'

/** The journal, which a reset replaces, and the feed of its changes. */
export interface JournalSource {
  readonly journal: Journal
  readonly feed: JournalFeed
}

/** One change of the journal that a reader has not seen. */
export type JournalChange =
  | { readonly type: 'exchange'; readonly id: number; readonly entry: JournalEntry }
  | { readonly type: 'clear'; readonly id: number; readonly portal: string | null }
  | { readonly type: 'dropped'; readonly id: number; readonly count: number }

/** What a reader reads, and what it calls. */
export interface ReaderOptions {
  /** The portal whose exchanges are read; undefined for all. */
  readonly portal: string | undefined
  /** The id of the event after which to start; undefined for the changes from now on. */
  readonly after?: number | undefined
  /** Called when there are changes to take. */
  wake(): void
  /** Called when the mock closes. */
  end?(): void
}

/** If a slow reader has more pending clears than this, they become one clear of everything. */
const maximumClears = 1000

/**
 * Reads the changes of the journal, each once. The journal itself is the buffer: a reader holds no exchange, however
 * slow it is. It sees the newest state of each exchange, and learns how many were dropped before it has seen it.
 */
export class JournalReader implements JournalListener {
  readonly #source: JournalSource
  readonly #options: ReaderOptions
  readonly #unsubscribe: () => void
  /** The id of the last event that was taken. */
  #lastId: number
  /** The clears that wait, by portal; null for all portals. */
  readonly #clears = new Map<string | null, number>()
  #missed = 0

  constructor(source: JournalSource, options: ReaderOptions) {
    this.#source = source
    this.#options = options
    this.#lastId = options.after ?? source.feed.lastId
    // The id is of another run, or exchanges were removed since: the reader has to start over.
    if (this.#lastId < source.feed.lastClearId || this.#lastId > source.feed.lastId) this.#restart()
    this.#unsubscribe = source.feed.subscribe(this)
  }

  /** How many exchanges were dropped before they were taken. */
  get missed(): number {
    return this.#missed
  }

  /** Yields the pending changes, oldest first. Changes that the caller does not request stay pending. */
  *take(): Generator<JournalChange> {
    for (const change of this.#waiting()) {
      if (change.type === 'exchange' && !isCurrent(change)) continue
      this.#lastId = change.id
      if (change.type === 'clear') this.#clears.delete(change.portal)
      if (change.type === 'dropped') this.#missed -= change.count
      yield change
    }
  }

  close(): void {
    this.#unsubscribe()
  }

  changed({ record }: JournalEntry): void {
    if (this.#isOurs(record.portal)) this.#options.wake()
  }

  cleared(portal: string | undefined, eventId: number): void {
    if (portal !== undefined && !this.#isOurs(portal)) return
    if (portal === undefined || portal === this.#options.portal) this.#missed = 0
    this.#clears.set(portal ?? null, eventId)
    if (this.#clears.size > maximumClears) this.#restart()
    this.#options.wake()
  }

  dropped({ record, eventId }: JournalEntry): void {
    if (eventId > this.#lastId && this.#isOurs(record.portal)) this.#missed += 1
  }

  closed(): void {
    this.#options.end?.()
  }

  #isOurs(portal: string | null): boolean {
    return this.#options.portal === undefined || this.#options.portal === portal
  }

  #restart(): void {
    this.#clears.clear()
    this.#clears.set(null, this.#source.feed.firstId)
    this.#lastId = this.#source.feed.firstId
    this.#missed = 0
  }

  #waiting(): JournalChange[] {
    const { journal } = this.#source
    const entries = journal.changedAfter(this.#lastId, this.#options.portal)
    const changes: JournalChange[] = entries.map((entry) => ({ type: 'exchange', id: entry.eventId, entry }))
    for (const [portal, id] of this.#clears) changes.push({ type: 'clear', id, portal })
    changes.sort((a, b) => a.id - b.id)
    if (this.#missed > 0) changes.unshift({ type: 'dropped', id: this.#lastId, count: this.#missed })
    return changes
  }
}

/** Whether an exchange is as it was when it was listed: if not, it was removed, or its next event follows. */
function isCurrent({ id, entry }: JournalChange & { type: 'exchange' }): boolean {
  return entry.isKept && entry.eventId === id
}

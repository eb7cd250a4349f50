import { wallClockMs } from '../../text/system-timers.ts'
import type { JournalEntry } from './journal-entry.ts'
import { OpenWaits } from './open-waits.ts'

/** Receives the changes of the journal while they happen. */
export interface JournalListener {
  /** A request has been read, or its response has ended. */
  changed(entry: JournalEntry): void
  /** The exchanges of one portal, or of all, were removed. */
  cleared(portal: string | undefined, eventId: number): void
  /** An exchange was dropped to limit the size of the journal. */
  dropped(entry: JournalEntry): void
  /** The mock is closed. */
  closed(): void
}

/** The number of ids for each millisecond, so that a mock that starts later has higher ids. An id has at most 15 digits. */
const idsPerMs = 100

/**
 * Numbers the changes of the journal and reports them to listeners. It outlives the journal, which a reset replaces, so
 * that the ids of events always increase.
 */
export class JournalFeed {
  /** All events have higher ids than this. */
  readonly firstId = wallClockMs() * idsPerMs
  /** The waits for changes. */
  readonly waits = new OpenWaits()
  readonly #listeners = new Set<JournalListener>()
  #lastId = this.firstId
  #lastClearId = this.firstId
  #isClosed = false

  /** The id of the newest event. */
  get lastId(): number {
    return this.#lastId
  }

  /** The id of the newest event that removed exchanges of any portal. */
  get lastClearId(): number {
    return this.#lastClearId
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** @returns a function that removes the listener */
  subscribe(listener: JournalListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(entry: JournalEntry): void {
    this.#lastId += 1
    entry.eventId = this.#lastId
    for (const listener of this.#listeners) listener.changed(entry)
  }

  cleared(portal: string | undefined): void {
    this.#lastId += 1
    this.#lastClearId = this.#lastId
    for (const listener of this.#listeners) listener.cleared(portal, this.#lastId)
  }

  dropped(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener.dropped(entry)
  }

  close(): void {
    this.#isClosed = true
    for (const listener of this.#listeners) listener.closed()
    this.#listeners.clear()
  }
}

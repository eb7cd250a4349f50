import type { JournalEvent } from '../../public/journal.ts'
import { exchangeOf } from './exchange.ts'
import { type JournalChange, JournalReader, type JournalSource } from './journal-reader.ts'

/** A change as a tester sees it. */
export function eventOf(change: JournalChange): JournalEvent {
  if (change.type !== 'exchange') return change
  return { type: 'exchange', id: change.id, exchange: exchangeOf(change.entry.record) }
}

type Next = IteratorResult<JournalEvent, undefined>

/** Iterates over the changes of the journal, from the creation of this iterator until it or the mock is closed. */
export class JournalEvents implements AsyncIterableIterator<JournalEvent, undefined> {
  readonly #reader: JournalReader
  readonly #calls: ((next: Next) => void)[] = []
  #isClosed = false

  constructor(source: JournalSource, portal: string | undefined, after: number | undefined) {
    this.#isClosed = source.feed.isClosed
    this.#reader = new JournalReader(source, { portal, after, wake: () => this.#wake(), end: () => this.#close() })
  }

  next(): Promise<Next> {
    const event = this.#take()
    if (event !== undefined) return Promise.resolve({ done: false, value: event })
    if (this.#isClosed) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => this.#calls.push(resolve))
  }

  return(): Promise<Next> {
    this.#close()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(): JournalEvent | undefined {
    for (const change of this.#reader.take()) return eventOf(change)
    return undefined
  }

  #wake(): void {
    while (this.#calls.length > 0) {
      const event = this.#take()
      if (event === undefined) return
      this.#calls.shift()?.({ done: false, value: event })
    }
  }

  #close(): void {
    this.#isClosed = true
    this.#reader.close()
    for (const resolve of this.#calls.splice(0)) resolve({ done: true, value: undefined })
  }
}

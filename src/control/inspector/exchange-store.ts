import type { Exchange } from '../../public/journal.ts'
import { Observable } from './observable.ts'

/** As many as the journal keeps of a portal. */
const maximumExchanges = 1000

/** The exchanges that the page shows, newest first. */
export class ExchangeStore extends Observable {
  /** By correlation id, in order of arrival. */
  readonly #exchanges = new Map<string, Exchange>()
  #rows: readonly Exchange[] | undefined = []
  #pausedRows: readonly Exchange[] | undefined
  #newWhilePaused = 0

  /** Adds an exchange, or replaces it once it has its response. */
  put(exchange: Exchange): void {
    const isNew = !this.#exchanges.has(exchange.correlationId)
    this.#exchanges.set(exchange.correlationId, exchange)
    if (this.#exchanges.size > maximumExchanges) this.#dropOldest()
    if (this.isPaused && isNew) this.#newWhilePaused += 1
    this.#rows = undefined
    this.changed()
  }

  /** Removes the exchanges of one portal, or all. */
  clear(portal?: string): void {
    for (const exchange of this.#exchanges.values()) {
      if (portal === undefined || exchange.portal === portal) this.#exchanges.delete(exchange.correlationId)
    }
    this.#rows = undefined
    if (this.isPaused) this.pause()
    this.changed()
  }

  /** Keeps the rows as they are, until `resume`. */
  pause(): void {
    this.#pausedRows = this.#currentRows
    this.#newWhilePaused = 0
    this.changed()
  }

  resume(): void {
    this.#pausedRows = undefined
    this.changed()
  }

  get isPaused(): boolean {
    return this.#pausedRows !== undefined
  }

  get newWhilePaused(): number {
    return this.#newWhilePaused
  }

  /** The exchanges, newest first. It is the same array until they change. */
  get rows(): readonly Exchange[] {
    return this.#pausedRows ?? this.#currentRows
  }

  /** The exchange as it is now, even while the rows are paused. */
  find(correlationId: string): Exchange | undefined {
    return this.#exchanges.get(correlationId)
  }

  get #currentRows(): readonly Exchange[] {
    this.#rows ??= [...this.#exchanges.values()].reverse()
    return this.#rows
  }

  #dropOldest(): void {
    for (const correlationId of this.#exchanges.keys()) {
      this.#exchanges.delete(correlationId)
      return
    }
  }
}

import type { Exchange } from '../../public/journal.ts'
import { Observable } from './observable.ts'

/** As many as the journal keeps of a portal, and as much text of bodies as it keeps of all. */
const maximumExchanges = 1000
const maximumChars = 32 * 1024 * 1024

/** The exchanges that the page shows, newest first. */
export class ExchangeStore extends Observable {
  /** By correlation id, in order of arrival. */
  readonly #exchanges = new Map<string, Exchange>()
  #chars = 0
  #rows: readonly Exchange[] | undefined = []
  #pausedRows: readonly Exchange[] | undefined
  #newWhilePaused = 0

  /** Adds an exchange, or replaces it once it has its response. */
  put(exchange: Exchange): void {
    const before = this.#exchanges.get(exchange.correlationId)
    this.#exchanges.set(exchange.correlationId, exchange)
    this.#chars += charsOf(exchange) - charsOf(before)
    while (this.#exchanges.size > maximumExchanges || this.#chars > maximumChars) this.#dropOldest()
    if (this.isPaused && before === undefined) this.#newWhilePaused += 1
    this.#rows = undefined
    this.changed()
  }

  /** Removes the exchanges of one portal, or all. */
  clear(portal?: string): void {
    for (const exchange of this.#exchanges.values()) {
      if (portal === undefined || exchange.portal === portal) this.#remove(exchange)
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
    const [oldest] = this.#exchanges.values()
    if (oldest !== undefined) this.#remove(oldest)
  }

  #remove(exchange: Exchange): void {
    this.#exchanges.delete(exchange.correlationId)
    this.#chars -= charsOf(exchange)
  }
}

/** The length of the bodies of an exchange. */
function charsOf(exchange: Exchange | undefined): number {
  return exchange === undefined ? 0 : exchange.body.length + exchange.responseBody.length
}

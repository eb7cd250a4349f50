import type { Exchange } from '../../public/journal.ts'
import { type Api, ApiError } from './api.ts'
import type { ExchangeStore } from './exchange-store.ts'
import { Observable } from './observable.ts'
import { readServerEvents, type ServerEvent } from './server-events.ts'

/** `live` while events arrive, `lost` while the mock cannot be reached, `refused` if it does not accept the caller. */
export type FeedStatus = 'connecting' | 'live' | 'lost' | 'refused'

const shortestWaitMs = 250
const longestWaitMs = 4000

/** Reads the event stream of the mock into the store, and connects again when it breaks. */
export class ExchangeFeed extends Observable {
  readonly #api: Api
  readonly #store: ExchangeStore
  #status: FeedStatus = 'connecting'
  #problem: ApiError | undefined
  #stop = new AbortController()
  #lastId = '0'

  constructor(api: Api, store: ExchangeStore) {
    super()
    this.#api = api
    this.#store = store
  }

  get status(): FeedStatus {
    return this.#status
  }

  /** Why the mock refused the caller. */
  get problem(): ApiError | undefined {
    return this.#problem
  }

  /** Starts again with an empty list: for the first time, or for another portal. */
  restart(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#store.clear()
    this.#lastId = '0'
    void this.#run(this.#stop.signal)
  }

  async #run(signal: AbortSignal): Promise<void> {
    let waitMs = shortestWaitMs
    while (!signal.aborted) {
      this.#show('connecting')
      try {
        await this.#read(signal)
        waitMs = shortestWaitMs
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ApiError && error.status < 500) return this.#show('refused', error)
      }
      if (signal.aborted) return
      this.#show('lost')
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      waitMs = Math.min(longestWaitMs, waitMs * 2)
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const response = await this.#api.open(`requests/events?after=${encodeURIComponent(this.#lastId)}`, { signal })
    this.#show('live')
    for await (const event of readServerEvents(response)) {
      if (signal.aborted) return
      this.#take(event)
    }
  }

  #take({ name, id, data }: ServerEvent): void {
    if (name === 'exchange') this.#store.put(JSON.parse(data) as Exchange)
    if (name === 'clear') this.#store.clear(JSON.parse(data).portal ?? undefined)
    if (id !== undefined) this.#lastId = id
  }

  #show(status: FeedStatus, problem?: ApiError): void {
    this.#status = status
    this.#problem = problem
    this.changed()
  }
}

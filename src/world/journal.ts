import { type Static, Type } from '@sinclair/typebox'
import { timestamp } from './clock.ts'
import { type Exchange, exchangeOf, type Recorded } from './exchange.ts'

/**
 * Which exchanges are asked for; what is left out does not matter.
 * @example
 * const filter: JournalFilter = { status: 429, since: Date.now() - 1000 }
 * console.log(portal.journal.count(filter))
 */
export const JournalFilter = Type.Object(
  {
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    scenario: Type.Optional(Type.String()),
    id: Type.Optional(Type.String({ title: 'was asked for' })),
    since: Type.Optional(Type.Number({ title: 'came then or later: milliseconds since the epoch' })),
    limit: Type.Optional(Type.Integer({ minimum: 0, title: 'the newest so many' })),
  },
  { additionalProperties: false },
)
export type JournalFilter = { [K in keyof Static<typeof JournalFilter>]: Static<typeof JournalFilter>[K] | undefined }

/** So many exchanges of one portal are kept, and of all portals together so many bytes. */
export const mostExchanges = 1000
const mostJournalBytes = 32 * 1024 * 1024

/** What an exchange takes beside its texts, about: its headers, above all. */
const bytesBeside = 1000

/** So many portals are known of which nothing is kept any more, only how much was dropped. */
const mostEmptyPages = 2000

interface Entry {
  readonly recorded: Recorded
  /** The same for a tester, once one has looked. */
  exchange: Exchange | undefined
  /** In the order the requests came, which is not that in which they were answered. */
  readonly order: number
  readonly bytes: number
}

/** What is kept of one portal. */
interface Page {
  readonly entries: Queue<Entry>
  bytes: number
  dropped: number
  /** What came up to here was forgotten on demand, also if its answer came later. */
  clearedUpTo: number
}

/** First in, first out, at the same cost however many there are. */
class Queue<T> {
  #items: (T | undefined)[] = []
  /** Where the first one is: what stands before it is gone. */
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
    if (this.#first > this.size) this.#forgetGone()
    return item
  }

  clear(): void {
    this.#items = []
    this.#first = 0
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = this.#first; i < this.#items.length; i++) yield this.#items[i] as T
  }

  #forgetGone(): void {
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

/** The record of requests, oldest first. What is dropped to keep it small is counted. */
export class Journal {
  readonly #pages = new Map<string | null, Page>()
  #bytes = 0
  #dropped = 0
  #opened = 0
  #clearedUpTo = 0

  /** Gives a request its place in the order; it is not in the journal before it is filed. */
  open(): number {
    this.#opened += 1
    return this.#opened
  }

  /**
   * Takes an exchange in, and drops the oldest for it where there is no room: of its portal if that has too many,
   * else of the portal that takes the most bytes, so that a noisy one does not push out the others.
   */
  file(recorded: Recorded, order: number): void {
    const page = this.#pageOf(recorded.portal)
    if (order <= Math.max(page.clearedUpTo, this.#clearedUpTo)) return
    const entry = { recorded, exchange: undefined, order, bytes: bytesOf(recorded) }
    page.entries.push(entry)
    this.#weigh(page, entry.bytes)
    if (page.entries.size > mostExchanges) this.#drop(page)
    while (this.#bytes > mostJournalBytes) this.#drop(this.#heaviest())
  }

  /** The exchanges of one portal, or of all if none is named. */
  list(filter: JournalFilter = {}, portal?: string): Exchange[] {
    const pages = portal === undefined ? [...this.#pages.values()] : [this.#pages.get(portal)]
    const entries = pages.flatMap((page) => [...(page?.entries ?? [])]).sort((a, b) => a.order - b.order)
    const found = entries.map(seen).filter((exchange) => matches(exchange, filter))
    return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit))
  }

  /** How many were dropped, of one portal or of all. */
  dropped(portal?: string): number {
    return portal === undefined ? this.#dropped : (this.#pages.get(portal)?.dropped ?? 0)
  }

  /** Forgets the exchanges of one portal, or of all, and how many were dropped. */
  clear(portal?: string): void {
    if (portal === undefined) {
      this.#pages.clear()
      this.#bytes = 0
      this.#dropped = 0
      this.#clearedUpTo = this.#opened
      return
    }
    const page = this.#pageOf(portal)
    this.#weigh(page, -page.bytes)
    this.#dropped -= page.dropped
    page.entries.clear()
    page.dropped = 0
    page.clearedUpTo = this.#opened
  }

  #pageOf(portal: string | null): Page {
    const known = this.#pages.get(portal)
    if (known !== undefined) return known
    const page = { entries: new Queue<Entry>(), bytes: 0, dropped: 0, clearedUpTo: 0 }
    this.#pages.set(portal, page)
    if (this.#pages.size > mostEmptyPages) this.#forgetEmptyPage()
    return page
  }

  #forgetEmptyPage(): void {
    for (const [portal, { entries }] of this.#pages) {
      if (entries.size > 0) continue
      this.#pages.delete(portal)
      return
    }
  }

  #heaviest(): Page | undefined {
    let heaviest: Page | undefined
    for (const page of this.#pages.values()) if (page.bytes > (heaviest?.bytes ?? 0)) heaviest = page
    return heaviest
  }

  #drop(page: Page | undefined): void {
    const oldest = page?.entries.shift()
    if (page === undefined || oldest === undefined) return
    this.#weigh(page, -oldest.bytes)
    page.dropped += 1
    this.#dropped += 1
  }

  #weigh(page: Page, bytes: number): void {
    page.bytes += bytes
    this.#bytes += bytes
  }
}

function bytesOf({ url, body, answer }: Recorded): number {
  const answerBytes = typeof answer === 'string' ? Buffer.byteLength(answer) : answer.bytes
  return bytesBeside + Buffer.byteLength(url) + Buffer.byteLength(body) + answerBytes
}

/** An entry as a tester sees it: made once, but for how long it took, which is known last. */
function seen(entry: Entry): Exchange {
  entry.exchange ??= exchangeOf(entry.recorded)
  entry.exchange.ms = entry.recorded.ms
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

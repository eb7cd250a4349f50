import { Type } from '@sinclair/typebox'
import { BadInput, UnexpectedRequests } from '../../public/errors.ts'
import type * as api from '../../public/journal.ts'
import { clearTimeout, setTimeout } from '../../text/system-timers.ts'
import { timestamp } from '../clock.ts'
import type { Exchange } from './exchange.ts'
import { maximumExchanges } from './journal.ts'
import { type JournalEntry, viewEntry } from './journal-entry.ts'
import type { JournalListener } from './journal-feed.ts'
import { JournalFilter, matches } from './journal-filter.ts'
import type { JournalSource } from './journal-reader.ts'
import { describeNearest, nearestOf, show } from './nearest.ts'
import { describeTimes, differencesOf } from './verify.ts'

/** The schema of the filter of `waitFor`. */
export const WaitFilter = Type.Omit(JournalFilter, ['limit'])
export type WaitFilter = Omit<JournalFilter, 'limit'>

const longestWaitMs = 600_000

/** The schema of `WaitOptions`. */
export const WaitOptions = Type.Object(
  {
    timeoutMs: Type.Optional(
      Type.Integer({ minimum: 0, maximum: longestWaitMs, title: 'how long to wait, in milliseconds of real time' }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: maximumExchanges, title: 'the number of matching exchanges to wait for' }),
    ),
    until: Type.Optional(
      Type.Union([Type.Literal('received'), Type.Literal('complete')], {
        title: 'whether a response has to have ended',
        description: 'received or complete',
      }),
    ),
  },
  { additionalProperties: false },
)
export type WaitOptions = api.WaitOptions

/** Less than the time after which the common test runners end a test, so that the message is seen. */
const defaultTimeoutMs = 2000

/** After the timeout this many of the newest exchanges are compared with the filter. */
const maximumCompared = 200

/** Waits until enough exchanges match a filter. Exchanges that are already in the journal count as well. */
export class ExchangeWait implements JournalListener {
  /** The exchange that completes the count. Rejects after the timeout, and when the mock closes. */
  readonly result: Promise<Exchange>
  readonly #source: JournalSource
  readonly #portal: string | undefined
  readonly #filter: WaitFilter
  readonly #timeoutMs: number
  readonly #count: number
  readonly #isForResponse: boolean
  /** The entries that count so far. */
  readonly #found: Set<JournalEntry>
  #stop: () => void = () => {}
  #resolve: (exchange: Exchange) => void = () => {}
  #reject: (error: Error) => void = () => {}

  /** @throws {TooManyAtOnce} if it has to wait and too many waits are open */
  constructor(source: JournalSource, portal: string | undefined, filter: WaitFilter, options: WaitOptions) {
    this.#source = source
    this.#portal = portal
    this.#filter = filter
    const { timeoutMs = defaultTimeoutMs, count = 1, until = 'complete' } = options
    this.#timeoutMs = timeoutMs
    this.#count = count
    this.#isForResponse = until === 'complete'
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // A test that has failed before it awaits this must not end in an unhandled rejection.
    this.result.catch(() => {})
    this.#found = new Set(source.journal.find(filter, portal).filter((entry) => this.#counts(entry)))
    if (this.#found.size >= this.#count) this.#finish()
    else if (source.feed.isClosed) this.closed()
    else this.#start()
  }

  /** Ends the wait. */
  cancel(error: Error): void {
    this.#stop()
    this.#reject(error)
  }

  changed(entry: JournalEntry): void {
    if (this.#portal !== undefined && entry.record.portal !== this.#portal) return
    if (!this.#counts(entry) || !matches(entry, this.#filter)) return
    this.#found.add(entry)
    if (this.#found.size >= this.#count) this.#finish()
  }

  cleared(): void {
    for (const entry of this.#found) if (!entry.isKept) this.#found.delete(entry)
  }

  dropped(entry: JournalEntry): void {
    this.#found.delete(entry)
  }

  closed(): void {
    this.cancel(new BadInput('the mock was closed during the wait', 'close the mock after the wait'))
  }

  #start(): void {
    const { feed } = this.#source
    const close = feed.waits.open()
    const timer = setTimeout(() => this.#timeOut(), this.#timeoutMs)
    const unsubscribe = feed.subscribe(this)
    this.#stop = () => {
      this.#stop = () => {}
      clearTimeout(timer)
      unsubscribe()
      close()
    }
  }

  #counts({ record }: JournalEntry): boolean {
    return !this.#isForResponse || record.ms !== null
  }

  /** Resolves with the exchange that completes the count, in the order in which the requests arrived. */
  #finish(): void {
    this.#stop()
    const found = [...this.#found].sort((a, b) => a.order - b.order)[this.#count - 1]
    if (found !== undefined) this.#resolve(viewEntry(found))
  }

  #timeOut(): void {
    this.#stop()
    const dropped = this.#source.journal.dropped(this.#portal, this.#filter.since)
    const lost = dropped === 0 ? '' : `, and the journal has dropped ${dropped} that could match`
    const response = this.#isForResponse ? ' and a complete response' : ''
    const expected = `${describeTimes(this.#count)} with ${show(this.#filter)}${response}`
    const found = `within ${this.#timeoutMs} ms, found ${this.#found.size}${lost}`
    this.#reject(new UnexpectedRequests(`expected ${expected} ${found}${this.#describeOthers()}`))
  }

  #describeOthers(): string {
    const all = this.#source.journal.list({ limit: maximumCompared }, this.#portal)
    const compared = all.map((exchange) => ({ exchange, differs: this.#differencesOf(exchange) }))
    return describeNearest(nearestOf(compared.filter(({ differs }) => differs.length > 0)), all.length)
  }

  #differencesOf(exchange: Exchange): api.Difference[] {
    const { id, since, ...same } = this.#filter
    const isInTime = since === undefined || Date.parse(exchange.at) >= since
    const isComplete = !this.#isForResponse || exchange.ms !== null
    return [
      ...differencesOf(exchange, same),
      ...(id === undefined || exchange.ids.includes(id) ? [] : [{ field: 'ids', wanted: [id], got: exchange.ids }]),
      ...(isInTime ? [] : [{ field: 'at', wanted: timestamp(since), got: exchange.at }]),
      ...(isComplete ? [] : [{ field: 'the response', wanted: 'complete', got: 'incomplete' }]),
    ]
  }
}

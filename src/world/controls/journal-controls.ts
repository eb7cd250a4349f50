import type * as api from '../../public/controls.ts'
import { DroppedExchanges, NotThere, UnexpectedRequests } from '../../public/errors.ts'
import type { Har } from '../../public/har.ts'
import { findProblems, withoutUndefined } from '../../text/schema-problems.ts'
import type { Exchange } from '../journal/exchange.ts'
import { ExchangeWait, WaitFilter, WaitOptions } from '../journal/exchange-wait.ts'
import { harOf } from '../journal/har.ts'
import { viewEntry } from '../journal/journal-entry.ts'
import { JournalEvents } from '../journal/journal-events.ts'
import { JournalFilter } from '../journal/journal-filter.ts'
import { type Verdict, Verification, verify, type Where } from '../journal/verify.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

/** Lists, counts and verifies the exchanges of the journal. */
export class JournalControls extends WorldPart implements api.JournalControls {
  list(filter: JournalFilter = {}): Exchange[] {
    return this.world.journal.list(checkFilter(filter), this.portalName)
  }

  last(filter: JournalFilter = {}): Exchange | undefined {
    const [last] = this.list({ ...filter, limit: 1 })
    if (last === undefined) this.#refuseAfterDrop(filter)
    return last
  }

  count(filter: JournalFilter = {}): number {
    const total = this.total(filter)
    this.#refuseAfterDrop(filter)
    return filter.limit === undefined ? total : Math.min(total, filter.limit)
  }

  /** The number of exchanges in the journal that match a filter, whatever its limit. */
  total(filter: JournalFilter): number {
    return this.world.journal.count(checkFilter(filter), this.portalName)
  }

  /** @throws {DroppedExchanges} if exchanges were dropped that could match a filter */
  #refuseAfterDrop({ since }: JournalFilter): void {
    const dropped = this.world.journal.dropped(this.portalName, since)
    if (dropped > 0) throw new DroppedExchanges(dropped)
  }

  get dropped(): number {
    return this.world.journal.dropped(this.portalName)
  }

  get(correlationId: string): Exchange {
    const entries = this.world.journal.find({}, this.portalName)
    const entry = entries.find(({ record }) => record.correlationId === correlationId)
    if (entry !== undefined) return viewEntry(entry)
    throw new NotThere(`no request ${JSON.stringify(correlationId)}`, 'GET /_mock/requests lists the requests')
  }

  har(filter: JournalFilter = {}): Har {
    return harOf(this.world.journal.find(checkFilter(filter), this.portalName))
  }

  verify(verification: Verification): Verdict {
    refuseFirst(findProblems(Verification, withoutUndefined(verification)), 'a verification is {where, times}')
    return verify(this.list(), verification, this.dropped)
  }

  expect(where: Where, times?: Verification['times']): void {
    const { ok, message } = this.verify({ where, ...(times === undefined ? {} : { times }) })
    if (!ok) throw new UnexpectedRequests(message)
  }

  expectNoHints(): void {
    const hinted = this.list().filter(({ hint }) => hint !== null)
    if (hinted.length === 0) return
    const lines = hinted.slice(0, maximumHints).map(({ method, path, hint }) => `  ${method} ${path}: ${hint}`)
    throw new UnexpectedRequests(
      [`${hinted.length} request${hinted.length === 1 ? '' : 's'} drew a hint:`, ...lines].join('\n'),
    )
  }

  waitFor(filter: WaitFilter = {}, options?: WaitOptions): Promise<Exchange> {
    try {
      return this.startWait(filter, options).result
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** As `waitFor`, for a caller that may cancel the wait. */
  startWait(filter: WaitFilter, options: WaitOptions = {}): ExchangeWait {
    refuseFirst(findProblems(WaitFilter, withoutUndefined(filter)), filterHint)
    refuseFirst(findProblems(WaitOptions, withoutUndefined(options)), 'the options are {timeoutMs, count, until}')
    return new ExchangeWait(this.world, this.portalName, filter, options)
  }

  events(): JournalEvents {
    return new JournalEvents(this.world, this.portalName, undefined)
  }

  clear(): void {
    this.world.refuseIfClosed()
    this.world.journal.clear(this.portalName)
  }
}

const maximumHints = 10

const filterHint = 'a filter is {operation, method, path, status, scenario, id, since, limit}'

/** @throws {BadInput} if a filter is invalid */
function checkFilter(filter: JournalFilter): JournalFilter {
  refuseFirst(findProblems(JournalFilter, withoutUndefined(filter)), filterHint)
  return filter
}

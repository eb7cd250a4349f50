import { findProblems, withoutUndefined } from '../../text/schema-problems.ts'
import type { Exchange } from '../journal/exchange.ts'
import { JournalFilter } from '../journal/journal.ts'
import { type Verdict, Verification, verify } from '../journal/verify.ts'
import { NotThere, refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

/** Lists, counts and verifies the exchanges of the journal. */
export class JournalControls extends WorldPart {
  /**
   * Lists the recorded exchanges, oldest first.
   * @throws {BadInput} if the filter is invalid
   * @example
   * const requested = portal.journal.list({ status: 207 }).map(({ ids }) => ids)
   */
  list(filter: JournalFilter = {}): Exchange[] {
    refuseFirst(
      findProblems(JournalFilter, withoutUndefined(filter)),
      'a filter is {method, path, status, scenario, id, since, limit}',
    )
    return this.world.journal.list(filter, this.portalName)
  }

  /**
   * The newest exchange that matches a filter.
   * @example
   * console.log(portal.journal.last()?.properties)
   */
  last(filter: JournalFilter = {}): Exchange | undefined {
    return this.list(filter).at(-1)
  }

  /**
   * The number of exchanges that match a filter.
   * @example
   * console.log(portal.journal.count({ status: 429 }))
   */
  count(filter: JournalFilter = {}): number {
    return this.list(filter).length
  }

  /**
   * The number of exchanges that were dropped: the journal keeps the last 1000 of each portal, and 32 MiB in all.
   * @example
   * console.log(portal.journal.dropped)
   */
  get dropped(): number {
    return this.world.journal.dropped(this.portalName)
  }

  /**
   * Gets the exchange whose response has this `x-hubspot-correlation-id`.
   * @throws {NotThere} if the journal does not have it
   * @example
   * const [first] = portal.journal.list()
   * if (first !== undefined) console.log(portal.journal.get(first.correlationId).status)
   */
  get(correlationId: string): Exchange {
    const exchange = this.list().find((one) => one.correlationId === correlationId)
    if (exchange !== undefined) return exchange
    throw new NotThere(`no request ${JSON.stringify(correlationId)}`, 'GET /_mock/requests lists the requests')
  }

  /**
   * Checks how often a request was made. If the number is wrong, the verdict has the nearest exchanges and how they differ.
   * @throws {BadInput} if the verification is invalid
   * @example
   * const { ok, nearest } = portal.journal.verify({ where: { ids: ['spring'], properties: ['hs_name'] }, times: 1 })
   * if (!ok) console.error(nearest)
   */
  verify(verification: Verification): Verdict {
    refuseFirst(findProblems(Verification, withoutUndefined(verification)), 'a verification is {where, times}')
    return verify(this.list(), verification)
  }

  /**
   * Removes all exchanges.
   * @example
   * portal.journal.clear()
   */
  clear(): void {
    this.world.journal.clear(this.portalName)
  }
}

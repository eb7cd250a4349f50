import type * as api from '../../public/controls.ts'
import { NotThere } from '../../public/errors.ts'
import { findProblems, withoutUndefined } from '../../text/schema-problems.ts'
import type { Exchange } from '../journal/exchange.ts'
import { JournalFilter } from '../journal/journal.ts'
import { type Verdict, Verification, verify } from '../journal/verify.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

/** Lists, counts and verifies the exchanges of the journal. */
export class JournalControls extends WorldPart implements api.JournalControls {
  list(filter: JournalFilter = {}): Exchange[] {
    refuseFirst(
      findProblems(JournalFilter, withoutUndefined(filter)),
      'a filter is {method, path, status, scenario, id, since, limit}',
    )
    return this.world.journal.list(filter, this.portalName)
  }

  last(filter: JournalFilter = {}): Exchange | undefined {
    return this.list(filter).at(-1)
  }

  count(filter: JournalFilter = {}): number {
    return this.list(filter).length
  }

  get dropped(): number {
    return this.world.journal.dropped(this.portalName)
  }

  get(correlationId: string): Exchange {
    const exchange = this.list().find((one) => one.correlationId === correlationId)
    if (exchange !== undefined) return exchange
    throw new NotThere(`no request ${JSON.stringify(correlationId)}`, 'GET /_mock/requests lists the requests')
  }

  verify(verification: Verification): Verdict {
    refuseFirst(findProblems(Verification, withoutUndefined(verification)), 'a verification is {where, times}')
    return verify(this.list(), verification)
  }

  clear(): void {
    this.world.journal.clear(this.portalName)
  }
}

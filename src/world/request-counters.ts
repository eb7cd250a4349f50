import { itemAt } from '../text/item-at.ts'
/** The upper bounds of the buckets of the duration histogram, in milliseconds. Scenarios can delay a response by seconds. */
export const durationBoundsMs: readonly number[] = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

/** A request that has ended. */
export interface EndedRequest {
  /** The name of its operation; null for a path that is not served. */
  readonly operation: string | null
  /** null if there was no response. */
  readonly status: number | null
  readonly durationMs: number
  /** The fault of its scenario step, if it has one. */
  readonly fault: string | undefined
  /** What refused it with 429, if something did. */
  readonly limitedBy: 'scenario' | 'limit' | undefined
}

/** The counts of one operation. */
export interface OperationCounts {
  readonly byStatus: Map<number | null, number>
  /** The number of requests in each bucket. The last one has those that took longer than every bound. */
  readonly buckets: number[]
  totalMs: number
}

/**
 * Counts the requests of a mock since it was started, for its metrics. A reset does not clear them: the counters of
 * Prometheus only grow. They have no token and no portal, so their number is bounded.
 */
export class RequestCounters {
  readonly operations = new Map<string | null, OperationCounts>()
  readonly faults = new Map<string, number>()
  readonly limited = new Map<string, number>()

  count({ operation, status, durationMs, fault, limitedBy }: EndedRequest): void {
    const counts = this.operations.get(operation) ?? this.#add(operation)
    increment(counts.byStatus, status)
    const bucket = durationBoundsMs.findIndex((bound) => durationMs <= bound)
    const index = bucket < 0 ? durationBoundsMs.length : bucket
    counts.buckets[index] = itemAt(counts.buckets, index) + 1
    counts.totalMs += durationMs
    if (fault !== undefined) increment(this.faults, fault)
    if (limitedBy !== undefined) increment(this.limited, limitedBy)
  }

  #add(operation: string | null): OperationCounts {
    const counts = { byStatus: new Map(), buckets: new Array(durationBoundsMs.length + 1).fill(0), totalMs: 0 }
    this.operations.set(operation, counts)
    return counts
  }
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

import { useMemo } from 'preact/hooks'
import type { Exchange } from '../../public/journal.ts'
import { type StatusClass, statusClasses, statusClassOf } from './exchange-filter.ts'

const bucketCount = 60
const height = 28

type Counts = Partial<Record<StatusClass, number>>

/** How many responses of each status there were, over the time of the listed requests. */
export function StatusTimeline({ exchanges }: { exchanges: readonly Exchange[] }) {
  const buckets = useMemo(() => countByTime(exchanges), [exchanges])
  const highest = Math.max(1, ...buckets.map(totalOf))
  return (
    <svg
      class="timeline"
      viewBox={`0 0 ${bucketCount} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Statuses over time: ${summarize(buckets)}`}
    >
      {buckets.flatMap((counts, i) => barsOf(counts, i, height / highest))}
    </svg>
  )
}

function barsOf(counts: Counts, i: number, scale: number) {
  let top = height
  return statusClasses.flatMap((statusClass) => {
    const count = counts[statusClass]
    if (count === undefined) return []
    top -= count * scale
    return (
      <rect
        key={`${i} ${statusClass}`}
        class={`fill-${statusClass}`}
        x={i + 0.1}
        y={top}
        width={0.8}
        height={count * scale}
      />
    )
  })
}

function countByTime(exchanges: readonly Exchange[]): Counts[] {
  const times = exchanges.map(({ at }) => Date.parse(at))
  // The order of arrival is not the order of time: the clock of the mock can be set back, and each portal has its own.
  const first = Math.min(...times)
  const lengthMs = Math.max(1, Math.max(...times) - first + 1)
  const buckets: Counts[] = Array.from({ length: bucketCount }, () => ({}))
  exchanges.forEach((exchange, i) => {
    const counts = buckets[Math.floor((((times[i] ?? first) - first) / lengthMs) * bucketCount)]
    const statusClass = statusClassOf(exchange)
    if (counts !== undefined) counts[statusClass] = (counts[statusClass] ?? 0) + 1
  })
  return buckets
}

function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function summarize(buckets: readonly Counts[]): string {
  const totals = statusClasses.map((name) => ({ name, total: buckets.reduce((sum, one) => sum + (one[name] ?? 0), 0) }))
  const present = totals.filter(({ total }) => total > 0).map(({ name, total }) => `${total} × ${name}`)
  return present.length === 0 ? 'no requests' : present.join(', ')
}

import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, type MetricValueWithName, Registry } from 'prom-client'
import { durationBoundsMs, type OperationCounts, type RequestCounters } from '../world/request-counters.ts'
import type { World } from '../world/world.ts'

const millisecondsPerSecond = 1000
const nanosecondsPerSecond = 1e9

/** The metrics of one mock. No label has a token or the name of a portal, whose number has no bound. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #lag = monitorEventLoopDelay()

  constructor(world: World, version: string) {
    this.#lag.enable()
    const registers = [this.#registry]
    addRequestMetrics(world.requestCounters, registers)
    addStateMetrics(world, version, registers)
    addLagMetrics(this.#lag, registers)
  }

  async read(): Promise<{ contentType: string; text: string }> {
    const text = await this.#registry.metrics()
    // Each scrape has the lag since the previous one.
    this.#lag.reset()
    return { contentType: this.#registry.contentType, text }
  }

  /** Stops measuring the lag of the event loop. */
  close(): void {
    this.#lag.disable()
  }
}

function addRequestMetrics(counters: RequestCounters, registers: Registry[]): void {
  new Counter({
    name: 'hubspot_mock_requests_total',
    help: "Requests to HubSpot's API that have ended. The status is none if there was no response.",
    labelNames: ['operation', 'status'],
    registers,
    collect() {
      this.reset()
      for (const [operation, { byStatus }] of counters.operations) {
        for (const [status, count] of byStatus) this.inc(labelsOf(operation, status), count)
      }
    },
  })
  addCounter('hubspot_mock_faults_total', 'Responses with a fault, such as reset.', 'fault', counters.faults, registers)
  addCounter(
    'hubspot_mock_rate_limited_total',
    'Requests that got a 429: by a scenario, or by the rate limit of the mock.',
    'by',
    counters.limited,
    registers,
  )
  addDurations(counters, registers)
}

/** A counter with one label, whose counts are in a map by the values of the label. */
function addCounter(
  name: string,
  help: string,
  label: string,
  counts: ReadonlyMap<string, number>,
  registers: Registry[],
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers,
    collect() {
      this.reset()
      for (const [value, count] of counts) this.inc({ [label]: value }, count)
    },
  })
}

function labelsOf(operation: string | null, status: number | null) {
  return { operation: operation ?? unserved, status: status ?? 'none' }
}

/** The label of requests to paths that are not served. */
const unserved = 'unserved'

/**
 * Adds the histogram of durations. The registry reads its buckets from the counters, through a function that replaces the
 * histogram's own, because observing every request would take longer than counting it.
 */
function addDurations(counters: RequestCounters, registers: Registry[]): void {
  const name = durationName
  const help = "How long requests to HubSpot's API took, including delays of scenarios."
  const histogram = new Histogram({ name, help, labelNames: ['operation'], registers })
  const getForPromString = async () => {
    const values = [...counters.operations].flatMap(([operation, counts]) => valuesOf(operation ?? unserved, counts))
    return { name, help, type: 'histogram', values }
  }
  Object.assign(histogram, { getForPromString })
}

const durationName = 'hubspot_mock_request_duration_seconds'

/** The cumulative buckets, the sum and the count of one operation. */
function valuesOf(operation: string, { buckets, totalMs }: OperationCounts): MetricValueWithName<'operation' | 'le'>[] {
  let count = 0
  const cumulative = buckets.map((inBucket, index) => {
    count += inBucket
    const boundMs = durationBoundsMs[index]
    const le = boundMs === undefined ? '+Inf' : boundMs / millisecondsPerSecond
    return { metricName: `${durationName}_bucket`, labels: { operation, le }, value: count }
  })
  return [
    ...cumulative,
    { metricName: `${durationName}_sum`, labels: { operation }, value: totalMs / millisecondsPerSecond },
    { metricName: `${durationName}_count`, labels: { operation }, value: count },
  ]
}

function addStateMetrics(world: World, version: string, registers: Registry[]): void {
  const info = new Gauge({
    name: 'hubspot_mock_info',
    help: 'The version of the mock.',
    labelNames: ['version'],
    registers,
  })
  info.set({ version }, 1)
  addGauge('hubspot_mock_portals', 'Portals in memory.', () => world.portals.length, registers)
  addGauge('hubspot_mock_campaigns', 'Campaigns of the whole mock.', () => world.campaigns.size, registers)
  addGauge(
    'hubspot_mock_journal_bytes',
    'Memory that the journal takes, estimated.',
    () => world.journal.bytes,
    registers,
  )
  addGauge(
    'hubspot_mock_journal_dropped',
    'Exchanges that the journal has dropped since it was cleared, to stay within its limits.',
    () => world.journal.dropped(),
    registers,
  )
}

/** As in Node, the lag includes the interval of the measurement: an idle mock has about ten milliseconds. */
function addLagMetrics(lag: IntervalHistogram, registers: Registry[]): void {
  const values: Record<string, () => number> = {
    mean: () => lag.mean,
    p50: () => lag.percentile(50),
    p99: () => lag.percentile(99),
    max: () => lag.max,
  }
  for (const [name, value] of Object.entries(values)) {
    const help = `Delay of the event loop since the previous scrape: ${name}.`
    // Without a measurement the mean is not a number.
    const seconds = () => (lag.count === 0 ? 0 : value() / nanosecondsPerSecond)
    addGauge(`nodejs_eventloop_lag_${name}_seconds`, help, seconds, registers)
  }
}

function addGauge(name: string, help: string, value: () => number, registers: Registry[]): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(value())
    },
  })
}

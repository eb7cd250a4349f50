import type { ClockState, RateLimitState } from '../../public/controls.ts'
import type { PortalSummary } from '../../public/portal.ts'
import type { PlayState } from '../../public/step.ts'
import type { Api } from './api.ts'
import { Observable } from './observable.ts'

/** The active scenario, as `GET /_mock/scenario` has it. */
export type ActiveScenario = { readonly [K in keyof PlayState]: PlayState[K] | null }

const shortestPauseMs = 1000

/** The state of the mock, or of the chosen portal, apart from its exchanges. It is read again after changes. */
export class MockState extends Observable {
  readonly #api: Api
  portals: readonly PortalSummary[] = []
  scenario: ActiveScenario = { name: null, step: null, left: null }
  clock: ClockState = { now: '', running: true }
  rateLimit: RateLimitState | undefined
  /** When the clock was read, as `performance.now()` of the browser. */
  readAtMs = 0
  #isWaiting = false
  #reads = 0

  constructor(api: Api) {
    super()
    this.#api = api
  }

  /** Reads the state soon, at most once a second, and not while nobody sees the page. */
  refreshSoon(): void {
    if (this.#isWaiting || document.visibilityState === 'hidden') return
    this.#isWaiting = true
    setTimeout(() => {
      this.#isWaiting = false
      void this.refresh()
    }, shortestPauseMs)
  }

  /** Reads the state now. Where the mock cannot be reached, the previous state stays. */
  async refresh(): Promise<void> {
    this.#reads += 1
    const read = this.#reads
    const [portals, scenario, clock, rateLimit] = await Promise.allSettled([
      this.#api.getForMock<{ portals: PortalSummary[] }>('portals'),
      this.#api.get<ActiveScenario>('scenario'),
      this.#api.get<ClockState>('clock'),
      this.#api.get<RateLimitState>('rate-limit'),
    ])
    // A later read, such as for another portal, replaces this one.
    if (read !== this.#reads) return
    if (portals.status === 'fulfilled') this.portals = portals.value.portals
    if (scenario.status === 'fulfilled') this.scenario = scenario.value
    if (clock.status === 'fulfilled') {
      this.clock = clock.value
      this.readAtMs = performance.now()
    }
    if (rateLimit.status === 'fulfilled') this.rateLimit = rateLimit.value
    this.changed()
  }

  /** What a portal is called: its label, or its name. */
  labelOf(name: string | null): string {
    if (name === null) return 'no token'
    return this.portals.find((portal) => portal.name === name)?.label ?? name
  }

  /** The clock of the mock now, in milliseconds since the epoch; undefined before it is known. */
  get nowMs(): number | undefined {
    const read = Date.parse(this.clock.now)
    if (Number.isNaN(read)) return undefined
    return read + (this.clock.running ? performance.now() - this.readAtMs : 0)
  }
}

import type { OperationName } from '../contract/operations.ts'
import type { RateLimitName } from '../contract/rate-limits.ts'
import type { RateLimitState } from '../public/controls.ts'
import type { PlayState } from '../public/step.ts'
import { AdjustableClock } from './adjustable-clock.ts'
import type { Campaigns } from './campaigns/campaigns.ts'
import type { Clock } from './clock.ts'
import { Holds } from './holds.ts'
import type { NewIds } from './new-ids.ts'
import type { PlantedPart } from './planted-data.ts'
import { type Allowance, RateLimiter } from './rate-limiter.ts'
import { Scenarios } from './scenarios/scenario.ts'
import { type Play, ScenarioPlayer } from './scenarios/scenario-player.ts'
import type { Step } from './scenarios/step.ts'
import type { StepCall } from './scenarios/step-condition.ts'
import type { Grant } from './tokens.ts'

/** The step that one request takes, and the name of its scenario. */
export interface PlayedStep {
  readonly scenario: string
  readonly step: Step
}

/** What a portal needs from its mock. */
export interface PortalOptions {
  /** A short hash of the token, for places where the token itself must not appear. */
  readonly name: string
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  /** Returns the rate limit of the whole mock. */
  readonly rateLimitOfMock: () => RateLimitName
  /** The clock of the mock. The clock of the portal has an offset from it. */
  readonly clock: Clock
  /** Counts what is added to this portal. */
  readonly planted: PlantedPart
  /** The seed of the calls that take a step with `chance`. */
  readonly seed: number
  /** Creates the ids of new campaigns and items. */
  readonly newIds: NewIds
  /** Returns the active scenario of the whole mock. */
  readonly playOfMock: () => Play | undefined
}

/** App ids and account ids are below these numbers. */
const appIdLimit = 10_000_000
const accountIdLimit = 100_000_000

/** One HubSpot account: the campaigns and scenarios of the mock, with its own changes on top. */
export class Portal {
  readonly name: string
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly clock: AdjustableClock
  readonly newIds: NewIds
  readonly holds = new Holds()
  /** A name that a test gave to the portal. */
  label: string | undefined
  /** What a test gave to the token; undefined if the fixture and the options apply. */
  grant: Grant | undefined
  /** When each clone was created, in milliseconds since the epoch, by the canonical id of the new campaign. */
  readonly clones = new Map<string, number>()
  /** Whether the refresh token of this portal was issued for a code, or revoked. */
  refreshTokenState: 'as in the fixture' | 'issued' | 'revoked' = 'as in the fixture'
  readonly #player: ScenarioPlayer
  readonly #rateLimitOfMock: () => RateLimitName
  /** The rate limit of this portal; undefined if that of the mock applies. */
  #rateLimit: RateLimitName | undefined
  #rateLimiter: RateLimiter
  readonly #playOfMock: () => Play | undefined
  readonly #planted: PlantedPart
  /** The scenario of this portal; null after `stop`; undefined if the scenario of the mock applies. */
  #play: Play | null | undefined

  constructor({ name, campaigns, scenarios, clock, newIds, planted, seed, ...ofMock }: PortalOptions) {
    this.name = name
    this.newIds = newIds
    this.clock = new AdjustableClock(clock)
    this.campaigns = campaigns.layer(planted)
    this.scenarios = new Scenarios([], scenarios, planted)
    this.#player = new ScenarioPlayer(this.scenarios, this.clock, `${seed} ${name}`)
    this.#rateLimitOfMock = ofMock.rateLimitOfMock
    this.#rateLimiter = new RateLimiter(ofMock.rateLimitOfMock(), this.clock)
    this.#playOfMock = ofMock.playOfMock
    this.#planted = planted
  }

  /**
   * Takes the next step for a request.
   * @param named the scenario that the request names, and where; otherwise the active scenario is used
   * @throws {InvalidRequest} if the named scenario is unknown
   */
  takeStep(named: Play | undefined, call: StepCall): PlayedStep | undefined {
    const play = named ?? this.activePlay
    const step = play === undefined ? undefined : this.#player.take(play, call)
    return play === undefined || step === undefined ? undefined : { scenario: play.name, step }
  }

  /**
   * Whether the next step depends on the body of a request.
   * @param named the scenario that the request names; otherwise the active scenario is used
   * @throws {InvalidRequest} if the named scenario is unknown
   */
  stepDependsOnBody(named: Play | undefined, operation: OperationName): boolean {
    const play = named ?? this.activePlay
    return play !== undefined && this.#player.dependsOnBody(play, operation)
  }

  /** The scenario to play, of this portal or of the mock; undefined if none is active. */
  get activePlay(): Play | undefined {
    return this.#play === undefined ? this.#playOfMock() : (this.#play ?? undefined)
  }

  /** The numbers of an app and its account for rate limit errors. They are always the same for a token. */
  get words(): Record<'app' | 'portal', string> {
    const number = Number.parseInt(this.name, 16)
    return { app: String(number % appIdLimit), portal: String(Math.floor(number / appIdLimit) % accountIdLimit) }
  }

  /** Counts one call against the rate limit. */
  takeCall(): Allowance {
    return this.#rateLimiter.take()
  }

  /** The rate limit and the calls that are left. */
  get rateLimit(): RateLimitState {
    return this.#rateLimiter.state
  }

  /** Sets the rate limit; undefined for that of the mock. The calls that were made before do not count. */
  setRateLimit(limit: RateLimitName | undefined): void {
    this.#rateLimit = limit
    this.#rateLimiter = new RateLimiter(limit ?? this.#rateLimitOfMock(), this.clock)
  }

  /** Takes over the rate limit of the mock after a change, unless this portal has its own. */
  followRateLimit(): void {
    if (this.#rateLimit === undefined) this.setRateLimit(undefined)
  }

  /**
   * Plays a scenario from its first step, instead of the scenario of the mock.
   * @throws {InvalidRequest} if the name is unknown · {TooMuchData} if the mock has no space for the steps
   */
  play(play: Play): void {
    this.#planted.set('play', play.steps ?? null)
    this.#player.restart(play)
    this.#play = play
  }

  /** Restarts a scenario of the whole mock, unless this portal has its own. */
  restart(play: Play): void {
    if (this.#play === undefined) this.#player.restart(play)
  }

  /** Stops the scenario of this portal. The scenario of the mock then does not apply either. */
  stop(): void {
    this.#play = null
  }

  /** Releases every response that is held. @returns their number */
  release(): number {
    return this.holds.release()
  }

  /** The active scenario and its progress; undefined if there is none. */
  get playing(): PlayState | undefined {
    const play = this.activePlay
    return play === undefined ? undefined : this.#player.state(play)
  }
}

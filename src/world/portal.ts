import type { OperationName } from '../contract/operations.ts'
import type { RateLimitName } from '../contract/rate-limits.ts'
import { AdjustableClock } from './adjustable-clock.ts'
import type { Campaigns } from './campaigns/campaigns.ts'
import type { Clock } from './clock.ts'
import type { NewIds } from './new-ids.ts'
import { type Allowance, RateLimiter } from './rate-limiter.ts'
import { Scenarios } from './scenarios/scenario.ts'
import { type Play, type PlayState, ScenarioPlayer } from './scenarios/scenario-player.ts'
import type { Step } from './scenarios/step.ts'

/** The step that one request takes, and the name of its scenario. */
export interface PlayedStep {
  readonly scenario: string
  readonly step: Step
}

/** What a portal takes from the mock it belongs to. */
export interface PortalOptions {
  /** A short hash that tells portals apart where the token itself must not be seen. */
  readonly name: string
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly rateLimit: RateLimitName
  /** The clock of the mock, with which that of the portal runs. */
  readonly clock: Clock
  /** Where the ids of new campaigns and items come from. */
  readonly newIds: NewIds
  /** What plays in the whole mock at this moment. */
  readonly playsInMock: () => Play | undefined
}

const mostAppId = 10_000_000
const mostPortalId = 100_000_000

/** One HubSpot account as its token sees it: the mock's campaigns and scenarios, with its own changes over them. */
export class Portal {
  readonly name: string
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly clock: AdjustableClock
  readonly newIds: NewIds
  /** When each clone was created, in milliseconds since the epoch, by the canonical id of the new campaign. */
  readonly clones = new Map<string, number>()
  /** What has become of the refresh token of this portal: issued for a code, or revoked. */
  refreshTokenState: 'as in the fixture' | 'issued' | 'revoked' = 'as in the fixture'
  readonly #player: ScenarioPlayer
  readonly #rateLimiter: RateLimiter
  readonly #playsInMock: () => Play | undefined
  /** What was set to play here; null when it was stopped here; undefined when it was left to the mock. */
  #play: Play | null | undefined

  constructor({ name, campaigns, scenarios, rateLimit, clock, newIds, playsInMock }: PortalOptions) {
    this.name = name
    this.newIds = newIds
    this.clock = new AdjustableClock(clock)
    this.campaigns = campaigns.layer()
    this.scenarios = new Scenarios([], scenarios)
    this.#player = new ScenarioPlayer(this.scenarios, this.clock)
    this.#rateLimiter = new RateLimiter(rateLimit, this.clock)
    this.#playsInMock = playsInMock
  }

  /**
   * Takes this request's step of the scenario it names, else of the one that plays.
   * @throws {InvalidRequest} if it names one that does not exist
   */
  takeStep(named: string | undefined, operation: OperationName): PlayedStep | undefined {
    const play = named === undefined ? this.#playing() : { name: named }
    const step = play === undefined ? undefined : this.#player.take(play, operation)
    return play === undefined || step === undefined ? undefined : { scenario: play.name, step }
  }

  /** Whether anything is set to play here, or in the mock. */
  get plays(): boolean {
    return this.#playing() !== undefined
  }

  /** What HubSpot names an app and its account by in rate limit errors: numbers, always the same for a token. */
  get words(): Record<'app' | 'portal', string> {
    const number = Number.parseInt(this.name, 16)
    return { app: String(number % mostAppId), portal: String(Math.floor(number / mostAppId) % mostPortalId) }
  }

  /** Counts one call. */
  takeCall(): Allowance {
    return this.#rateLimiter.take()
  }

  /**
   * Plays a scenario from its beginning, until it is stopped or another plays.
   * @throws {InvalidRequest} if there is none of this name
   */
  play(play: Play): void {
    this.#player.restart(play)
    this.#play = play
  }

  /** Begins a scenario anew that plays in the whole mock, unless something of its own plays here. */
  restart(play: Play): void {
    if (this.#play === undefined) this.#player.restart(play)
  }

  /** Lets nothing play here, whatever plays in the mock. */
  stop(): void {
    this.#play = null
  }

  /** What plays now and how far it has come; undefined if nothing does. */
  get playing(): PlayState | undefined {
    const play = this.#playing()
    return play === undefined ? undefined : this.#player.state(play)
  }

  #playing(): Play | undefined {
    return this.#play === undefined ? this.#playsInMock() : (this.#play ?? undefined)
  }
}

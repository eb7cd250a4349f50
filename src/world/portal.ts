import { createHash } from 'node:crypto'
import type { Campaigns } from './campaigns.ts'
import type { Clock } from './clock.ts'
import { ScenarioPlayer, type Scenarios, type Step } from './scenario.ts'

/** What plays in answer to one request: a scenario's name and, unless all its steps are played, a step. */
export interface Playing {
  readonly scenario: string
  readonly step: Step
}

/** One HubSpot account as its token sees it. */
export class Portal {
  /** A short hash that tells portals apart where the token itself must not be seen. */
  readonly name: string
  readonly campaigns: Campaigns
  readonly #player: ScenarioPlayer
  /** The scenario that plays when a request names none. */
  readonly #scenario: string | undefined

  constructor(
    token: string,
    {
      campaigns,
      scenarios,
      scenario,
      clock,
    }: { campaigns: Campaigns; scenarios: Scenarios; scenario: string | undefined; clock: Clock },
  ) {
    this.name = createHash('sha256').update(token).digest('hex').slice(0, 8)
    this.campaigns = campaigns
    this.#player = new ScenarioPlayer(scenarios, clock)
    this.#scenario = scenario
  }

  /**
   * Takes this request's step of the scenario it names, else of the one that plays.
   * @throws {InvalidRequest} if it names one that does not exist
   */
  takeStep(named: string | undefined): Playing | undefined {
    const scenario = named ?? this.#scenario
    if (scenario === undefined) return undefined
    const step = this.#player.take(scenario)
    return step === undefined ? undefined : { scenario, step }
  }
}

import { BadInput } from '../refusal.ts'
import { portalTokenOf } from '../tokens.ts'
import type { World } from '../world.ts'
import { CampaignControls } from './campaign-controls.ts'
import { ClockControls } from './clock-controls.ts'
import { JournalControls } from './journal-controls.ts'
import { ScenarioControls } from './scenario-controls.ts'

/**
 * The verbs of the whole mock, or of one portal. The control API and the library both use them.
 * @example
 * const portal: Controls = mock.portal('token-of-this-test')
 * portal.campaigns.put({ id: 'spring', properties: { hs_name: 'Spring' } })
 * portal.scenarios.play([{ error: 'rate-limited', times: 2 }])
 * console.log(portal.journal.count({ status: 429 }))
 * portal.reset()
 */
export class Controls {
  /** Lists, gets, adds and removes campaigns. */
  readonly campaigns: CampaignControls
  /** Defines, plays and stops scenarios. */
  readonly scenarios: ScenarioControls
  /** Lists, counts and verifies requests with their responses. */
  readonly journal: JournalControls
  /** Reads and moves the clock. */
  readonly clock: ClockControls
  readonly #world: World
  readonly #token: string | undefined

  /**
   * @param given the token of a portal; undefined for the whole mock
   * @throws {BadInput} if the token is invalid
   */
  constructor(world: World, given?: string) {
    const token = typeof given === 'string' ? portalTokenOf(given) : given
    if (token !== undefined) checkToken(token)
    this.campaigns = new CampaignControls(world, token)
    this.scenarios = new ScenarioControls(world, token)
    this.journal = new JournalControls(world, token)
    this.clock = new ClockControls(world, token)
    this.#world = world
    this.#token = token
  }

  /**
   * Restores the state after start: campaigns, scenario, journal, clock and rate limit.
   * @example
   * portal.reset()
   */
  reset(): void {
    if (this.#token === undefined) this.#world.reset()
    else this.#world.resetPortal(this.#token)
  }
}

function checkToken(token: unknown): void {
  if (typeof token === 'string' && /^[^\s~]+$/.test(token)) return
  throw new BadInput(
    'the token is empty, or contains a space or a ~',
    'use the token without Bearer and without a scenario',
  )
}

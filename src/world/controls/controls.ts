import type * as api from '../../public/controls.ts'
import { BadInput } from '../../public/errors.ts'
import type { ExportedFixture } from '../../public/fixture.ts'
import { portalTokenOf } from '../tokens.ts'
import type { World } from '../world.ts'
import { CampaignControls } from './campaign-controls.ts'
import { ClockControls } from './clock-controls.ts'
import { ErrorControls } from './error-controls.ts'
import { exportState } from './export-state.ts'
import { JournalControls } from './journal-controls.ts'
import { RateLimitControls } from './rate-limit-controls.ts'
import { ScenarioControls } from './scenario-controls.ts'

/** The verbs of the whole mock, or of one portal. The control API and the library both use them. */
export class Controls implements api.Controls {
  readonly campaigns: CampaignControls
  readonly errors: ErrorControls
  readonly scenarios: ScenarioControls
  readonly journal: JournalControls
  readonly clock: ClockControls
  readonly rateLimit: RateLimitControls
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
    this.errors = new ErrorControls(world, token)
    this.scenarios = new ScenarioControls(world, token)
    this.journal = new JournalControls(world, token)
    this.clock = new ClockControls(world, token)
    this.rateLimit = new RateLimitControls(world, token)
    this.#world = world
    this.#token = token
  }

  fixture(): ExportedFixture {
    return structuredClone(exportState(this.#world, this.#token))
  }

  reset(): void {
    this.#world.refuseIfClosed()
    if (this.#token === undefined) this.#world.reset()
    else this.#world.resetPortal(this.#token)
  }
}

/** Characters that the value of a header can carry, without the space and the `~` of a scenario. */
const tokenPattern = /^[\x21-\x7d]+$/

function checkToken(token: unknown): void {
  if (typeof token === 'string' && tokenPattern.test(token)) return
  const hint = 'use the token without Bearer and without a scenario'
  throw new BadInput('the token is empty, or contains a space, a ~ or a character that is not ASCII', hint)
}

import { deepFreeze } from '../text/deep-freeze.ts'
import { findProblems, withoutUndefined } from '../text/schema-problems.ts'
import type { Campaign } from './campaigns/campaign.ts'
import { ClockControls } from './clock-controls.ts'
import { checkCampaign } from './fixtures/check-fixture.ts'
import type { FixtureCampaign } from './fixtures/fixture.ts'
import type { Exchange } from './journal/exchange.ts'
import { JournalFilter } from './journal/journal.ts'
import { type Verdict, Verification, verify } from './journal/verify.ts'
import { BadInput, NotThere, refuseFirst } from './refusal.ts'
import { type ScenarioName, scenarioNamePattern, scenarioNameRule } from './scenarios/scenario.ts'
import { type PlayState, unnamed } from './scenarios/scenario-player.ts'
import { checkSteps, type Steps } from './scenarios/step.ts'
import { portalTokenOf } from './tokens.ts'
import type { World } from './world.ts'

/**
 * What a tester can do to the whole mock or, by its token, to one portal alone.
 * The control API and the library are both skins over this.
 * @example
 * const portal: Controls = mock.portal('token-of-this-test')
 * portal.campaigns.put({ id: 'spring', properties: { hs_name: 'Spring' } })
 * portal.scenarios.play([{ error: 'rate-limited', times: 2 }])
 * console.log(portal.journal.count({ status: 429 }))
 * portal.reset()
 */
export class Controls {
  /** Looks at, plants and removes campaigns. */
  readonly campaigns: CampaignControls
  /** Says what plays. */
  readonly scenarios: ScenarioControls
  /** What was asked and answered. */
  readonly journal: JournalControls
  /** Reads and moves the clock. */
  readonly clock: ClockControls
  readonly #world: World
  readonly #token: string | undefined

  /** @throws {BadInput} if no client could bear such a token */
  constructor(world: World, given?: string) {
    const token = typeof given === 'string' ? portalTokenOf(given) : given
    if (token !== undefined) refuseUnbearable(token)
    this.campaigns = new CampaignControls(world, token)
    this.scenarios = new ScenarioControls(world, token)
    this.journal = new JournalControls(world, token)
    this.clock = new ClockControls(world, token)
    this.#world = world
    this.#token = token
  }

  /**
   * Back to the moment after start: campaigns, scenario, journal and rate limit.
   * @example
   * portal.reset()
   */
  reset(): void {
    if (this.#token === undefined) this.#world.reset()
    else this.#world.resetPortal(this.#token)
  }
}

function refuseUnbearable(token: unknown): void {
  if (typeof token === 'string' && /^[^\s~]+$/.test(token)) return
  throw new BadInput('the token is empty, or has a space or a ~ in it', 'give it alone, without Bearer before it')
}

/** Whatever of the world is meant: asked for each time, since a reset makes a new one. */
class WorldPart {
  protected readonly world: World
  protected readonly token: string | undefined

  constructor(world: World, token: string | undefined) {
    this.world = world
    this.token = token
  }

  /** To look at: a portal that is only looked at does not begin to be. */
  protected get looked() {
    return this.token === undefined ? this.world : this.world.lookAt(this.token)
  }

  /** To change, once it is sure that the change can be made. */
  protected get target() {
    return this.token === undefined ? this.world : this.world.portal(this.token)
  }

  protected get portalName(): string | undefined {
    return this.token === undefined ? undefined : this.world.portalName(this.token)
  }
}

const campaignHint =
  'a campaign is {id, properties, createdAt, updatedAt, businessUnits, assets, budgetItems, spendItems, reports}: all but the id may be left out'

class CampaignControls extends WorldPart {
  /**
   * The campaigns in a fixed order, the generated ones last: at most `limit` (100), behind the one with the id `after`.
   * @example
   * const names = portal.campaigns.list({ limit: 10 }).map(({ properties }) => properties['hs_name'])
   */
  list({ limit = 100, after }: { limit?: number | undefined; after?: string | undefined } = {}): Campaign[] {
    const page: Campaign[] = []
    if (limit === 0) return page
    for (const campaign of this.looked.campaigns.list(after)) {
      if (page.push(deepFreeze(campaign)) === limit) break
    }
    return page
  }

  /**
   * One campaign, its gaps filled. It is frozen: `put` changes it.
   * @throws {NotThere}
   * @example
   * const { createdAt } = portal.campaigns.get('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  get(id: string): Campaign {
    const campaign = this.looked.campaigns.find(id)
    if (campaign === undefined) throw noCampaign(id)
    return deepFreeze(campaign)
  }

  /**
   * Plants a campaign, in the place of one with its id if there is one. All but the id may be left out.
   * @throws {BadInput} if it is none; then nothing changes
   * @example
   * portal.campaigns.put({
   *   id: 'spring',
   *   properties: { hs_name: 'Spring' },
   *   assets: { MARKETING_EMAIL: [{ id: '1', metrics: { SENT: 1200, OPEN: 480 } }] },
   * })
   */
  put(campaign: FixtureCampaign): Campaign {
    refuseFirst(checkCampaign(campaign), campaignHint)
    return deepFreeze(this.target.campaigns.put(structuredClone(campaign)))
  }

  /**
   * Removes a campaign: whoever asks for it is told that it is not there.
   * @throws {NotThere}
   * @example
   * portal.campaigns.remove('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  remove(id: string): void {
    if (this.looked.campaigns.find(id) === undefined) throw noCampaign(id)
    this.target.campaigns.remove(id)
  }
}

function noCampaign(id: string): NotThere {
  return new NotThere(`no campaign ${JSON.stringify(id)}`, 'GET /_mock/campaigns lists those there are')
}

const stepsHint =
  'steps are a list of {status, results, error, delay, fault, headers, times, for, on}: all may be left out'

/** No test defines so many; a loop that has gone wild would fill the memory. */
const mostScenarios = 1000

class ScenarioControls extends WorldPart {
  /**
   * All scenarios under their names, the shipped ones too.
   * @example
   * console.log(Object.keys(portal.scenarios.list()))
   */
  list(): Record<string, Steps> {
    const { scenarios } = this.looked
    return Object.fromEntries(scenarios.names.map((name) => [name, scenarios.find(name) ?? []]))
  }

  /**
   * Gives a name its steps, new ones if it has some.
   * @throws {BadInput} if the name or the steps cannot be used; then nothing changes
   * @example
   * portal.scenarios.define('slow-start', [{ status: 'PENDING', times: 3 }, { status: 'COMPLETE' }])
   * portal.scenarios.play('slow-start')
   */
  define(name: string, steps: Steps): void {
    if (!scenarioNamePattern.test(name)) {
      throw new BadInput(`${JSON.stringify(name)} is no name`, scenarioNameRule)
    }
    refuseFirst(checkSteps(steps), stepsHint)
    const { scenarios } = this.looked
    if (scenarios.names.length >= mostScenarios && scenarios.find(name) === undefined) {
      throw new BadInput(`there are ${mostScenarios} scenarios already`, 'reset, or give one of them new steps')
    }
    this.target.scenarios.define(name, structuredClone(steps))
  }

  /**
   * Plays a scenario from its beginning: by its name, or steps that have none.
   * @throws {NotThere} if there is none of this name · {BadInput} if the steps cannot be used
   * @example
   * portal.scenarios.play('backlog')
   * portal.scenarios.play([{ error: 'rate-limited', times: 2 }, { fault: 'reset', times: 1 }])
   */
  play(what: ScenarioName | Steps): void {
    const { scenarios } = this.looked
    if (typeof what !== 'string') {
      refuseFirst(checkSteps(what), stepsHint)
      this.target.play({ name: unnamed, steps: structuredClone(what) })
    } else if (scenarios.find(what) === undefined) {
      throw new NotThere(scenarios.describeUnknown(what), 'PUT /_mock/scenarios/:name defines one')
    } else this.target.play({ name: what })
  }

  /**
   * Lets nothing play: answers are normal, in a portal also where something plays in the whole mock.
   * @example
   * portal.scenarios.stop()
   */
  stop(): void {
    this.target.stop()
  }

  /**
   * What plays now, the step that is next and what is left of it; undefined if nothing plays.
   * @example
   * console.log(portal.scenarios.playing?.step)
   */
  get playing(): PlayState | undefined {
    return this.looked.playing
  }
}

class JournalControls extends WorldPart {
  /**
   * The exchanges that were kept, oldest first.
   * @example
   * const asked = portal.journal.list({ status: 207 }).map(({ ids }) => ids)
   */
  list(filter: JournalFilter = {}): Exchange[] {
    refuseFirst(
      findProblems(JournalFilter, withoutUndefined(filter)),
      'a filter is {method, path, status, scenario, id, since, limit}',
    )
    return this.world.journal.list(filter, this.portalName)
  }

  /**
   * The newest exchange, of those a filter lets through.
   * @example
   * console.log(portal.journal.last()?.properties)
   */
  last(filter: JournalFilter = {}): Exchange | undefined {
    return this.list(filter).at(-1)
  }

  /**
   * How many exchanges a filter lets through.
   * @example
   * console.log(portal.journal.count({ status: 429 }))
   */
  count(filter: JournalFilter = {}): number {
    return this.list(filter).length
  }

  /**
   * How many exchanges were dropped to keep the journal small: it has the last 1000 of each portal, 32 MiB of all.
   * @example
   * console.log(portal.journal.dropped)
   */
  get dropped(): number {
    return this.world.journal.dropped(this.portalName)
  }

  /**
   * The exchange whose answer bore this `x-hubspot-correlation-id`.
   * @throws {NotThere}
   * @example
   * const [first] = portal.journal.list()
   * if (first !== undefined) console.log(portal.journal.get(first.correlationId).status)
   */
  get(correlationId: string): Exchange {
    const exchange = this.list().find((one) => one.correlationId === correlationId)
    if (exchange !== undefined) return exchange
    throw new NotThere(`no request ${JSON.stringify(correlationId)}`, 'GET /_mock/requests lists those that were kept')
  }

  /**
   * Counts exchanges, and where the number is wrong names the nearest ones and in what they differ.
   * @example
   * const { ok, nearest } = portal.journal.verify({ where: { ids: ['spring'], properties: ['hs_name'] }, times: 1 })
   * if (!ok) console.error(nearest)
   */
  verify(verification: Verification): Verdict {
    refuseFirst(findProblems(Verification, withoutUndefined(verification)), 'give {where, times}')
    return verify(this.list(), verification)
  }

  /**
   * Forgets what was recorded.
   * @example
   * portal.journal.clear()
   */
  clear(): void {
    this.world.journal.clear(this.portalName)
  }
}

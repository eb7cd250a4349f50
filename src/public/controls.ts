import type { Campaign, ExportedFixture, FixtureCampaign, FixtureError } from './fixture.ts'
import type { Har } from './har.ts'
import type {
  Exchange,
  JournalEvent,
  JournalFilter,
  Times,
  Verdict,
  Verification,
  WaitOptions,
  Where,
} from './journal.ts'
import type { RateLimitName } from './names.ts'
import type { PlayState, Scenario, ScenarioName } from './step.ts'

/**
 * The methods of the whole mock, or of one portal. The control API has a call for each.
 * @example
 * const portal: Controls = mock.portal('token-of-this-test')
 * portal.campaigns.put({ id: 'spring', properties: { hs_name: 'Spring' } })
 * portal.scenarios.play([{ error: 'rate-limited', times: 2 }])
 * console.log(portal.journal.count({ status: 429 }))
 * portal.reset()
 */
export interface Controls {
  /** Lists, gets, adds and removes campaigns. */
  readonly campaigns: CampaignControls
  /** Lists, gets, adds and removes ids that fail. */
  readonly errors: ErrorControls
  /** Defines, plays and stops scenarios. */
  readonly scenarios: ScenarioControls
  /** Lists, counts and verifies requests with their responses. */
  readonly journal: JournalControls
  /** Reads and moves the clock. */
  readonly clock: ClockControls
  /** Reads and sets the rate limit. */
  readonly rateLimit: RateLimitControls
  /**
   * The current state as a fixture that loads again: campaigns, errors, scenarios and the account. Its `x-left-out` lists
   * the parts of the state that a fixture cannot contain. A scenario starts at its first step.
   * @throws {BadInput} if the fixture would be too large
   * @example
   * portal.campaigns.put({ id: 'spring' })
   * await using copy = await startMock({ fixtures: portal.fixture() })
   * console.log(copy.campaigns.get('spring').createdAt)
   */
  fixture(): ExportedFixture
  /**
   * Restores the state after start: campaigns, scenario, journal, clock and rate limit.
   * @example
   * portal.reset()
   */
  reset(): void
}

/**
 * Lists, gets, adds and removes campaigns.
 * @example
 * const { campaigns }: { campaigns: CampaignControls } = mock
 * console.log(campaigns.list().length)
 */
export interface CampaignControls {
  /**
   * Lists campaigns in a fixed order, the generated ones last.
   * @throws {BadInput} if an option is invalid
   * @example
   * const names = portal.campaigns.list({ limit: 10 }).map(({ properties }) => properties['hs_name'])
   */
  list(options?: CampaignListOptions): Campaign[]
  /**
   * Gets one campaign, with defaults for members that its fixture leaves out. It is frozen: use `put` to change it.
   * @throws {NotThere} if there is no such campaign
   * @example
   * const { createdAt } = portal.campaigns.get('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  get(id: string): Campaign
  /**
   * Adds a campaign, or replaces the one with its id. Only the id is required.
   * @returns the campaign with defaults
   * @throws {BadInput} if the campaign is invalid; then nothing changes
   * @example
   * portal.campaigns.put({
   *   id: 'spring',
   *   properties: { hs_name: 'Spring' },
   *   assets: { MARKETING_EMAIL: [{ id: '1', metrics: { SENT: 1200, OPEN: 480 } }] },
   * })
   */
  put(campaign: FixtureCampaign): Campaign
  /**
   * Adds or replaces several campaigns: all of them, or none if one is invalid.
   * @returns the campaigns with defaults
   * @throws {BadInput} if a campaign is invalid; the message has its index
   * @example
   * portal.campaigns.putAll([{ id: 'spring' }, { id: 'summer', properties: { hs_name: 'Summer' } }])
   */
  putAll(campaigns: FixtureCampaign[]): Campaign[]
  /**
   * Removes a campaign, so that clients get an error for it.
   * @throws {NotThere} if there is no such campaign
   * @example
   * portal.campaigns.remove('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  remove(id: string): void
}

/**
 * Lists, gets, adds and removes ids that fail: in a batch with their error, in a call for this campaign with a 403, 404 or
 * 400.
 * @example
 * const { errors }: { errors: ErrorControls } = mock
 * console.log(errors.list().map(({ id, category }) => `${id} ${category}`))
 */
export interface ErrorControls {
  /**
   * Lists the ids that fail, those of the fixture included.
   * @example
   * console.log(portal.errors.list().length)
   */
  list(): FixtureError[]
  /**
   * Gets the error of one id.
   * @throws {NotThere} if the id does not fail
   * @example
   * portal.errors.put({ id: 'secret', category: 'PERMISSION_DENIED', message: 'You may not see this campaign' })
   * console.log(portal.errors.get('secret').category)
   */
  get(id: string): FixtureError
  /**
   * Makes an id fail, or replaces its error. A campaign with this id is hidden until the error is removed or the campaign is
   * put again.
   * @throws {BadInput} if the error is invalid; then nothing changes
   * @example
   * portal.errors.put({ id: 'secret', category: 'PERMISSION_DENIED', message: 'You may not see this campaign' })
   */
  put(error: FixtureError): FixtureError
  /**
   * Removes the error of an id, so that its campaign is found again.
   * @throws {NotThere} if the id does not fail
   * @example
   * portal.errors.put({ id: 'secret', category: 'PERMISSION_DENIED', message: 'You may not see this campaign' })
   * portal.errors.remove('secret')
   */
  remove(id: string): void
}

/**
 * Defines, plays and stops scenarios.
 * @example
 * const { scenarios }: { scenarios: ScenarioControls } = mock
 * scenarios.play('pending')
 */
export interface ScenarioControls {
  /**
   * Returns all scenarios by name, including the built-in ones.
   * @example
   * console.log(Object.keys(portal.scenarios.list()))
   */
  list(): Record<string, Scenario>
  /**
   * Defines a scenario, or replaces the one with this name.
   * @param scenario steps, or `{ repeat: true, steps }`
   * @throws {BadInput} if the name or the steps are invalid; then nothing changes
   * @example
   * portal.scenarios.define('slow-start', [{ status: 'PENDING', times: 3 }, { status: 'COMPLETE' }])
   * portal.scenarios.play('slow-start')
   */
  define(name: string, scenario: Scenario): void
  /**
   * Plays a scenario from its first step.
   * @param what the name of a scenario, steps, or `{ repeat: true, steps }`
   * @throws {NotThere} if the name is unknown · {BadInput} if the steps are invalid
   * @example
   * portal.scenarios.play('backlog')
   * portal.scenarios.play([{ error: 'rate-limited', times: 2 }, { fault: 'reset', times: 1 }])
   */
  play(what: ScenarioName | Scenario): void
  /**
   * Stops the scenario, so that responses are normal. A portal then ignores the scenario of the whole mock as well.
   * @example
   * portal.scenarios.stop()
   */
  stop(): void
  /**
   * Releases every response that a step with `hold` holds at this moment.
   * @returns their number
   * @example
   * portal.scenarios.play([{ hold: true }])
   * console.log(portal.scenarios.release())
   */
  release(): number
  /**
   * The active scenario, its next step and what is left of that step; undefined if no scenario is active.
   * @example
   * console.log(portal.scenarios.playing?.step)
   */
  readonly playing: PlayState | undefined
}

/**
 * Lists, counts and verifies the exchanges of the journal.
 * @example
 * const { journal }: { journal: JournalControls } = mock
 * console.log(journal.count())
 */
export interface JournalControls {
  /**
   * Lists the recorded exchanges, oldest first.
   * @throws {BadInput} if the filter is invalid
   * @example
   * const requested = portal.journal.list({ status: 207 }).map(({ ids }) => ids)
   */
  list(filter?: JournalFilter): Exchange[]
  /**
   * The newest exchange that matches a filter.
   * @throws {DroppedExchanges} if there is none, and exchanges were dropped that could match
   * @example
   * console.log(portal.journal.last()?.properties)
   */
  last(filter?: JournalFilter): Exchange | undefined
  /**
   * The number of exchanges that match a filter.
   * @throws {DroppedExchanges} if exchanges were dropped that could match
   * @example
   * console.log(portal.journal.count({ status: 429 }))
   */
  count(filter?: JournalFilter): number
  /**
   * The number of exchanges that were dropped: the journal keeps the last 1000 of each portal, and 32 MiB in all.
   * @example
   * console.log(portal.journal.dropped)
   */
  readonly dropped: number
  /**
   * Gets the exchange whose response has this `x-hubspot-correlation-id`.
   * @throws {NotThere} if the journal does not have it
   * @example
   * const [first] = portal.journal.list()
   * if (first !== undefined) console.log(portal.journal.get(first.correlationId).status)
   */
  get(correlationId: string): Exchange
  /**
   * The recorded exchanges as an HTTP Archive 1.2, for the network panel of a browser and other tools. Tokens and secrets
   * are redacted.
   * @throws {BadInput} if the filter is invalid, or if the archive would be larger than 100 MiB
   * @example
   * const archive = JSON.stringify(portal.journal.har({ operation: 'batch.read' }))
   */
  har(filter?: JournalFilter): Har
  /**
   * Checks how often a request was made. If the number is wrong, the verdict has the nearest exchanges and how they differ.
   * @throws {BadInput} if the verification is invalid
   * @example
   * const { ok, nearest } = portal.journal.verify({ where: { ids: ['spring'], properties: ['hs_name'] }, times: 1 })
   * if (!ok) console.error(nearest)
   */
  verify(verification: Verification): Verdict
  /**
   * Checks how often a request was made, as `verify` does.
   * @throws {UnexpectedRequests} if the number is wrong; the message has the nearest requests and how they differ
   * @example
   * portal.journal.expect({ status: 429 }, 0)
   */
  expect(where: Where, times?: number | Times): void
  /**
   * Checks that no request drew a hint, that is, that none was refused by the mock and none had parts that HubSpot ignores.
   * @throws {UnexpectedRequests} with the hints
   * @example
   * portal.journal.expectNoHints()
   */
  expectNoHints(): void
  /**
   * Waits for a request: resolves with its exchange as soon as the response has ended, even if the journal already has it.
   * @throws {UnexpectedRequests} after the timeout; the message has the nearest requests and how they differ ·
   * {BadInput} if the filter or an option is invalid, if the mock closes, or while 100 other calls wait
   * @example
   * const request = portal.journal.waitFor({ operation: 'integrations.me' }, { until: 'received' })
   * portal.scenarios.play([{ hold: true, on: 'integrations.me' }])
   * const response = fetch(`${mock.url}/integrations/v1/me`, { headers: { authorization: 'Bearer token-of-this-test' } })
   * await request
   * portal.scenarios.release()
   * const { status } = await portal.journal.waitFor({ operation: 'integrations.me' }, { timeoutMs: 5000 })
   * console.log(status, (await response).status)
   */
  waitFor(filter?: Omit<JournalFilter, 'limit'>, options?: WaitOptions): Promise<Exchange>
  /**
   * Follows the journal: each exchange when its request has been read and when its response has ended, and each time
   * the journal is cleared. It begins with this call, and ends with the loop or when the mock closes.
   * @example
   * const events = portal.journal.events()
   * const response = fetch(`${mock.url}/integrations/v1/me`, { headers: { authorization: 'Bearer token-of-this-test' } })
   * for await (const event of events) {
   *   if (event.type === 'exchange' && event.exchange.status === 200) break
   * }
   * await response
   */
  events(): AsyncIterableIterator<JournalEvent, undefined>
  /**
   * Removes all exchanges.
   * @example
   * portal.journal.clear()
   */
  clear(): void
}

/**
 * Reads and moves the clock of the mock, or of one portal.
 * @example
 * const { clock }: { clock: ClockControls } = mock
 * clock.advance('11s')
 */
export interface ClockControls {
  /**
   * The time of the clock, and whether it runs.
   * @example
   * console.log(portal.clock.state.now)
   */
  readonly state: ClockState
  /**
   * Moves the clock forward. Rate limits, `for` steps, waiting delays, token expiry and timestamps follow it.
   * @param duration such as `'500ms'`, `'11s'`, `'2m'`, `'1h'` or `'1d'`; a number is milliseconds
   * @throws {BadInput} for an invalid duration, or if the mock was given a clock
   * @example
   * portal.clock.advance('11s')
   */
  advance(duration: string | number): ClockState
  /**
   * Moves the clock to a moment.
   * @param moment such as `2026-05-01` or `2026-05-01T00:00:00Z`; a number is milliseconds since the epoch
   * @throws {BadInput} for an invalid moment, or if the mock was given a clock
   * @example
   * mock.clock.set('2026-05-01T00:00:00Z')
   */
  set(moment: string | number): ClockState
  /**
   * Stops the clock. Delays then wait until it is moved or started.
   * @throws {BadInput} if the mock was given a clock
   * @example
   * portal.clock.stop()
   */
  stop(): ClockState
  /**
   * Starts the clock again, from the time at which it was stopped.
   * @throws {BadInput} if the mock was given a clock
   * @example
   * portal.clock.start()
   */
  start(): ClockState
}

/**
 * Reads and sets the rate limit of a portal, or of all portals without one of their own.
 * @example
 * const { rateLimit }: { rateLimit: RateLimitControls } = mock
 * rateLimit.set({ limit: 'professional' })
 */
export interface RateLimitControls {
  /**
   * The rate limit and the calls that are left. For the whole mock: as a new portal has it.
   * @example
   * console.log(portal.rateLimit.state.remaining)
   */
  readonly state: RateLimitState
  /**
   * Sets the rate limit. The calls that were made before do not count.
   * @throws {BadInput} if the limit is invalid; then nothing changes
   * @example
   * portal.rateLimit.set({ limit: 3 })
   */
  set(change: RateLimitChange): RateLimitState
  /**
   * Restores the limit of the mock or, for the whole mock, the one after start.
   * @example
   * portal.rateLimit.reset()
   */
  reset(): RateLimitState
}

/**
 * A new rate limit.
 * @example
 * const change: RateLimitChange = { limit: 3 }
 */
export interface RateLimitChange {
  /** `off`, the limit of a kind of HubSpot account, or a number of calls per ten seconds. */
  limit: RateLimitName
}

/**
 * A rate limit and what is left of it.
 * @example
 * const { limit, remaining }: RateLimitState = mock.rateLimit.state
 */
export interface RateLimitState {
  /** The limit as it was set. `off` counts calls and refuses none. */
  limit: RateLimitName
  /** The number of calls per ten seconds. */
  perTenSeconds: number
  /** The number of calls per day; null if there is no daily limit. */
  daily: number | null
  /** The number of calls that are left in the window of ten seconds. */
  remaining: number
  /** The number of calls that are left today (UTC); null if there is no daily limit. */
  dailyRemaining: number | null
}

/**
 * Which campaigns to list.
 * @example
 * const options: CampaignListOptions = { limit: 10, after: '430318c4-abb7-4bf7-a75e-9c5fa8f475a6' }
 */
export interface CampaignListOptions {
  /** The maximum number of campaigns. Default: 100. */
  limit?: number | undefined
  /** The id of the campaign before the first one to list. It cannot be combined with `name`. */
  after?: string | undefined
  /** Lists only campaigns whose name contains this text, in any case, in the order of their names. */
  name?: string | undefined
}

/**
 * The time of a clock.
 * @example
 * const { now, running }: ClockState = mock.clock.advance('11s')
 */
export interface ClockState {
  /** The time, such as `2026-05-01T00:00:00.000Z`. */
  now: string
  /** Whether the clock runs by itself. */
  running: boolean
}

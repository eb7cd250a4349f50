import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { RateLimitName } from '../contract/rate-limits.ts'
import type { RateLimitState } from '../public/controls.ts'
import { BadInput } from '../public/errors.ts'
import type { PlayState } from '../public/step.ts'
import { AdjustableClock } from './adjustable-clock.ts'
import type { Campaigns } from './campaigns/campaigns.ts'
import {
  type Clock,
  countedCorrelationIds,
  frozenClock,
  type NewCorrelationId,
  randomCorrelationId,
  systemClock,
} from './clock.ts'
import type { FixtureToken } from './fixtures/fixture.ts'
import type { FixtureAccount, FixtureOAuth } from './fixtures/fixture-account.ts'
import type { FixtureProperty } from './fixtures/fixture-property.ts'
import { type Generation, generationOf, type WorldOptions } from './generation.ts'
import { Journal } from './journal/journal.ts'
import { JournalFeed } from './journal/journal-feed.ts'
import { NewIds } from './new-ids.ts'
import { PlantedData } from './planted-data.ts'
import { Portal } from './portal.ts'
import { RateLimiter } from './rate-limiter.ts'
import { RequestCounters } from './request-counters.ts'
import { Scenarios } from './scenarios/scenario.ts'
import { type Play, ScenarioPlayer } from './scenarios/scenario-player.ts'
import { type BearerCredentials, type Grant, grantOf, IssueTimes, portalTokenOf } from './tokens.ts'

/** Everything that can change, from one reset to the next. */
interface Epoch {
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly portals: LRUCache<string, Portal>
  /** What was added to the mock and its portals. */
  readonly planted: PlantedData
  readonly journal: Journal
  readonly newCorrelationId: NewCorrelationId
  /** The times of issue of access tokens, which make them unique. */
  readonly issueTimes: IssueTimes
  readonly clock: AdjustableClock
  play: Play | undefined
  rateLimit: RateLimitName
}

/** The number of digits of the time of issue in an access token. */
const issuedDigits = 13

/** At most this many portals are kept; the least recently used is dropped, with its journal. */
const maximumPortals = 1000

/** The state of one mock. Two worlds share nothing. */
export class World {
  /** Counts requests for the metrics. */
  readonly requestCounters = new RequestCounters()
  /** The changes of the journal. */
  readonly feed = new JournalFeed()
  readonly #options: WorldOptions
  #generation: Generation
  #epoch: Epoch
  #isClosed = false

  private constructor(options: WorldOptions, generation: Generation) {
    this.#options = options
    this.#generation = generation
    this.#epoch = this.#begin()
  }

  /** @throws {BadFixture} if the fixture is invalid */
  static async open(options: WorldOptions = {}): Promise<World> {
    return new World(options, await generationOf(options))
  }

  /**
   * Loads the fixture again. Changes, portals, journal and clock stay as they are: only what is below them is replaced.
   * @throws {BadFixture} if the fixture is invalid; then nothing changes
   */
  async reload(): Promise<void> {
    const before = this.#generation
    this.#generation = await generationOf(this.#options)
    const { campaigns, scenarios, scenario } = this.#generation
    this.#epoch.campaigns.replaceLower(campaigns)
    this.#epoch.scenarios.replaceLower(scenarios)
    if (scenario !== before.scenario && this.#epoch.play?.name === before.scenario) {
      this.#epoch.play = scenario === undefined ? undefined : { name: scenario }
    }
  }

  /** Ends the state: later changes are refused, but it can still be read. */
  close(): void {
    this.#isClosed = true
    this.feed.close()
  }

  /** @throws {BadInput} if the mock is closed */
  refuseIfClosed(): void {
    if (this.#isClosed) throw new BadInput('the mock is closed', 'change a mock before close(), or start a new one')
  }

  /** Restores the state after start: campaigns, scenarios, portals, journal, clock and rate limits. */
  reset(): void {
    // Requests in progress still have this journal: none of them is recorded any more.
    this.journal.clear()
    this.release()
    this.#epoch = this.#begin()
  }

  /** The campaigns of the whole mock. Every portal sees a change, unless it has changed the same campaign. */
  get campaigns(): Campaigns {
    return this.#epoch.campaigns
  }

  /** The clock of the mock. A reset restores its time. */
  get clock(): AdjustableClock {
    return this.#epoch.clock
  }

  /** Whether the mock was given a clock, which it cannot move. */
  get hasOwnClock(): boolean {
    return this.#options.clock !== undefined
  }

  /** The properties that the fixture defines. */
  get propertyDefinitions(): readonly FixtureProperty[] {
    return this.#generation.properties
  }

  /** The HubSpot account of the fixture. */
  get account(): FixtureAccount {
    return this.#generation.account
  }

  /** The seed of generated campaigns and of chances. */
  get seed(): number {
    return this.#generation.seed
  }

  /** Whether the scopes or the expiry of some token are limited, or some tokens are invalid. */
  get hasLimitedTokens(): boolean {
    return this.#generation.tokens.isLimited || this.portals.some(({ grant }) => grant !== undefined)
  }

  /** The OAuth clients and refresh tokens of the fixture. */
  get oauth(): FixtureOAuth {
    return this.#generation.oauth
  }

  get journal(): Journal {
    return this.#epoch.journal
  }

  get scenarios(): Scenarios {
    return this.#epoch.scenarios
  }

  /** The portals, the most recently used one first. */
  get portals(): Portal[] {
    return [...this.#epoch.portals.values()]
  }

  newCorrelationId(): string {
    return this.#epoch.newCorrelationId()
  }

  /**
   * Checks that a token is valid and has one of the scopes.
   * @throws {Unauthorized | ExpiredToken | MissingScope}
   */
  admit(credentials: BearerCredentials, scopes: readonly string[]): void {
    const { token } = credentials
    this.#generation.tokens.admit(credentials, scopes, this.#clockOf(token).now(), this.#grantOf(token))
  }

  /**
   * Issues a unique access token for the portal of a grant, with the scenario suffix of the grant.
   * @param grant a refresh token, an authorization code or a client id
   */
  issueAccessToken(grant: string): string {
    const issuedMs = this.#epoch.issueTimes.next(this.#clockOf(portalTokenOf(grant)).now())
    const [, scenario = ''] = /(~.*)$/s.exec(grant) ?? []
    return `${portalTokenOf(grant)}.access-${String(issuedMs).padStart(issuedDigits, '0')}${scenario}`
  }

  /** When a token expires, in milliseconds since the epoch; undefined for one that does not. */
  expiryOf(credentials: BearerCredentials): number | undefined {
    return this.#generation.tokens.expiryOf(credentials, this.#grantOf(credentials.token))
  }

  /** The scopes of the portal of a grant; undefined if they are not limited. */
  scopesOf(grant: string): readonly string[] | undefined {
    const token = portalTokenOf(grant)
    return this.#generation.tokens.scopesOf(token, this.#grantOf(token))
  }

  /** The id of the HubSpot account: from the fixture, or derived from the token. */
  hubIdOf({ words }: Portal): number {
    return this.account.portalId ?? Number(words.portal)
  }

  /** The portal of a token for reading: this neither creates a portal nor marks it as used. */
  lookAt(token: string): Portal {
    return this.#epoch.portals.peek(token) ?? this.#newPortal(token)
  }

  /** The portal of a token, which is created if it is new. The token need not be valid. */
  portal(token: string): Portal {
    const { portals } = this.#epoch
    const known = portals.get(token)
    if (known !== undefined) return known
    const portal = this.#newPortal(token)
    portals.set(token, portal)
    return portal
  }

  /** The name of the portal of a token, which need not exist. */
  portalName(token: string): string {
    return this.#epoch.portals.peek(token)?.name ?? nameOf(token)
  }

  /** The token of the portal with a name; undefined if there is no such portal. */
  tokenOf(name: string): string | undefined {
    for (const [token, portal] of this.#epoch.portals.entries()) if (portal.name === name) return token
    return undefined
  }

  /**
   * Gives a portal a label, by which people find it in a list.
   * @throws {BadInput} if the mock is closed
   */
  labelPortal(token: string, label: string): void {
    this.refuseIfClosed()
    this.#epoch.planted.partOf(nameOf(token)).set('label', label)
    this.portal(token).label = label
  }

  /** Restores the state after start in one portal, which stays in the list with its label. */
  resetPortal(token: string): void {
    const { portals } = this.#epoch
    const before = portals.peek(token)
    portals.delete(token)
    this.journal.clear(nameOf(token))
    if (before === undefined) return
    const { label } = before
    if (label === undefined) this.portal(token)
    else this.labelPortal(token, label)
  }

  /** Plays a scenario from its first step in all portals, except in those with a scenario of their own. */
  play(play: Play): void {
    this.#epoch.planted.partOf('').set('play', play.steps ?? null)
    this.#epoch.play = play
    for (const portal of this.#epoch.portals.values()) portal.restart(play)
  }

  /** Stops the scenario of the whole mock. */
  stop(): void {
    this.#epoch.play = undefined
  }

  /** Releases every response that is held in a portal. @returns their number */
  release(): number {
    return [...this.#epoch.portals.values()].reduce((sum, portal) => sum + portal.release(), 0)
  }

  /** The scenario to play in the whole mock; undefined if none is active. */
  get activePlay(): Play | undefined {
    return this.#epoch.play
  }

  /** The scenario of the whole mock, in the state in which a new portal begins it. */
  get playing(): PlayState | undefined {
    const { play } = this.#epoch
    return play === undefined ? undefined : new ScenarioPlayer(this.scenarios, this.clock, '').state(play)
  }

  /** The rate limit of the mock, as a new portal has it. */
  get rateLimit(): RateLimitState {
    return new RateLimiter(this.#epoch.rateLimit, this.clock).state
  }

  /** Sets the rate limit of all portals without one of their own; undefined for the limit after start. */
  setRateLimit(limit: RateLimitName = this.#options.rateLimit ?? 'off'): void {
    this.#epoch.rateLimit = limit
    for (const portal of this.#epoch.portals.values()) portal.followRateLimit()
  }

  /**
   * Gives a token scopes and an expiry, whatever the fixture says; undefined for those of the fixture.
   * @throws {BadInput} if the mock is closed · {TooMuchData}
   */
  setGrant(token: string, given: FixtureToken | undefined): void {
    this.refuseIfClosed()
    const planted = this.#epoch.planted.partOf(nameOf(token))
    if (given === undefined) planted.delete('token')
    else planted.set('token', given)
    this.portal(token).grant = given && grantOf(given)
  }

  #grantOf(token: string): Grant | undefined {
    return this.#epoch.portals.peek(token)?.grant
  }

  /** The clock of the portal of a token, or of the mock if the portal does not exist. */
  #clockOf(token: string): Clock {
    return this.#epoch.portals.peek(token)?.clock ?? this.clock
  }

  #newPortal(token: string): Portal {
    const epoch = this.#epoch
    const { campaigns, scenarios } = epoch
    return new Portal({
      name: nameOf(token),
      campaigns,
      scenarios,
      rateLimitOfMock: () => epoch.rateLimit,
      clock: this.clock,
      newIds: new NewIds(this.#options.frozen ?? false),
      playOfMock: () => epoch.play,
      planted: epoch.planted.partOf(nameOf(token)),
      seed: this.#generation.seed,
    })
  }

  #begin(): Epoch {
    const { campaigns, scenarios, scenario } = this.#generation
    const { clock = this.#options.frozen ? frozenClock : systemClock } = this.#options
    const journal = new Journal(this.feed)
    const planted = new PlantedData()
    const ofMock = planted.partOf('')
    const drop = (portal: Portal) => {
      journal.clear(portal.name)
      planted.release(portal.name)
      portal.release()
    }
    return {
      campaigns: campaigns.layer(ofMock),
      scenarios: new Scenarios([], scenarios, ofMock),
      planted,
      portals: new LRUCache({ max: maximumPortals, dispose: (portal) => drop(portal) }),
      journal,
      issueTimes: new IssueTimes(),
      clock: new AdjustableClock(clock),
      newCorrelationId: this.#options.frozen ? countedCorrelationIds() : randomCorrelationId,
      play: scenario === undefined ? undefined : { name: scenario },
      rateLimit: this.#options.rateLimit ?? 'off',
    }
  }
}

const nameLength = 12

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, nameLength)
}

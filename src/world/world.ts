import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { RateLimitName } from '../contract/rate-limits.ts'
import { AdjustableClock } from './adjustable-clock.ts'
import { Campaigns } from './campaigns/campaigns.ts'
import { CampaignGenerator } from './campaigns/generator.ts'
import {
  type Clock,
  countedCorrelationIds,
  frozenClock,
  type NewCorrelationId,
  randomCorrelationId,
  systemClock,
} from './clock.ts'
import type { Fixture } from './fixtures/fixture.ts'
import type { FixtureAccount, FixtureOAuth } from './fixtures/fixture-account.ts'
import { defaultFixturePath, loadFixture } from './fixtures/fixture-source.ts'
import { Journal } from './journal/journal.ts'
import { NewIds } from './new-ids.ts'
import { Portal } from './portal.ts'
import { Scenarios } from './scenarios/scenario.ts'
import type { Play, PlayState } from './scenarios/scenario-player.ts'
import { type BearerCredentials, IssueTimes, portalTokenOf, Tokens } from './tokens.ts'

/** What a world is made of. */
export interface WorldOptions {
  /** A fixture, or the path of a fixture file or of a folder of them. Default: the world of the README. */
  fixtures?: string | Fixture | undefined
  /** How many campaigns to generate beside the fixture's. Default: what the fixture says, else none. */
  campaigns?: number | undefined
  /** The number that makes generated campaigns repeatable. Default: what the fixture says, else 1. */
  seed?: number | undefined
  /** The Bearer tokens that are good, beside the fixture's. Default: every token, unless the fixture names some. */
  tokens?: readonly string[] | undefined
  /** The limits a portal has, and whether calls over them are refused. Default: `off`. */
  rateLimit?: RateLimitName | undefined
  /** Stops the clock and counts correlation ids, so that the same requests give the same bytes. Default: false. */
  frozen?: boolean | undefined
  /** Where time comes from. Default: the system's clock, or one that stands if `frozen`. */
  clock?: Clock | undefined
}

/** What a fixture comes to. It is never changed: changes lie in layers over it. */
interface Generation {
  readonly account: FixtureAccount
  readonly oauth: FixtureOAuth
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly scenario: string | undefined
  readonly tokens: Tokens
}

/** What can change in the whole mock, from one reset to the next. */
interface Epoch {
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly portals: LRUCache<string, Portal>
  readonly journal: Journal
  readonly newCorrelationId: NewCorrelationId
  /** When access tokens were issued, so that no two are the same. */
  readonly issueTimes: IssueTimes
  readonly clock: AdjustableClock
  play: Play | undefined
}

const defaultSeed = 1

/** How many digits the time of issue has in an access token. */
const issuedDigits = 13

/** At most this many portals are kept; the least recently used is dropped, with its journal. */
const maximumPortals = 1000

/** Everything one mock knows. Two worlds share nothing. */
export class World {
  readonly #options: WorldOptions
  #generation: Generation
  #epoch: Epoch

  private constructor(options: WorldOptions, generation: Generation) {
    this.#options = options
    this.#generation = generation
    this.#epoch = this.#begin()
  }

  /** @throws {BadFixture} if the fixture cannot be used */
  static async open(options: WorldOptions = {}): Promise<World> {
    return new World(options, await generationOf(options))
  }

  /**
   * Reads the fixture anew and starts over with it.
   * @throws {BadFixture} if it cannot be used; then everything stays as it was
   */
  async reload(): Promise<void> {
    this.#generation = await generationOf(this.#options)
    this.reset()
  }

  /** Back to the moment after start: campaigns, scenarios, portals, journal, rate limits. */
  reset(): void {
    this.#epoch = this.#begin()
  }

  /** The campaigns of the whole mock. A change to them is seen in every portal that has not its own. */
  get campaigns(): Campaigns {
    return this.#epoch.campaigns
  }

  /** The clock of the mock. A reset takes it back to the time of its base. */
  get clock(): AdjustableClock {
    return this.#epoch.clock
  }

  /** Whether the mock was given a clock, which is not for this mock to move. */
  get hasOwnClock(): boolean {
    return this.#options.clock !== undefined
  }

  /** What the fixture says of the HubSpot account. */
  get account(): FixtureAccount {
    return this.#generation.account
  }

  /** The OAuth clients and refresh tokens that the fixture names. */
  get oauth(): FixtureOAuth {
    return this.#generation.oauth
  }

  get journal(): Journal {
    return this.#epoch.journal
  }

  get scenarios(): Scenarios {
    return this.#epoch.scenarios
  }

  /** How many portals are known at this moment. */
  get portals(): number {
    return this.#epoch.portals.size
  }

  newCorrelationId(): string {
    return this.#epoch.newCorrelationId()
  }

  /**
   * Lets a token pass that has one of the scopes.
   * @throws {Unauthorized | ExpiredToken | MissingScope}
   */
  admit(credentials: BearerCredentials, scopes: readonly string[]): void {
    this.#generation.tokens.admit(credentials, scopes, this.#clockOf(credentials.token).now())
  }

  /**
   * An access token for the portal of a grant, with the grant's scenario. Two that are issued in one millisecond differ.
   * @param grant a refresh token, an authorization code or a client id
   */
  issueAccessToken(grant: string): string {
    const issuedMs = this.#epoch.issueTimes.next(this.#clockOf(portalTokenOf(grant)).now())
    const [, scenario = ''] = /(~.*)$/s.exec(grant) ?? []
    return `${portalTokenOf(grant)}.access-${String(issuedMs).padStart(issuedDigits, '0')}${scenario}`
  }

  /** When a token expires, in milliseconds since the epoch; undefined for one that does not. */
  expiryOf(credentials: BearerCredentials): number | undefined {
    return this.#generation.tokens.expiryOf(credentials)
  }

  /** The scopes that the fixture gives to the portal of a grant; undefined if it does not limit them. */
  scopesOf(grant: string): readonly string[] | undefined {
    return this.#generation.tokens.scopesOf(portalTokenOf(grant))
  }

  /** The number of a HubSpot account: the fixture's, or one that follows from the token. */
  hubIdOf({ words }: Portal): number {
    return this.account.portalId ?? Number(words.portal)
  }

  /** The portal of a token as it is, or would be: looking opens none, and keeps none from being forgotten. */
  lookAt(token: string): Portal {
    return this.#epoch.portals.peek(token) ?? this.#newPortal(token)
  }

  /** The portal of a token, whether or not the token is good. */
  portal(token: string): Portal {
    const { portals } = this.#epoch
    const known = portals.get(token)
    if (known !== undefined) return known
    const portal = this.#newPortal(token)
    portals.set(token, portal)
    return portal
  }

  /** The name of the portal of a token, whether or not there is one yet. */
  portalName(token: string): string {
    return this.#epoch.portals.peek(token)?.name ?? nameOf(token)
  }

  /** Takes one portal back to the moment after start, and no other. */
  resetPortal(token: string): void {
    this.#epoch.portals.delete(token)
    this.journal.clear(nameOf(token))
  }

  /** Plays a scenario that there is in all portals from its beginning, but in those that play their own. */
  play(play: Play): void {
    this.#epoch.play = play
    for (const portal of this.#epoch.portals.values()) portal.restart(play)
  }

  /** Lets nothing play in the portals that do not play their own. */
  stop(): void {
    this.#epoch.play = undefined
  }

  /** What plays in the whole mock; each portal is at its own step of it. */
  get playing(): PlayState | undefined {
    const { play } = this.#epoch
    return play === undefined ? undefined : { name: play.name, step: null, left: null }
  }

  /** The clock of the portal of a token, or of the mock if there is no such portal. */
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
      rateLimit: this.#options.rateLimit ?? 'off',
      clock: this.clock,
      newIds: new NewIds(this.#options.frozen ?? false),
      playsInMock: () => epoch.play,
    })
  }

  #begin(): Epoch {
    const { campaigns, scenarios, scenario } = this.#generation
    const { clock = this.#options.frozen ? frozenClock : systemClock } = this.#options
    const journal = new Journal()
    return {
      campaigns: campaigns.layer(),
      scenarios: new Scenarios([], scenarios),
      portals: new LRUCache({ max: maximumPortals, dispose: ({ name }) => journal.clear(name) }),
      journal,
      issueTimes: new IssueTimes(),
      clock: new AdjustableClock(clock),
      newCorrelationId: this.#options.frozen ? countedCorrelationIds() : randomCorrelationId,
      play: scenario === undefined ? undefined : { name: scenario },
    }
  }
}

const nameLength = 12

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, nameLength)
}

async function generationOf({ fixtures, campaigns, seed, tokens }: WorldOptions): Promise<Generation> {
  const { fixture, campaigns: stored, scenarios } = await loadFixture(fixtures ?? defaultFixturePath)
  const size = campaigns ?? fixture.generate?.campaigns ?? 0
  const generator =
    size === 0 ? undefined : await CampaignGenerator.create(size, seed ?? fixture.generate?.seed ?? defaultSeed)
  return {
    account: fixture.account ?? {},
    oauth: fixture.oauth ?? {},
    campaigns: Campaigns.of(stored, fixture.errors ?? [], generator, fixture.removed),
    scenarios,
    scenario: fixture.scenario,
    tokens: new Tokens(fixture.tokens, tokens, fixture.oauth),
  }
}

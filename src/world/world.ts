import { Campaigns } from './campaigns.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Fixture } from './fixture.ts'
import { defaultFixturePath, loadFixture } from './fixture-source.ts'
import { createGenerator } from './generator.ts'
import { Portal } from './portal.ts'
import type { Scenarios } from './scenario.ts'
import { Tokens } from './tokens.ts'

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
  /** Where time comes from. Default: the system's clock. */
  clock?: Clock | undefined
}

/** What a fixture comes to. It is never changed: a new fixture makes a new one. */
interface Generation {
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly scenario: string | undefined
  readonly tokens: Tokens
}

const defaultSeed = 1

/** So many portals are kept; then the one unused for longest is forgotten. */
const mostPortals = 1000

/** Everything one mock knows. Two worlds share nothing. */
export class World {
  readonly clock: Clock
  readonly #options: WorldOptions
  #generation: Generation
  readonly #portals = new Map<string, Portal>()

  private constructor(options: WorldOptions, generation: Generation) {
    this.clock = options.clock ?? systemClock
    this.#options = options
    this.#generation = generation
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
    this.#portals.clear()
  }

  /** How many campaigns a portal starts with. */
  get campaigns(): number {
    return this.#generation.campaigns.size
  }

  /** The ids of the first generated campaigns, at most so many. */
  generatedIds(most: number): string[] {
    return this.#generation.campaigns.generatedIds(most)
  }

  /** How many portals are known at this moment. */
  get portals(): number {
    return this.#portals.size
  }

  /**
   * The portal of a token that may do what `scope` says.
   * @throws {Unauthorized | ExpiredToken | MissingScope}
   */
  admit(token: string, scope: string): Portal {
    this.#generation.tokens.admit(token, scope, this.clock.now())
    const portal = this.#portals.get(token) ?? new Portal(token, { ...this.#generation, clock: this.clock })
    this.#portals.delete(token)
    this.#portals.set(token, portal)
    this.#forgetPortals()
    return portal
  }

  #forgetPortals(): void {
    for (const token of this.#portals.keys()) {
      if (this.#portals.size <= mostPortals) return
      this.#portals.delete(token)
    }
  }
}

async function generationOf({ fixtures, campaigns, seed, tokens }: WorldOptions): Promise<Generation> {
  const { fixture, scenarios } = await loadFixture(fixtures ?? defaultFixturePath)
  const size = campaigns ?? fixture.generate?.campaigns ?? 0
  const generator = size === 0 ? undefined : await createGenerator(size, seed ?? fixture.generate?.seed ?? defaultSeed)
  return {
    campaigns: new Campaigns(fixture.campaigns ?? [], fixture.errors ?? [], generator),
    scenarios,
    scenario: fixture.scenario,
    tokens: new Tokens(fixture.tokens, tokens),
  }
}

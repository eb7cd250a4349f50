import type { AppOptions } from '../public/mock.ts'
import { Campaigns } from './campaigns/campaigns.ts'
import { CampaignGenerator } from './campaigns/generator.ts'
import type { FixtureAccount, FixtureOAuth } from './fixtures/fixture-account.ts'
import type { FixtureProperty } from './fixtures/fixture-property.ts'
import { defaultFixturePath, loadFixture } from './fixtures/fixture-source.ts'
import type { Scenarios } from './scenarios/scenario.ts'
import { Tokens } from './tokens.ts'

/** The options that concern the state of the mock. */
export type WorldOptions = Pick<
  AppOptions,
  'fixtures' | 'campaigns' | 'seed' | 'tokens' | 'rateLimit' | 'frozen' | 'clock'
>

/** A loaded fixture. It never changes: changes are in layers on top of it. */
export interface Generation {
  readonly account: FixtureAccount
  readonly oauth: FixtureOAuth
  readonly properties: readonly FixtureProperty[]
  readonly campaigns: Campaigns
  readonly scenarios: Scenarios
  readonly scenario: string | undefined
  readonly tokens: Tokens
  readonly seed: number
}

const defaultSeed = 1

/** @throws {BadFixture} if the fixture is invalid */
export async function generationOf({ fixtures, campaigns, seed, tokens }: WorldOptions): Promise<Generation> {
  const { fixture, campaigns: stored, scenarios } = await loadFixture(fixtures ?? defaultFixturePath)
  const size = campaigns ?? fixture.generate?.campaigns ?? 0
  const usedSeed = seed ?? fixture.generate?.seed ?? defaultSeed
  const generator = size === 0 ? undefined : await CampaignGenerator.create(size, usedSeed)
  return {
    account: fixture.account ?? {},
    oauth: fixture.oauth ?? {},
    properties: fixture.properties,
    campaigns: Campaigns.of(stored, fixture.errors, generator, fixture.removed, fixture.properties),
    scenarios,
    scenario: fixture.scenario,
    tokens: new Tokens(fixture.tokens, tokens, fixture.oauth),
    seed: usedSeed,
  }
}

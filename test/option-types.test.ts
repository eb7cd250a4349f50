import type { Static } from '@sinclair/typebox'
import type { FastifyBaseLogger } from 'fastify'
import type { Logger as PinoLogger } from 'pino'
import { expectTypeOf, test } from 'vitest'
import type { LibraryOptions, StartConfig } from '../src/config.ts'
import type { callErrors } from '../src/contract/errors.ts'
import type { Fidelity as FidelitySchema } from '../src/contract/fidelity.ts'
import type { operations } from '../src/contract/operations.ts'
import type { RateLimitName as RateLimitSchema } from '../src/contract/rate-limits.ts'
import type { accountTypes } from '../src/contract/schemas/account.ts'
import type { assetTypes } from '../src/contract/schemas/asset.ts'
import type { oauthErrors } from '../src/contract/schemas/oauth.ts'
import type { attributionModels } from '../src/contract/schemas/report.ts'
import type { ClockState } from '../src/control/clock.ts'
import type { ExportedFixture } from '../src/control/fixture.ts'
import type { RateLimitState } from '../src/control/rate-limit.ts'
import type { ActiveScenario } from '../src/control/scenarios.ts'
import type { TokenState } from '../src/control/token.ts'
import type * as api from '../src/index.ts'
import type { PortalOptions, PortalSummary } from '../src/world/controls/portals.ts'
import type { RateLimitChange } from '../src/world/controls/rate-limit-controls.ts'
import type { Fixture, FixtureCampaign, FixtureError, FixtureToken } from '../src/world/fixtures/fixture.ts'
import type { FixtureAccount, FixtureOAuth } from '../src/world/fixtures/fixture-account.ts'
import type { FixtureBudgetItem } from '../src/world/fixtures/fixture-budget.ts'
import type { FixtureProperty } from '../src/world/fixtures/fixture-property.ts'
import type { FixtureReports } from '../src/world/fixtures/fixture-reports.ts'
import type { WorldOptions } from '../src/world/generation.ts'
import type { Exchange } from '../src/world/journal/exchange.ts'
import type { WaitOptions } from '../src/world/journal/exchange-wait.ts'
import type { JournalFilter } from '../src/world/journal/journal-filter.ts'
import type { Verdict, Verification } from '../src/world/journal/verify.ts'
import type { shippedScenarios } from '../src/world/scenarios/shipped-scenarios.ts'
import type { Steps } from '../src/world/scenarios/step.ts'

type Options = Static<typeof LibraryOptions>

/** The options that are about the port and the HTTP server, and not about the state of the mock. */
type ServerAddress = 'intercept' | 'tls' | 'publicUrl' | 'trustProxy'
type ServerOption =
  | 'port'
  | 'watch'
  | 'host'
  | 'fidelity'
  | 'controlToken'
  | 'replica'
  | 'logger'
  | 'strict'
  | 'tlsPort'
  | ServerAddress

// `tsc` checks these tests: an option that is only in an interface or only in the schema does not compile.
test('MockOptions has the options of the schema in config.ts', () => {
  expectTypeOf<keyof api.MockOptions>().toEqualTypeOf<keyof Options>()
})

test('AppOptions has the same options except for port and watch', () => {
  expectTypeOf<keyof api.AppOptions>().toEqualTypeOf<Exclude<keyof Options, 'port' | 'tlsPort' | 'watch'>>()
})

test('WorldOptions has the options that are not about the server', () => {
  expectTypeOf<keyof WorldOptions>().toEqualTypeOf<Exclude<keyof Options, ServerOption>>()
})

test('each flag of start is an option, except for the log level', () => {
  expectTypeOf<Exclude<keyof StartConfig, keyof api.MockOptions>>().toEqualTypeOf<
    'logLevel' | 'tlsCert' | 'tlsKey' | 'caFile'
  >()
})

test('an option has the type of the values that the schema allows', () => {
  type Plain = Omit<Options, 'fixtures' | 'clock' | 'logger' | 'tls' | 'tokens'>
  expectTypeOf<{ [K in keyof Plain]: Plain[K] | undefined }>().toEqualTypeOf<Pick<api.MockOptions, keyof Plain>>()
  expectTypeOf<Readonly<Options['tokens']>>().toEqualTypeOf<api.MockOptions['tokens']>()
  expectTypeOf<Options['tls']>().toExtend<api.MockOptions['tls']>()
  type Flags = Omit<StartConfig, 'logLevel' | 'tlsCert' | 'tlsKey' | 'caFile'>
  expectTypeOf<Flags>().toExtend<api.MockOptions>()
})

test('a logger of pino or Fastify is a logger', () => {
  expectTypeOf<PinoLogger>().toExtend<api.Logger>()
  expectTypeOf<FastifyBaseLogger>().toExtend<api.Logger>()
})

test('the public interfaces of fixtures are equal to their schemas', () => {
  expectTypeOf<Static<typeof Fixture>>().toEqualTypeOf<api.Fixture>()
  expectTypeOf<Static<typeof FixtureCampaign>>().toEqualTypeOf<api.FixtureCampaign>()
  expectTypeOf<Static<typeof FixtureError>>().toEqualTypeOf<api.FixtureError>()
  expectTypeOf<Static<typeof FixtureToken>>().toEqualTypeOf<api.FixtureToken>()
  expectTypeOf<Static<typeof FixtureAccount>>().toEqualTypeOf<api.FixtureAccount>()
  expectTypeOf<Static<typeof FixtureOAuth>>().toEqualTypeOf<api.FixtureOAuth>()
  expectTypeOf<Static<typeof FixtureBudgetItem>>().toEqualTypeOf<api.FixtureBudgetItem>()
  expectTypeOf<Static<typeof FixtureProperty>>().toEqualTypeOf<api.FixtureProperty>()
  expectTypeOf<Static<typeof FixtureReports>>().toEqualTypeOf<api.FixtureReports>()
})

test('the public interfaces of scenarios and the journal are equal to their schemas', () => {
  expectTypeOf<Static<typeof Steps>>().toEqualTypeOf<api.Steps>()
  expectTypeOf<Static<typeof Exchange>>().toEqualTypeOf<api.Exchange>()
  expectTypeOf<Static<typeof Verification>>().toEqualTypeOf<api.Verification>()
  expectTypeOf<Static<typeof Verdict>>().toEqualTypeOf<api.Verdict>()
  type Waiting = Static<typeof WaitOptions>
  expectTypeOf<{ [K in keyof Waiting]: Waiting[K] | undefined }>().toEqualTypeOf<api.WaitOptions>()
  type Filter = Static<typeof JournalFilter>
  expectTypeOf<{ [K in keyof Filter]: Filter[K] | undefined }>().toEqualTypeOf<api.JournalFilter>()
})

test('the public interfaces of states are equal to the schemas of the control API', () => {
  expectTypeOf<Static<typeof ClockState>>().toEqualTypeOf<api.ClockState>()
  expectTypeOf<Static<typeof RateLimitState>>().toEqualTypeOf<api.RateLimitState>()
  expectTypeOf<Static<typeof RateLimitChange>>().toEqualTypeOf<api.RateLimitChange>()
  expectTypeOf<Static<typeof ExportedFixture>>().toEqualTypeOf<api.ExportedFixture>()
  expectTypeOf<Static<typeof TokenState>>().toEqualTypeOf<api.TokenState>()
  expectTypeOf<Static<typeof PortalSummary>>().toEqualTypeOf<api.PortalSummary>()
  expectTypeOf<keyof Static<typeof PortalOptions>>().toEqualTypeOf<keyof api.PortalOptions>()
  type State = Static<typeof ActiveScenario>
  expectTypeOf<Readonly<Omit<State, 'name'> & { name: string }>>().toExtend<api.PlayState>()
  expectTypeOf<api.PlayState>().toExtend<Readonly<State>>()
  expectTypeOf<keyof State>().toEqualTypeOf<keyof api.PlayState>()
})

test('the public names are those of the schemas', () => {
  expectTypeOf<keyof typeof operations>().toEqualTypeOf<api.OperationName>()
  expectTypeOf<keyof typeof callErrors>().toEqualTypeOf<api.CallErrorName>()
  expectTypeOf<keyof typeof oauthErrors>().toEqualTypeOf<api.OAuthErrorName>()
  expectTypeOf<keyof typeof shippedScenarios>().toEqualTypeOf<api.BuiltInScenario>()
  expectTypeOf<keyof typeof assetTypes>().toEqualTypeOf<api.AssetType>()
  expectTypeOf<(typeof accountTypes)[number]>().toEqualTypeOf<api.AccountType>()
  expectTypeOf<(typeof attributionModels)[number]>().toEqualTypeOf<api.AttributionModel>()
  expectTypeOf<Static<typeof FidelitySchema>>().toEqualTypeOf<api.Fidelity>()
  expectTypeOf<Static<typeof RateLimitSchema>>().toEqualTypeOf<api.RateLimitName>()
})

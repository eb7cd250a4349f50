import { type Static, Type } from '@sinclair/typebox'
import { type AssetType, assetTypes, Metrics } from '../contract/asset.ts'
import { PublicBusinessUnit } from '../contract/campaign.ts'
import { isDay, parseMoment } from './day.ts'
import type { JsonPath } from './json-text.ts'
import { findProblems, type Problem } from './problem.ts'
import { scenarioName, scenarioNameRule } from './scenario.ts'
import { Steps, unsoundSteps } from './step.ts'

const closed = { additionalProperties: false }

/** YAML takes a bare 2.0 for a number. */
const Text = Type.String({ description: 'text (put it in quotes)' })

/** What stands here may be a token: no error shows its value. */
const secret = { writeOnly: true }

/**
 * What one asset is at rest: fixed totals in `metrics`, or `daily` ones, which are summed over the asked period.
 * @example
 * const email: FixtureAsset = { id: '212476546342', name: 'Newsletter', daily: { '2026-05-06': { SENT: 700, OPEN: 210 } } }
 */
export const FixtureAsset = Type.Object(
  {
    id: Text,
    name: Type.Optional(Text),
    metrics: Type.Optional(Metrics),
    daily: Type.Optional(Type.Record(Type.String(), Metrics)),
  },
  closed,
)
export type FixtureAsset = Static<typeof FixtureAsset>

/** Assets by their type; one that HubSpot does not have is an error. */
const Assets = Type.Unsafe<Partial<Record<AssetType, FixtureAsset[]>>>(
  Type.Object(
    Object.fromEntries(Object.keys(assetTypes).map((type) => [type, Type.Optional(Type.Array(FixtureAsset))])),
    closed,
  ),
)

/**
 * One campaign at rest. Only the id is required.
 * @example
 * const spring: FixtureCampaign = { id: 'spring', properties: { hs_name: 'Spring', hs_campaign_status: 'active' } }
 */
export const FixtureCampaign = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'text that is not empty (put it in quotes)' }),
    properties: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.String(), Type.Null()], { description: 'text (put it in quotes), or null for no value' }),
      ),
    ),
    createdAt: Type.Optional(Text),
    updatedAt: Type.Optional(Text),
    businessUnits: Type.Optional(Type.Array(Type.Object(PublicBusinessUnit.properties, closed))),
    assets: Type.Optional(Assets),
  },
  closed,
)
export type FixtureCampaign = Static<typeof FixtureCampaign>

/**
 * An id that always fails inside a batch, and the words it fails with.
 * @example
 * const secret: FixtureError = { id: 'secret', category: 'PERMISSION_DENIED', message: 'You may not see this campaign' }
 */
export const FixtureError = Type.Object(
  {
    id: Text,
    category: Text,
    message: Text,
    subCategory: Type.Optional(Text),
    context: Type.Optional(Type.Record(Type.String(), Type.Array(Text))),
  },
  closed,
)
export type FixtureError = Static<typeof FixtureError>

/**
 * What a token may do, and until when. Without `scopes` it may do everything.
 * @example
 * const reader: FixtureToken = { scopes: ['marketing.campaigns.read'], expiresAt: '2026-12-31' }
 */
export const FixtureToken = Type.Object(
  {
    scopes: Type.Optional(Type.Array(Text)),
    expiresAt: Type.Optional(Text),
  },
  { ...closed, ...secret, description: 'an object {scopes, expiresAt}' },
)
export type FixtureToken = Static<typeof FixtureToken>

/** The most campaigns that can be generated: what fits into the part of an id that says which one it is. */
export const mostGenerated = 2 ** 32 - 1

/**
 * Campaigns, failing ids, tokens and scenarios, at rest: what a fixture file holds, or `startMock` is given.
 * @example
 * const fixtures: Fixture = {
 *   campaigns: [{ id: 'spring', properties: { hs_name: 'Spring' } }],
 *   generate: { campaigns: 1000, seed: 42 },
 *   scenario: 'slow-start',
 *   scenarios: { 'slow-start': [{ status: 'PENDING', times: 2 }] },
 * }
 */
export const Fixture = Type.Object(
  {
    campaigns: Type.Optional(Type.Array(FixtureCampaign)),
    errors: Type.Optional(Type.Array(FixtureError)),
    tokens: Type.Optional(
      Type.Record(Type.String(), FixtureToken, {
        ...secret,
        description: 'an object of tokens, each with {scopes, expiresAt}',
      }),
    ),
    generate: Type.Optional(
      Type.Object(
        {
          campaigns: Type.Integer({ minimum: 0, maximum: mostGenerated }),
          seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        },
        closed,
      ),
    ),
    scenario: Type.Optional(Text),
    scenarios: Type.Optional(Type.Record(Type.String(), Steps)),
  },
  closed,
)
export type Fixture = Static<typeof Fixture>

/**
 * Checks a value of unknown origin against the fixture format, down to days that do not exist.
 * @returns the fixture, or what is wrong with it and where: at least one problem
 */
export function checkFixture(value: unknown): { fixture: Fixture } | { problems: [Problem, ...Problem[]] } {
  const [problem, ...more] = findProblems(Fixture, value)
  if (problem !== undefined) return { problems: [problem, ...more] }
  const fixture = value as Fixture
  const [second, ...others] = [...unsoundParts(fixture), ...unsoundIds(fixture)]
  return second === undefined ? { fixture } : { problems: [second, ...others] }
}

/** Every problem of one campaign, down to days that do not exist. */
export function checkCampaign(value: unknown): Problem[] {
  const problems = findProblems(FixtureCampaign, value)
  return problems.length > 0 ? problems : [...unsoundCampaign(value as FixtureCampaign, [])]
}

function* unsoundParts(fixture: Fixture): Generator<Problem> {
  for (const [i, campaign] of (fixture.campaigns ?? []).entries()) yield* unsoundCampaign(campaign, ['campaigns', i])
  for (const [token, { expiresAt }] of Object.entries(fixture.tokens ?? {})) {
    // Not repeated: it may be a token that was put into the wrong line.
    yield* unsoundMoment(expiresAt, ['tokens', token, 'expiresAt'], 'it')
  }
  for (const [name, steps] of Object.entries(fixture.scenarios ?? {})) {
    if (!scenarioName.test(name)) {
      const message = `${JSON.stringify(name)} is no name: ${scenarioNameRule}`
      yield { path: ['scenarios', name], message }
    }
    yield* unsoundSteps(steps, ['scenarios', name])
  }
}

function* unsoundCampaign(campaign: FixtureCampaign, path: JsonPath): Generator<Problem> {
  yield* unsoundMoment(campaign.createdAt, [...path, 'createdAt'])
  yield* unsoundMoment(campaign.updatedAt, [...path, 'updatedAt'])
  for (const [type, assets] of Object.entries(campaign.assets ?? {})) {
    for (const [i, asset] of assets.entries()) yield* unsoundDays(asset, [...path, 'assets', type, i])
  }
}

function* unsoundMoment(text: string | undefined, path: JsonPath, shown = JSON.stringify(text)): Generator<Problem> {
  if (text === undefined || parseMoment(text) !== undefined) return
  yield { path, message: `${shown} is no moment: write it as 2026-01-31 or 2026-01-31T23:59:59.000Z` }
}

function* unsoundDays(asset: FixtureAsset, path: JsonPath): Generator<Problem> {
  if (asset.metrics !== undefined && asset.daily !== undefined) {
    yield { path: [...path, 'daily'], message: 'an asset has fixed metrics or daily ones, not both: take one out' }
  }
  for (const day of Object.keys(asset.daily ?? {})) {
    if (!isDay(day)) {
      yield { path: [...path, 'daily', day], message: `${JSON.stringify(day)} is no day: write it as 2026-01-31` }
    }
  }
}

function* unsoundIds(fixture: Fixture): Generator<Problem> {
  const seen = new Set<string>()
  for (const member of ['campaigns', 'errors'] as const) {
    for (const [i, { id }] of (fixture[member] ?? []).entries()) {
      const canonical = canonicalId(id)
      if (seen.has(canonical)) {
        yield { path: [member, i, 'id'], message: `${JSON.stringify(id)} is there twice: give each id once` }
      }
      seen.add(canonical)
    }
  }
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether HubSpot would take a text for a campaign's GUID. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text)
}

/** The one spelling under which an id is kept and looked up: a GUID's letters are small ones (inferred). */
export function canonicalId(id: string): string {
  return /[A-F]/.test(id) && isGuid(id) ? id.toLowerCase() : id
}

import { nearest } from '../text/schema-problems.ts'
import type { Campaign } from '../world/campaigns/campaign.ts'
import type { Campaigns } from '../world/campaigns/campaigns.ts'
import { isGuid } from '../world/fixtures/fixture.ts'
import { FixtureRefusal, Refusal } from '../world/refusal.ts'
import type { HubspotContext } from './context.ts'
import { addHint } from './hint.ts'
import { type AdmittedExchange, pathParameter } from './open-exchange.ts'

/** A campaign, or why there is none. */
export type CampaignLookup =
  | { readonly campaign: Campaign; readonly refusal?: undefined }
  | { readonly campaign?: undefined; readonly refusal: Refusal }

/**
 * Looks up one campaign. Why there is none: a 400 for an id that is not a GUID [observed status], a 404 for an unknown
 * one [inferred], or the error that the fixture gives this id.
 */
export function lookUpId(campaigns: Campaigns, id: string): CampaignLookup {
  const { found, failed } = campaigns.read([id])
  const [campaign] = found
  if (campaign !== undefined) return { campaign }
  const [failure] = failed
  if (failure !== undefined && failure.id === undefined) return { refusal: new FixtureRefusal(failure.error) }
  if (isGuid(id)) {
    return { refusal: new Refusal('campaign-not-found', { id }, 'no campaign of this portal has this id') }
  }
  return { refusal: new Refusal('invalid-campaign-id', { id }, 'a campaign id is a GUID, or an id of the fixture') }
}

/** The id of the campaign that the path names. */
export function campaignOf(exchange: AdmittedExchange): string {
  return pathParameter(exchange, 'campaignGuid')
}

/** Looks up the campaign that the path names. */
export function lookUpCampaign(exchange: AdmittedExchange): CampaignLookup {
  return lookUpId(exchange.portal.campaigns, campaignOf(exchange))
}

/**
 * The campaign that the path names.
 * @throws {Refusal} if there is none: see `lookUpId`
 */
export function findCampaign(exchange: AdmittedExchange): Campaign {
  const { campaign, refusal } = lookUpCampaign(exchange)
  if (campaign === undefined) throw refusal
  return campaign
}

/**
 * Checks the names in `properties`. HubSpot's spec ignores unknown ones, which draws a hint; recorded responses refuse
 * them, and `properties=` without a name as well.
 * @throws {Refusal} in `observed`, and in strict mode
 */
export function checkPropertyNames(
  names: readonly string[] | undefined,
  exchange: AdmittedExchange,
  context: HubspotContext,
): void {
  if (names === undefined) return
  const { campaigns } = exchange.portal
  const unknown = names.filter((name) => !campaigns.knowsProperty(name))
  if (names.length > 0 && unknown.length === 0) return
  if (context.rules.unknownProperties === 'ignored') {
    addHint(exchange, context, describeUnknown(unknown, campaigns))
    return
  }
  const words = { forbidden: unknown.join(', '), allowed: campaigns.propertyNames.join(', ') }
  throw new Refusal('forbidden-properties', words, 'leave these properties out, or use the fidelity "documented"')
}

const maximumDescribed = 5

function describeUnknown(unknown: readonly string[], campaigns: Campaigns): string {
  if (unknown.length === 0) return 'properties is empty: name the properties that the response should have'
  const described = unknown.slice(0, maximumDescribed).map((name) => {
    const near = nearest(name, campaigns.propertyNames)
    return `${name}${near === undefined ? '' : ` (did you mean ${near}?)`}`
  })
  return `no campaign has the property ${described.join(', ')}`
}

import type { FidelityRules } from '../contract/fidelity.ts'
import type { Campaign } from '../world/campaigns/campaign.ts'
import type { Campaigns } from '../world/campaigns/campaigns.ts'
import { isGuid } from '../world/fixtures/fixture.ts'
import { FixtureRefusal, Refusal } from '../world/refusal.ts'
import type { AdmittedExchange } from './open-exchange.ts'

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
export function campaignOf({ parameters }: AdmittedExchange): string {
  return parameters['campaignGuid'] ?? ''
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

/** @throws {Refusal} in `observed`, for a name that no campaign has, and for `properties=` without a name [observed] */
export function refuseUnknownProperties(
  names: readonly string[] | undefined,
  campaigns: Campaigns,
  { unknownProperties }: FidelityRules,
): void {
  if (unknownProperties !== 'forbidden' || names === undefined) return
  const forbidden = names.filter((name) => !campaigns.knowsProperty(name))
  if (names.length > 0 && forbidden.length === 0) return
  const words = { forbidden: forbidden.join(', '), allowed: campaigns.propertyNames.join(', ') }
  throw new Refusal('forbidden-properties', words, 'leave these properties out, or use the fidelity "documented"')
}

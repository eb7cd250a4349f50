import {
  type CloneStatus,
  isCloneStatus,
  type PublicCampaignCloneInput,
  type PublicCampaignCloneResponse,
} from '../../contract/schemas/clone.ts'
import type { Campaign } from '../../world/campaigns/campaign.ts'
import { canonicalId } from '../../world/fixtures/fixture.ts'
import { InvalidRequest, Refusal } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import { locationHeader } from '../location.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { readNewProperties } from '../property-write.ts'
import { campaignOf, findCampaign, lookUpId } from '../requested-campaign.ts'
import { isAssetType } from './assets.ts'
import { storeNewCampaign } from './campaign-writes.ts'

/** How long a clone is PENDING, in milliseconds of the mock's clock (inferred). */
const pendingMs = 2000

/**
 * POST /marketing/campaigns/2026-09-beta/clone: copies a campaign and the assets that the request names. Copied assets get new
 * ids. The copy can be read at once, although its status is PENDING for two seconds [inferred].
 * @throws {Refusal} 400 for an asset that the source does not have, an invalid date or currency; 404 for an unknown source
 */
export function createClone(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const input = exchange.body as PublicCampaignCloneInput
  const { portal } = exchange
  const { campaign: source, refusal } = lookUpId(portal.campaigns, input.sourceCampaignGuid)
  if (source === undefined) throw refusal
  const assets = cloneAssets(source, input.assetsToClone, () => portal.newIds.item())
  const properties = readNewProperties(propertiesOf(source, input), exchange, context)
  const clone = storeNewCampaign(exchange, properties)
  portal.campaigns.store({ ...clone, businessUnits: source.businessUnits, assets })
  portal.clones.set(clone.id, portal.clock.now())
  const body: PublicCampaignCloneResponse = { campaignGuid: clone.id, status: statusOf(exchange, 'PENDING') }
  return { status: 201, body: JSON.stringify(body), headers: locationHeader(exchange, `${clone.id}/status`) }
}

/**
 * GET /marketing/campaigns/2026-09-beta/clone/{campaignGuid}/status: how far a clone has come. A scenario step with
 * `on: clone.status` can give it another status.
 * @throws {Refusal} 400 for an id that is not a GUID; 404 for an unknown campaign, or one that is not a clone
 */
export function getCloneStatus(exchange: AdmittedExchange): OperationResponse {
  const { id: campaignGuid } = findCampaign(exchange)
  const createdAt = exchange.portal.clones.get(canonicalId(campaignOf(exchange)))
  if (createdAt === undefined) {
    throw new Refusal('clone-not-found', { id: campaignGuid }, 'the clone operation has not created this campaign')
  }
  const status = exchange.portal.clock.now() < createdAt + pendingMs ? 'PENDING' : 'COMPLETE'
  const body: PublicCampaignCloneResponse = { campaignGuid, status: statusOf(exchange, status) }
  return { status: 200, body: JSON.stringify(body) }
}

/** The status that the step gives, or the status by the clock. */
function statusOf({ played }: AdmittedExchange, byClock: CloneStatus): CloneStatus {
  const { status = byClock } = played?.step ?? {}
  return isCloneStatus(status) ? status : byClock
}

/**
 * The properties of the request, and those of the source where the request has none. HubSpot's spec says that a missing
 * `endDate` becomes the start date of the source; here it is the end date [inferred].
 */
function propertiesOf({ properties }: Campaign, input: PublicCampaignCloneInput): Record<string, string> {
  const values = {
    hs_audience: input.audience ?? properties['hs_audience'],
    hs_currency_code: input.currencyCode ?? properties['hs_currency_code'],
    hs_end_date: input.endDate ?? properties['hs_end_date'],
    hs_name: input.name,
    hs_notes: input.notes ?? properties['hs_notes'],
    hs_start_date: input.startDate ?? properties['hs_start_date'],
  }
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/**
 * Copies the requested assets with new ids.
 * @throws {InvalidRequest} for an unknown asset type, or an asset that the source does not have
 */
function cloneAssets(
  source: Campaign,
  wanted: PublicCampaignCloneInput['assetsToClone'],
  newId: () => string,
): Campaign['assets'] {
  const cloned: Campaign['assets'] = {}
  for (const [type, ids] of Object.entries(wanted)) {
    if (!isAssetType(type)) throw new InvalidRequest('assetsToClone', `${type} is not an asset type of HubSpot`)
    cloned[type] = ids.map((id) => {
      const asset = source.assets[type]?.find((one) => one.id === id)
      if (asset === undefined) throw new InvalidRequest('assetsToClone', `the source has no ${type} ${id}`)
      return { ...(asset.name === undefined ? {} : { name: asset.name }), id: newId() }
    })
  }
  return cloned
}

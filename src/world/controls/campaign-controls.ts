import { deepFreeze } from '../../text/deep-freeze.ts'
import type { Campaign } from '../campaigns/campaign.ts'
import { checkCampaign } from '../fixtures/check-fixture.ts'
import type { FixtureCampaign } from '../fixtures/fixture.ts'
import { NotThere, refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

const campaignHint =
  'a campaign is {id, properties, createdAt, updatedAt, businessUnits, assets, budgetItems, spendItems, reports}; only the id is required'

/** Lists, gets, adds and removes campaigns. */
export class CampaignControls extends WorldPart {
  /**
   * Lists campaigns in a fixed order, the generated ones last.
   * @param limit the maximum number of campaigns, 100 by default
   * @param after the id of the campaign before the first one to list
   * @example
   * const names = portal.campaigns.list({ limit: 10 }).map(({ properties }) => properties['hs_name'])
   */
  list({ limit = 100, after }: { limit?: number | undefined; after?: string | undefined } = {}): Campaign[] {
    const page: Campaign[] = []
    if (limit === 0) return page
    for (const campaign of this.current.campaigns.list(after)) {
      if (page.push(deepFreeze(campaign)) === limit) break
    }
    return page
  }

  /**
   * Gets one campaign, with defaults for members that its fixture leaves out. It is frozen: use `put` to change it.
   * @throws {NotThere} if there is no such campaign
   * @example
   * const { createdAt } = portal.campaigns.get('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  get(id: string): Campaign {
    const campaign = this.current.campaigns.find(id)
    if (campaign === undefined) throw noCampaign(id)
    return deepFreeze(campaign)
  }

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
  put(campaign: FixtureCampaign): Campaign {
    refuseFirst(checkCampaign(campaign), campaignHint)
    return deepFreeze(this.changed.campaigns.put(structuredClone(campaign)))
  }

  /**
   * Removes a campaign, so that clients get an error for it.
   * @throws {NotThere} if there is no such campaign
   * @example
   * portal.campaigns.remove('430318c4-abb7-4bf7-a75e-9c5fa8f475a6')
   */
  remove(id: string): void {
    if (this.current.campaigns.find(id) === undefined) throw noCampaign(id)
    this.changed.campaigns.remove(id)
  }
}

function noCampaign(id: string): NotThere {
  return new NotThere(`no campaign ${JSON.stringify(id)}`, 'GET /_mock/campaigns lists the campaigns')
}

import type * as api from '../../public/controls.ts'
import { NotThere } from '../../public/errors.ts'
import { deepFreeze } from '../../text/deep-freeze.ts'
import type { Campaign } from '../campaigns/campaign.ts'
import { checkCampaign } from '../fixtures/check-fixture.ts'
import type { FixtureCampaign } from '../fixtures/fixture.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

const campaignHint =
  'a campaign is {id, properties, createdAt, updatedAt, businessUnits, assets, budgetItems, spendItems, reports}; only the id is required'

/** Lists, gets, adds and removes campaigns. */
export class CampaignControls extends WorldPart implements api.CampaignControls {
  list({ limit = 100, after }: api.CampaignListOptions = {}): Campaign[] {
    const page: Campaign[] = []
    if (limit === 0) return page
    for (const campaign of this.current.campaigns.list(after)) {
      if (page.push(deepFreeze(campaign)) === limit) break
    }
    return page
  }

  get(id: string): Campaign {
    const campaign = this.current.campaigns.find(id)
    if (campaign === undefined) throw noCampaign(id)
    return deepFreeze(campaign)
  }

  put(campaign: FixtureCampaign): Campaign {
    refuseFirst(checkCampaign(campaign), campaignHint)
    return deepFreeze(this.changed.campaigns.put(structuredClone(campaign)))
  }

  remove(id: string): void {
    if (this.current.campaigns.find(id) === undefined) throw noCampaign(id)
    this.changed.campaigns.remove(id)
  }
}

function noCampaign(id: string): NotThere {
  return new NotThere(`no campaign ${JSON.stringify(id)}`, 'GET /_mock/campaigns lists the campaigns')
}

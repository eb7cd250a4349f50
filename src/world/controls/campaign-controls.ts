import { Type } from '@sinclair/typebox'
import type * as api from '../../public/controls.ts'
import { BadInput, NotThere } from '../../public/errors.ts'
import { deepFreeze } from '../../text/deep-freeze.ts'
import { describe, findProblems, withoutUndefined } from '../../text/schema-problems.ts'
import type { Campaign } from '../campaigns/campaign.ts'
import { checkCampaign, checkCampaigns } from '../fixtures/check-fixture.ts'
import type { FixtureCampaign } from '../fixtures/fixture.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

const campaignHint =
  'a campaign is {id, properties, createdAt, updatedAt, businessUnits, assets, budgetItems, spendItems, reports}; only the id is required'

const ListOptions = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 0 })),
    after: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/** Lists, gets, adds and removes campaigns. */
export class CampaignControls extends WorldPart implements api.CampaignControls {
  list(options: api.CampaignListOptions = {}): Campaign[] {
    refuseFirst(findProblems(ListOptions, withoutUndefined(options)), 'the options are {limit, after, name}')
    const { limit = 100, after, name } = options
    if (name !== undefined) return this.#findByName(name, limit, after)
    const page: Campaign[] = []
    if (limit === 0) return page
    for (const campaign of this.current.campaigns.list(after)) {
      if (page.push(deepFreeze(campaign)) === limit) break
    }
    return page
  }

  /** The campaigns whose name contains a text, in the order of their names. */
  #findByName(name: string, limit: number, after: string | undefined): Campaign[] {
    if (after !== undefined) throw new BadInput('after: not possible together with name', 'leave out one of the two')
    return this.current.campaigns.page({ sort: 'hs_name', name, offset: 0, limit }).campaigns.map(deepFreeze)
  }

  get(id: string): Campaign {
    checkId(id)
    const campaign = this.current.campaigns.find(id)
    if (campaign === undefined) throw noCampaign(id)
    return deepFreeze(campaign)
  }

  put(campaign: FixtureCampaign): Campaign {
    refuseFirst(checkCampaign(campaign), campaignHint)
    return deepFreeze(this.changed.campaigns.put(structuredClone(campaign)))
  }

  putAll(campaigns: FixtureCampaign[]): Campaign[] {
    refuseFirst(checkCampaigns(campaigns), campaignHint)
    return this.changed.campaigns.putAll(structuredClone(campaigns)).map(deepFreeze)
  }

  remove(id: string): void {
    checkId(id)
    if (this.current.campaigns.find(id) === undefined) throw noCampaign(id)
    this.changed.campaigns.remove(id)
  }
}

function noCampaign(id: string): NotThere {
  return new NotThere(`no campaign ${JSON.stringify(id)}`, 'GET /_mock/campaigns lists the campaigns')
}

/** @throws {BadInput} if a caller in JavaScript gives an id of another type */
function checkId(id: unknown): void {
  if (typeof id !== 'string') throw new BadInput(`id: expected text, got ${describe(id)}`, 'give the id of a campaign')
}

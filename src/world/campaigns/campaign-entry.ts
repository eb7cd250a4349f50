import type { InputError } from '../../contract/schemas/batch.ts'
import type { FixtureError } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'

/** The entry of a layer for an id: a campaign, an error, or a mark that the campaign was removed. */
export type CampaignEntry = { readonly campaign: Campaign } | { readonly error: InputError } | 'removed'

export function isCampaign(entry: CampaignEntry): entry is { campaign: Campaign } {
  return entry !== 'removed' && 'campaign' in entry
}

/** An entry of `errors` in a fixture as an error, its members in the recorded order. */
export function inputErrorOf({ category, subCategory, message, context = {} }: FixtureError): InputError {
  return { status: 'error', category, ...(subCategory === undefined ? {} : { subCategory }), message, context }
}

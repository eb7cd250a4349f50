import type { InputError } from '../../contract/schemas/batch.ts'
import type { FixtureError } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'

/** What a layer holds under an id: a campaign, an error that looking it up always fails with, or that it was removed. */
export type CampaignEntry = { readonly campaign: Campaign } | { readonly error: InputError } | 'removed'

export function isCampaign(entry: CampaignEntry): entry is { campaign: Campaign } {
  return entry !== 'removed' && 'campaign' in entry
}

/** An entry of `errors` in a fixture as an error, its members in the recorded order. */
export function inputErrorOf({ category, subCategory, message, context = {} }: FixtureError): InputError {
  return { status: 'error', category, ...(subCategory === undefined ? {} : { subCategory }), message, context }
}

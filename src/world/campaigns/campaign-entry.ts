import type { InputError } from '../../contract/schemas/batch.ts'
import type { FixtureError } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'

/** The entry of a layer for an id: a campaign, an error, or a mark that the campaign was removed. */
export type CampaignEntry = CampaignOrRemoved | ErrorEntry

type CampaignOrRemoved = { readonly campaign: Campaign } | 'removed'

interface ErrorEntry {
  /** The error as a response has it. */
  readonly error: InputError
  /** The error as the fixture or the test gave it. */
  readonly source: FixtureError
  /** The entry of the same layer that the error hides; undefined if there is none. */
  readonly hidden: CampaignOrRemoved | undefined
}

export function isCampaign(entry: CampaignEntry): entry is { campaign: Campaign } {
  return entry !== 'removed' && 'campaign' in entry
}

export function isError(entry: CampaignEntry | undefined): entry is ErrorEntry {
  return typeof entry === 'object' && 'error' in entry
}

/** The entry without its error. */
export function withoutError(entry: CampaignEntry | undefined): CampaignOrRemoved | undefined {
  return isError(entry) ? entry.hidden : entry
}

/** The entry for an error, its members in the recorded order. @param before the entry that the error replaces */
export function errorEntryOf(source: FixtureError, before?: CampaignEntry): ErrorEntry {
  const { category, subCategory, message, context = {} } = source
  const error = {
    status: 'error' as const,
    category,
    ...(subCategory === undefined ? {} : { subCategory }),
    message,
    context,
  }
  return { error, source, hidden: withoutError(before) }
}

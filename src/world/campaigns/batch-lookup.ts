import { type InputError, inputErrors } from '../../contract/schemas/batch.ts'
import { canonicalId, isGuid } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignEntry } from './campaign-entry.ts'

/** The result of looking up a batch of ids. */
export interface BatchOutcome {
  readonly found: readonly Campaign[]
  readonly failed: readonly InputFailure[]
}

/** Why one input failed. */
export interface InputFailure {
  readonly error: InputError
  /** The value of `{id}` in that error; undefined for an error without that placeholder. */
  readonly id: string | undefined
}

/**
 * Looks up ids, each once, in the order of their first occurrence. Two spellings of a GUID are one id; the first is kept.
 * @param find the entry of a canonical id
 */
export function lookUpBatch(
  ids: Iterable<string>,
  find: (canonical: string) => CampaignEntry | undefined,
): BatchOutcome {
  const found: Campaign[] = []
  const failed: InputFailure[] = []
  const seen = new Set<string>()
  for (const id of ids) {
    // An id that has an entry is canonical.
    const direct = find(id)
    const canonical = direct === undefined ? canonicalId(id) : id
    const seenBefore = seen.size
    if (seen.add(canonical).size === seenBefore) continue
    const entry = direct ?? (canonical === id ? undefined : find(canonical))
    if (entry === undefined || entry === 'removed') {
      failed.push({ error: isGuid(id) ? inputErrors.unknown : inputErrors.malformed, id })
    } else if ('campaign' in entry) found.push(entry.campaign)
    else failed.push({ error: entry.error, id: undefined })
  }
  return { found, failed }
}

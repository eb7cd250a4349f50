import type { guesses } from '../../contract/evidence/guesses.ts'
import type { OperationName } from '../../contract/operations.ts'
import type { Json } from '../json.ts'
import type { Account } from './account.ts'
import type { LiveRequest, LiveResponse } from './live-call.ts'

export type GuessId = keyof typeof guesses

/** Whether HubSpot does the same as the mock, or why this could not be observed. */
export type Verdict = 'same' | 'different' | { readonly unseen: string }

/** Extracts the part of a response that a guess is about. The guess is right if both responses have the same part. */
export type Aspect = (response: LiveResponse) => Json

/** One request that is sent to HubSpot and to the mock. */
export interface Probe {
  /** Names the request in reports, which show neither its path nor its body. */
  readonly id: string
  readonly operation: OperationName
  /** The request, or why it cannot be made with what the account has. */
  request(account: Account): LiveRequest | string
  /** Stores the data of the response in the account. */
  learn?(account: Account, body: Json): void
  /** Whether the mock can know everything that the response shows. Default: yes. */
  isComparable?(account: Account): boolean
  /** The guesses that the response shows, and the part of it that shows each. */
  readonly guesses?: Readonly<Partial<Record<GuessId, Aspect>>>
  /** Why HubSpot's response does not show the guesses; undefined if it does. */
  whyUnseen?(account: Account, body: Json): string | undefined
  /** Guesses that are judged from HubSpot's body alone, instead of by comparing two responses. */
  readonly judges?: Readonly<Partial<Record<GuessId, (body: Json) => Verdict>>>
}

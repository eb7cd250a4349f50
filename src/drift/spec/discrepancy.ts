import type { Json } from '../json.ts'
import type { Fact, Subject } from './fact.ts'

/** What one document says at a place where the other says something else, or nothing. */
export interface Claim {
  readonly values: readonly Json[]
  /** What it says of everything inside, if the other document does not have the whole. */
  readonly inside: readonly Fact[]
}

/** A place, and what either document says there; null: nothing. */
export interface Discrepancy {
  readonly subject: Subject
  readonly keyword: string
  readonly item: string | undefined
  readonly theirs: Claim | null
  readonly ours: Claim | null
}

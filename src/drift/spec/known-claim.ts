import type { KnownDifferenceId } from '../../contract/evidence/known-differences.ts'
import type { OperationName } from '../../contract/operations.ts'
import type { Json } from '../json.ts'
import type { Subject } from './fact.ts'

/** What a document says at a place: a value or several, and the schema of what the other document does not have at all. */
export interface KnownClaim {
  readonly value: Json | readonly string[]
  readonly schema?: Json
  /** The headers of a response that the other document does not have. */
  readonly headers?: Readonly<Record<string, Json>>
}

/** A known difference of one operation. */
export interface KnownRow {
  readonly subject: Subject
  readonly keyword?: string
  readonly item?: string
  readonly theirs: KnownClaim | null
  readonly ours: KnownClaim | null
  readonly id: KnownDifferenceId
}

/** A member or a keyword of bodies that differs, in some operations. */
export interface MemberRow {
  /** The place, such as `['results', '[]', 'id']`; `*` stands for members without names. */
  readonly path: readonly string[]
  /** `body`, `query`, `207`, or `success` for each success status but 207. */
  readonly at: 'body' | 'query' | 'success' | '207'
  readonly operations: readonly OperationName[]
  readonly versions?: readonly string[]
  readonly keyword?: string
  readonly theirs: KnownClaim | null
  readonly ours: KnownClaim | null
  readonly id: KnownDifferenceId
}

export const text: Json = { type: 'string' }
export const present = (schema: Json): KnownClaim => ({ value: 'present', schema })
export const optional = (schema: Json): KnownClaim => ({ value: 'optional', schema })

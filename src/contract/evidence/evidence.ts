import type { OperationName } from '../operations.ts'

/** A case that is neither documented nor observed, and what this mock does in it. */
export interface Guess {
  readonly about: string
  readonly mock: string
  readonly grade: 'inferred'
  /** What the guess is inferred from. */
  readonly source: string
}

/** A place at which this mock differs from HubSpot's OpenAPI files or responses on purpose. */
export interface KnownDifference {
  /** What HubSpot's file says, or what HubSpot sends. */
  readonly hubspot: string
  /** What this mock does instead, and why. */
  readonly mock: string
  /** How HubSpot's side is known. */
  readonly grade: 'documented' | 'observed'
  readonly source: string
}

/** Something that real responses of HubSpot show, and that this mock follows. */
export interface RecordedFact {
  readonly about: string
  readonly grade: 'observed'
  readonly source: string
  /** The operations whose responses show it. */
  readonly operations: readonly OperationName[]
}

import type { KnownDifference } from '../contract/known-differences.ts'
import type { Facts } from './facts.ts'

/** One place in which two documents part. */
export interface Difference {
  readonly place: string
  readonly kind: 'theirs only' | 'ours only' | 'differs' | 'no longer differs'
  readonly theirs: string | null
  readonly ours: string | null
  /** Whether a client that works with one would fail with the other. */
  readonly breaks: boolean
  /** Why it is so, where the contract knows of it; null where it does not. */
  readonly known: string | null
}

/** What a comparison comes to. */
export interface Comparison {
  /** How many facts are the same. */
  readonly same: number
  readonly differences: readonly Difference[]
}

/** Compares what HubSpot promises with what this mock does; what is known, and still is as known, bears its reason. */
export function compare(theirs: Facts, ours: Facts, known: readonly KnownDifference[]): Comparison {
  const theirFolded = foldMissing(theirs, ours)
  const ourFolded = foldMissing(ours, theirs)
  const parted = [...new Set([...theirFolded.keys(), ...ourFolded.keys()])].sort()
  const differences = parted
    .map((place) => ({ place, theirs: theirFolded.get(place) ?? null, ours: ourFolded.get(place) ?? null }))
    .filter((one) => one.theirs !== one.ours)
    .map((one) => ({ ...one, ...kindOf(one), known: reasonOf(one, known) }))
  const gone = known.filter(({ place }) => !differences.some((one) => one.place === place))
  return {
    same: [...theirs].filter(([place, their]) => ours.get(place) === their).length,
    differences: [...differences, ...gone.map(({ place }) => noLonger(place, theirs.get(place) ?? null))],
  }
}

/**
 * A member that only one side has is one difference, with all that is said of what is in it:
 * `links` is `optional · type: object · .* type: string`.
 */
function foldMissing(facts: Facts, others: Facts): Map<string, string> {
  const folded = new Map<string, string>()
  for (const place of [...facts.keys()].sort()) {
    const whole = uppersOf(place).find((upper) => folded.has(upper) && !others.has(upper) && isMember(upper))
    const value = facts.get(place) ?? ''
    if (whole === undefined) folded.set(place, value)
    else folded.set(whole, `${folded.get(whole)} · ${place.slice(whole.length).trim()}: ${value}`)
  }
  return folded
}

/** The places that a place is inside of, the outermost first. */
function uppersOf(place: string): string[] {
  return [...place.matchAll(/[ .[]/g)].map(({ index }) => place.slice(0, index))
}

/** A member, an answer or a parameter holds others; a keyword such as `200.links type` does not. */
function isMember(place: string): boolean {
  return !place.includes(' ')
}

type Parted = Pick<Difference, 'place' | 'theirs' | 'ours'>

function kindOf({ place, theirs, ours }: Parted): Pick<Difference, 'kind' | 'breaks'> {
  // What the mock sends beyond the promise, a client may come to rely on; what it refuses beyond it is no harm.
  if (theirs === null) return { kind: 'ours only', breaks: isAnswer(place) && !place.includes(' header ') }
  if (ours === null) return { kind: 'theirs only', breaks: !theirs.startsWith('optional') }
  return { kind: 'differs', breaks: place !== 'operationId' }
}

/** Facts of answers begin with a status. */
function isAnswer(place: string): boolean {
  return /^(\d{3}|default)\b/.test(place)
}

function reasonOf({ place, theirs, ours }: Parted, known: readonly KnownDifference[]): string | null {
  return known.find((one) => one.place === place && one.theirs === theirs && one.ours === ours)?.reason ?? null
}

function noLonger(place: string, both: string | null): Difference {
  return { place, kind: 'no longer differs', theirs: both, ours: both, breaks: false, known: null }
}

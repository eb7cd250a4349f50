import type { KnownDifference } from '../contract/known-differences.ts'
import { breaksClient, type Parted, sideOf } from './breaks.ts'
import type { Facts } from './facts.ts'

/** One place in which two documents part. */
export interface Difference extends Parted {
  readonly kind: 'theirs only' | 'ours only' | 'differs' | 'no longer differs'
  /** Whether a client that works with this mock would fail with HubSpot. */
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
  const places = [...new Set([...theirFolded.keys(), ...ourFolded.keys()])].sort()
  const parted = places
    .map((place) => ({ place, theirs: theirFolded.get(place) ?? null, ours: ourFolded.get(place) ?? null }))
    .filter((one) => one.theirs !== one.ours)
  const [their, our] = [sideOf(theirs), sideOf(ours)]
  const differences = parted.map((one) => ({
    ...one,
    kind: kindOf(one),
    breaks: breaksClient(one, their, our) || isOtherScheme(one, known),
    known: reasonOf(one, known),
  }))
  const placesParted = new Set(parted.map(({ place }) => place))
  const missing = new Set(parted.filter((one) => one.theirs === null || one.ours === null).map(({ place }) => place))
  // What is inside something that has gone has gone with it.
  const isTold = (place: string) => placesParted.has(place) || uppersOf(place).some((upper) => missing.has(upper))
  const gone = known.filter(({ place }) => !isTold(place))
  return {
    same: [...theirs].filter(([place, their]) => ours.get(place) === their).length,
    differences: [...differences, ...gone.map((one) => noLonger(one, theirs))],
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
  return [...place.matchAll(/[ .[@]/g)].map(({ index }) => place.slice(0, index))
}

/** A member, an answer or a parameter holds others; a keyword such as `200.links type` does not. */
function isMember(place: string): boolean {
  return !place.includes(' ')
}

function kindOf({ theirs, ours }: Parted): Difference['kind'] {
  if (theirs === null) return 'ours only'
  return ours === null ? 'theirs only' : 'differs'
}

function reasonOf({ place, theirs, ours }: Parted, known: readonly KnownDifference[]): string | null {
  return known.find((one) => one.place === place && one.theirs === theirs && one.ours === ours)?.reason ?? null
}

/** A scheme that HubSpot had before, but was another. */
function isOtherScheme({ place }: Parted, known: readonly KnownDifference[]): boolean {
  return place.startsWith('scheme ') && known.some((one) => one.place === place)
}

/** What HubSpot had, and the mock did not need to, may be gone: a way to authenticate for another, or where it answers. */
function noLonger({ place, theirs: before }: KnownDifference, theirs: Facts): Difference {
  const now = theirs.get(place) ?? null
  const [kind] = /^(security|server) /.exec(place) ?? []
  const others = kind !== undefined && [...theirs.keys()].some((one) => one.startsWith(kind))
  return { place, kind: 'no longer differs', theirs: now, ours: now, breaks: others && before !== now, known: null }
}

import type { KnownDifferenceId } from '../../contract/evidence/known-differences.ts'
import type { Json } from '../json.ts'
import { breaksClient } from './breaking-change.ts'
import type { Claim, Discrepancy } from './discrepancy.ts'
import { type Fact, type Facts, placeOf, valueText } from './fact.ts'
import type { KnownDifference } from './known-differences.ts'

/** One place at which two documents differ. */
export interface Difference extends Discrepancy {
  readonly kind: 'theirs only' | 'ours only' | 'differs' | 'no longer differs'
  /** Whether a client that works with this mock would fail with HubSpot. */
  readonly breaks: boolean
  /** The id of its evidence, if this difference is known. */
  readonly known: KnownDifferenceId | null
}

/** The result of a comparison. */
export interface Comparison {
  /** How many facts are the same. */
  readonly same: number
  readonly differences: readonly Difference[]
}

/** Compares what HubSpot promises of an operation with what this mock does. */
export function compareFacts(theirs: Facts, ours: Facts, known: readonly KnownDifference[]): Comparison {
  const discrepancies = discrepanciesBetween(theirs, ours)
  const differences = discrepancies.map((one): Difference => {
    const breaks = breaksClient(one, theirs, ours) || isOtherScheme(one, known)
    return { ...one, kind: kindOf(one), breaks, known: known.find((row) => row.matches(one))?.id ?? null }
  })
  const reported = new Set(discrepancies.map(keyOf))
  // What is inside something that one document does not have is not reported on its own.
  const isMissing = ({ keyword, theirs, ours }: Discrepancy) =>
    keyword === 'presence' && (theirs === null || ours === null)
  const missing = new Set(discrepancies.filter(isMissing).map(({ subject }) => subject.key))
  const gone = known.filter((row) => {
    const isInside = [...row.subject.ancestors()].some(({ key }) => missing.has(key))
    return !isInside && !reported.has(keyOf(row))
  })
  return {
    same: [...theirs].filter((fact) => isSame(fact, ours.counterpart(fact))).length,
    differences: [...differences, ...gone.map((row) => noLonger(row, theirs))],
  }
}

type Place = Pick<Discrepancy, 'subject' | 'keyword' | 'item'>

function keyOf({ subject, keyword, item = '' }: Place): string {
  return `${subject.key}\0\0${keyword}\0${item}`
}

function isSame(fact: Fact, other: Fact | undefined): boolean {
  return other !== undefined && valueText(fact) === valueText(other)
}

/** The places at which two documents differ, sorted. A member that one does not have is one place, with all that is inside. */
function discrepanciesBetween(theirs: Facts, ours: Facts): Discrepancy[] {
  const [their, our] = [claimsOf(theirs, ours), claimsOf(ours, theirs)]
  const all = [...their.values(), ...[...our.values()].filter((one) => !their.has(keyOf(one)))]
  const discrepancies = all.map(({ subject, keyword, item }) => {
    const key = keyOf({ subject, keyword, item })
    const one = { subject, keyword, item, theirs: their.get(key)?.claim ?? null, ours: our.get(key)?.claim ?? null }
    return { one, place: placeOf(one) }
  })
  return discrepancies.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ one }) => one)
}

/** What one document says and the other does not, by place. */
function claimsOf(facts: Facts, others: Facts): Map<string, Place & { claim: Claim }> {
  const claims = new Map<string, Place & { claim: { values: readonly Json[]; readonly inside: Fact[] } }>()
  for (const fact of facts) {
    if (isSame(fact, others.counterpart(fact))) continue
    const place = claimPlace(fact, facts, others)
    const isWhole = place.keyword === fact.keyword && place.item === fact.item && place.subject === fact.subject
    const values = isWhole ? fact.values : (facts.get(place.subject, place.keyword)?.values ?? [])
    const entry = claims.get(keyOf(place)) ?? { ...place, claim: { values, inside: [] as Fact[] } }
    claims.set(keyOf(place), entry)
    if (place.keyword === 'enum' && place.item === undefined)
      entry.claim.values = [...entry.claim.values, fact.item ?? '']
    else if (!isWhole) entry.claim.inside.push(fact)
  }
  return claims
}

/** Where a fact is reported: with the outermost whole that the other document does not have, else on its own. */
function claimPlace(fact: Fact, facts: Facts, others: Facts): Place {
  const { subject, keyword } = fact
  const missing = [subject, ...subject.ancestors()].findLast((one) => {
    const presence = { subject: one, keyword: 'presence', item: undefined }
    return facts.has(presence) && !others.has(presence)
  })
  if (missing !== undefined) return { subject: missing, keyword: 'presence', item: undefined }
  // Values are listed one by one only where both documents list values.
  if (keyword === 'enum' && !others.hasEnum(subject)) return { subject, keyword, item: undefined }
  return fact
}

function kindOf({ theirs, ours }: Discrepancy): Difference['kind'] {
  if (theirs === null) return 'ours only'
  return ours === null ? 'theirs only' : 'differs'
}

/** A security scheme that HubSpot had before, and that works in another way now. */
function isOtherScheme({ keyword, item }: Discrepancy, known: readonly KnownDifference[]): boolean {
  return keyword === 'scheme' && known.some((row) => row.keyword === keyword && row.item === item)
}

/**
 * A known difference that is gone. It breaks clients if HubSpot had something there that the mock does not need: a way to
 * authenticate, or a server, which another one has replaced.
 */
function noLonger({ subject, keyword, item, theirs: before }: KnownDifference, theirs: Facts): Difference {
  const values = theirs.get(subject, keyword, item)?.values
  const claim = values === undefined ? null : { values, inside: [] }
  const isReplaced = ['security', 'server'].includes(keyword) && [...theirs].some((fact) => fact.keyword === keyword)
  const breaks = isReplaced && (before === null) !== (claim === null)
  return { subject, keyword, item, theirs: claim, ours: claim, kind: 'no longer differs', breaks, known: null }
}

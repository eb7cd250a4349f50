import { knownDifferences } from '../../contract/evidence/known-differences.ts'
import { shorten } from '../../text/shorten.ts'
import { textOf } from '../json.ts'
import type { DocumentComparison } from './compare-documents.ts'
import type { Difference } from './compare-facts.ts'
import type { Claim } from './discrepancy.ts'
import { type Fact, placeOf, valueText } from './fact.ts'

/** A difference as texts, for reports and JSON. */
export interface ReportedDifference extends Pick<Difference, 'kind' | 'breaks' | 'known'> {
  readonly operation: string
  /** Such as `200.results[].id type`. */
  readonly place: string
  /** What either document says there; null: nothing. */
  readonly theirs: string | null
  readonly ours: string | null
}

/** A comparison as texts. */
export interface SpecReport {
  readonly versions: readonly string[]
  readonly operations: number
  readonly same: number
  readonly differences: readonly ReportedDifference[]
}

export function reportOf({ versions, operations }: DocumentComparison): SpecReport {
  return {
    versions,
    operations: operations.filter(({ same }) => same > 0).length,
    same: operations.reduce((sum, { same }) => sum + same, 0),
    differences: operations.flatMap(({ name, differences }) => differences.map((one) => reported(name, one))),
  }
}

function reported(operation: string, difference: Difference): ReportedDifference {
  const { kind, breaks, known, theirs, ours } = difference
  const place = placeOf(difference)
  return { operation, place, theirs: claimText(theirs, place), ours: claimText(ours, place), kind, breaks, known }
}

/** A value, and everything that is inside: `optional · type: object · .* type: string`. */
function claimText(claim: Claim | null, place: string): string | null {
  if (claim === null) return null
  const inside = claim.inside.map((fact): [string, Fact] => [placeOf(fact), fact]).sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = inside.map(([text, fact]) => `${text.slice(place.length).trim()}: ${valueText(fact)}`)
  return [claim.values.map(textOf).sort().join(' and '), ...parts].join(' · ')
}

/**
 * A report for people: the differences that are not known, and how many are.
 * @param source the name of the compared file · @param isVerbose whether to list the known differences as well
 */
export function writeReport(source: string, report: SpecReport, isVerbose: boolean): string {
  const { versions, operations, same, differences } = report
  const known = differences.filter((one) => one.known !== null)
  const unknown = differences.filter((one) => one.known === null)
  const breaking = unknown.filter(({ breaks }) => breaks).length
  const title = `${source}: ${operations} operations of ${versions.join(', ')}`
  const counts = `${same} facts are the same · ${known.length} differ for a known reason · ${unknown.length} differ`
  const rows = [...unknown, ...(isVerbose ? known : [])].map(rowOf)
  const table = rows.length === 0 ? [] : align([['', 'operation', 'place', 'HubSpot', 'mock', ''], ...rows])
  return `${[title, breaking === 0 ? counts : `${counts}, ${breaking} of them break clients`, ...table].join('\n')}\n`
}

function rowOf({ operation, place, kind, theirs, ours, breaks, known }: ReportedDifference): string[] {
  const cells = [operation, place, ...[theirs, ours].map((value) => shorten(value ?? '-', maximumCellChars))]
  if (known !== null) return ['known', ...cells, `${known}: ${knownDifferences[known].mock}`]
  if (place === 'operation' && kind === 'theirs only') return ['not served', ...cells, '']
  return [breaks ? 'BREAKS' : 'differs', ...cells, kind]
}

const maximumCellChars = 60

/** Columns of the same width, without spaces at the ends of lines. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map(({ length }, i) => Math.max(length, widest[i] ?? 0)),
    [],
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(Number(widths[column])))
      .join('  ')
      .trimEnd(),
  )
}

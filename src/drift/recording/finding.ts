import type { KnownDifferenceId } from '../../contract/evidence/known-differences.ts'

/** A difference that is known, and the id of its evidence. */
export interface KnownFinding {
  readonly line: string
  readonly known: KnownDifferenceId
}

/** What the mock would never send, in a line without values of the recording. */
export type Finding = string | KnownFinding

/** A finding inside of a part. @param part such as `results[0]` */
export function inside(part: string, finding: Finding): Finding {
  return typeof finding === 'string' ? `${part}${finding}` : { ...finding, line: `${part}${finding.line}` }
}

/** The line of a finding, changed. */
export function mapLine(finding: Finding, change: (line: string) => string): Finding {
  return typeof finding === 'string' ? change(finding) : { ...finding, line: change(finding.line) }
}

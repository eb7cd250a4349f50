import type { KnownDifferenceId } from '../../contract/evidence/known-differences.ts'
import { type OperationRoute, responsesOf } from '../../contract/operation-routes.ts'
import { type Json, textOf } from '../json.ts'
import type { Claim, Discrepancy } from './discrepancy.ts'
import { Facts, placeOf, Subject, valueText } from './fact.ts'
import { accessRows } from './known-access.ts'
import type { KnownClaim, KnownRow, MemberRow } from './known-claim.ts'
import { memberRows } from './known-members.ts'
import { oauthRows } from './known-oauth.ts'
import { errorRows, headerRows } from './known-responses.ts'
import { SchemaReader } from './schema-facts.ts'

/** A place at which this mock differs from HubSpot's OpenAPI file on purpose, and why. */
export class KnownDifference {
  readonly subject: Subject
  readonly keyword: string
  readonly item: string | undefined
  /** What HubSpot's file says there; null: nothing. */
  readonly theirs: KnownClaim | null
  /** What this mock says there; null: nothing. */
  readonly ours: KnownClaim | null
  readonly id: KnownDifferenceId

  constructor(row: KnownRow) {
    this.subject = row.subject
    this.keyword = row.keyword ?? 'presence'
    this.item = row.item
    this.theirs = row.theirs
    this.ours = row.ours
    this.id = row.id
  }

  /** Whether a discrepancy is this one. */
  matches(one: Discrepancy): boolean {
    const isPlace = one.subject.key === this.subject.key && one.keyword === this.keyword && one.item === this.item
    return isPlace && this.#isClaim(one.theirs, this.theirs) && this.#isClaim(one.ours, this.ours)
  }

  #isClaim(claim: Claim | null, known: KnownClaim | null): boolean {
    if (claim === null || known === null) return claim === known
    const values: readonly Json[] = Array.isArray(known.value) ? known.value : [known.value as Json]
    if (claim.values.map(textOf).sort().join() !== values.map(textOf).sort().join()) return false
    const wanted = new Facts()
    this.#readClaim(known, wanted)
    const text = (facts: Iterable<Parameters<typeof placeOf>[0] & Parameters<typeof valueText>[0]>) =>
      [...facts]
        .map((fact) => `${placeOf(fact)} ${valueText(fact)}`)
        .sort()
        .join()
    return text(claim.inside) === text(wanted)
  }

  #readClaim({ schema, headers = {} }: KnownClaim, wanted: Facts): void {
    const reader = new SchemaReader({ openapi: '3.0.1' }, wanted)
    if (this.keyword === 'presence' && this.subject.isResponse && schema !== undefined) {
      wanted.add(this.subject, 'content', 'used', 'application/json')
    }
    if (this.subject.part === 'parameter') {
      wanted.add(this.subject, 'style', 'form')
      wanted.add(this.subject, 'explode', true)
    }
    reader.read(this.subject, schema)
    for (const [name, header] of Object.entries(headers)) {
      const subject = this.subject.header(name)
      wanted.add(subject, 'presence', 'present')
      reader.read(subject, header)
    }
  }
}

/** The differences that are known of one operation on one version. */
export function knownDifferencesOf(route: OperationRoute): KnownDifference[] {
  const rows = [
    ...accessRows(route),
    ...errorRows(),
    ...Object.keys(responsesOf(route)).flatMap((status) => headerRows(route, status)),
    ...[...memberRows, ...oauthRows()].flatMap((row) => rowsOf(row, route)),
  ]
  return rows.map((row) => new KnownDifference(row))
}

/** The rows of a difference in the members of bodies, for one operation. */
function rowsOf({ path, at, operations, versions, ...row }: MemberRow, route: OperationRoute): KnownRow[] {
  if (!operations.includes(route.name) || !(versions?.includes(route.version) ?? true)) return []
  if (at === 'body') return [{ ...row, subject: Subject.of('body').at(path) }]
  if (at === 'query') return [{ ...row, subject: Subject.of('parameter', `query.${path.join('.')}`) }]
  const statuses = Object.keys(responsesOf(route)).filter((status) => (status === '207') === (at === '207'))
  return statuses.map((status) => ({ ...row, subject: Subject.of('response', status).at(path) }))
}

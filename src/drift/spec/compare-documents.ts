import { type OperationRoute, operationRoutes } from '../../contract/operation-routes.ts'
import { shorten } from '../../text/shorten.ts'
import { type Json, listOf, member, objectOf, textOf } from '../json.ts'
import { serverAddress } from './access.ts'
import { type Comparison, compareFacts, type Difference } from './compare-facts.ts'
import { Subject } from './fact.ts'
import { knownDifferencesOf } from './known-differences.ts'
import { methodsOf, operationFacts } from './operation-facts.ts'
import { UnusableDocument } from './schema-facts.ts'

/** The comparison of one operation, or of the document as a whole. */
export interface OperationComparison extends Comparison {
  /** The name of the operation; the method and path of one that this mock does not serve; `document` for the whole. */
  readonly name: string
}

/** The comparison of one of HubSpot's documents with this mock. */
export interface DocumentComparison {
  /** The versions of this mock that the document was compared with. */
  readonly versions: readonly string[]
  readonly operations: readonly OperationComparison[]
}

/**
 * Compares a document of HubSpot with what this mock describes of itself: every operation that both have, and those of
 * the same API that only one has.
 * @param theirs HubSpot's document, as JSON · @param ours the document that this mock serves
 * @throws {UnusableDocument} if theirs is not an OpenAPI document, or has no operation of this mock
 */
export function compareDocuments(theirs: Json, ours: Json): DocumentComparison {
  if (!String(member(theirs, 'openapi') ?? '').startsWith('3.')) {
    throw new UnusableDocument('not an OpenAPI 3 file: the member "openapi" is missing, or is not 3')
  }
  const document = withBasePath(theirs)
  const calls = callsOf(document)
  const served = operationRoutes.filter((route) => calls.has(callOf(route)))
  if (served.length === 0) {
    throw new UnusableDocument('no operation of this mock is in it: docs/SUPPORTED.md lists their paths')
  }
  const expected = operationRoutes.filter((route) => served.some((one) => isOfSameFile(one, route)))
  const versions = [...new Set(served.map(({ version }) => version))]
  const isOther = (call: string) => !expected.some((route) => callOf(route) === call)
  const isOfApi = (call: string) => served.some(({ path }) => apiOf(path) === apiOf(call))
  return {
    versions,
    operations: [
      ...versionComparison(document, versions),
      ...expected.map((route) => compareOperation(document, ours, route, calls.has(callOf(route)))),
      ...[...calls].filter((call) => isOther(call) && isOfApi(call)).map(unservedOperation),
    ],
  }
}

/** A document whose server has a path: HubSpot's older files leave that out of their paths. */
function withBasePath(document: Json): Json {
  const addresses = listOf(member(document, 'servers')).map((server) => splitAddress(serverAddress(server)))
  const [{ path: base } = { path: '' }] = addresses
  if (base === '') return document
  const servers = addresses.map(({ origin, path }) => ({ url: path === base ? origin || '/' : origin + path }))
  const paths = Object.entries(objectOf(member(document, 'paths'))).map(([path, item]) => [base + path, item])
  return { ...objectOf(document), servers, paths: Object.fromEntries(paths) }
}

/** The origin of an address, empty for a relative one, and its path without a slash at the end. */
function splitAddress(address: string): { origin: string; path: string } {
  const [origin = ''] = /^https?:\/\/[^/]+/.exec(address) ?? []
  return { origin, path: address.slice(origin.length).replace(/\/$/, '') }
}

/** The operations of a document, each as its method and path. */
function callsOf(document: Json): Set<string> {
  const paths = Object.keys(objectOf(member(document, 'paths')))
  return new Set(paths.flatMap((path) => methodsOf(document, path).map((method) => `${method.toUpperCase()} ${path}`)))
}

function callOf({ operation, path }: OperationRoute): string {
  return `${operation.method} ${path}`
}

/** Whether HubSpot has two operations in one file: those of one API and version. */
function isOfSameFile(one: OperationRoute, other: OperationRoute): boolean {
  return one.version === other.version && apiOf(one.path) === apiOf(other.path)
}

/** The API of a path, or of a method and path: its first segment. */
function apiOf(path: string): string | undefined {
  return path.split('/')[1]
}

function compareOperation(
  document: Json,
  ours: Json,
  route: OperationRoute,
  isInDocument: boolean,
): OperationComparison {
  const { name, path, operation } = route
  const method = operation.method.toLowerCase()
  if (!isInDocument) {
    return { name: `${name} (${callOf(route)})`, same: 0, differences: [presenceDifference('ours only', true)] }
  }
  const known = knownDifferencesOf(route)
  return { name, ...compareFacts(operationFacts(document, path, method), operationFacts(ours, path, method), known) }
}

/** Operations of HubSpot's files that this mock does not serve on purpose. */
const unserved = ['GET /account-info/v3/api-usage/daily/private-apps']

const maximumNameChars = 120

function unservedOperation(call: string): OperationComparison {
  const difference = presenceDifference('theirs only', false)
  return {
    name: shorten(call, maximumNameChars),
    same: 0,
    differences: [{ ...difference, known: unserved.includes(call) ? 'not-served' : null }],
  }
}

const operationSubject = Subject.of('operation')

/** An operation that only one document has. One that only the mock has fails with HubSpot. */
function presenceDifference(kind: 'theirs only' | 'ours only', breaks: boolean): Difference {
  const claim = { values: ['served'], inside: [] }
  const [theirs, ours] = kind === 'theirs only' ? [claim, null] : [null, claim]
  return { subject: operationSubject, keyword: 'operation', item: undefined, theirs, ours, kind, breaks, known: null }
}

/** The version that a document says it is of, where that is not the version of its paths. */
function versionComparison(document: Json, versions: readonly string[]): OperationComparison[] {
  const version = shorten(textOf(member(member(document, 'info'), 'version')), maximumNameChars)
  const [only, ...more] = versions
  if (more.length === 0 && only === version) return []
  const difference: Difference = {
    subject: operationSubject,
    keyword: 'version',
    item: undefined,
    theirs: { values: [version], inside: [] },
    ours: { values: versions, inside: [] },
    kind: 'differs',
    breaks: false,
    known: null,
  }
  return [{ name: 'document', same: 0, differences: [difference] }]
}

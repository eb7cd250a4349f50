import { knownDifferences } from '../contract/known-differences.ts'
import { anyBatchReadPath, type BatchReadPath, batchReadPaths } from '../contract/paths.ts'
import { shorten } from '../text/shorten.ts'
import { type Comparison, compare } from './compare.ts'
import { factsOf, methodsOf, NoSpec } from './facts.ts'
import { type Json, member, object } from './schema.ts'

/** One of HubSpot's documents against ours. */
export interface SpecComparison {
  /** The path that HubSpot's has. */
  readonly path: string
  /** The version of ours that it was compared with. */
  readonly version: string
  readonly comparison: Comparison
}

/**
 * Compares what two OpenAPI documents promise of the batch read.
 * @param theirs HubSpot's document, as JSON · @param ours the one this mock serves
 * @throws {NoSpec} if theirs has no batch read of campaigns, or of a version that this mock has not, or has no end
 */
export function compareSpecs(theirs: Json, ours: Json): SpecComparison {
  const { path, method, row } = findOperation(theirs)
  const version = String(member(member(theirs, 'info'), 'version'))
  const their = factsOf(theirs, path, method).set('path', path).set('version', version)
  const our = factsOf(ours, row.url, 'post').set('path', row.url).set('version', row.version)
  const known = knownDifferences.filter(({ versions = [row.version] }) => versions.includes(row.version))
  return { path, version: row.version, comparison: compare(their, our, known) }
}

const mostVersionChars = 40

interface Found {
  readonly path: string
  readonly method: string
  /** Our row for it: of that path, else of that version. */
  readonly row: BatchReadPath
}

/** @throws {NoSpec} if the document has no batch read of campaigns */
function findOperation(document: Json): Found {
  if (!String(member(document, 'openapi') ?? '').startsWith('3.')) {
    throw new NoSpec(`is no OpenAPI 3 file: "openapi" is not there, or not 3`)
  }
  const paths = object(member(document, 'paths'))
  const version = member(member(document, 'info'), 'version')
  const urls = batchReadPaths.map(({ url }) => url)
  const path =
    Object.keys(paths).find((one) => urls.includes(one)) ?? Object.keys(paths).find((one) => anyBatchReadPath.test(one))
  const row = batchReadPaths.find(({ url }) => url === path) ?? batchReadPaths.find((one) => one.version === version)
  const methods = path === undefined ? [] : methodsOf(document, path)
  const [first] = methods
  if (path === undefined || first === undefined) {
    throw new NoSpec(`has no batch read of campaigns: no path such as ${urls[0]}`)
  }
  if (row === undefined) {
    throw new NoSpec(
      `is of version ${shorten(String(version), mostVersionChars)}, and the mock has ${batchReadPaths.map((one) => one.version).join(', ')}`,
    )
  }
  return { path, method: methods.includes('post') ? 'post' : first, row }
}

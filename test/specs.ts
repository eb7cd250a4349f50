import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reportLeftOut } from './left-out.ts'
import { makeSpecs, type SpecDocument, servedDocument } from './made-specs.ts'

/** An OpenAPI document of one version of the campaigns API. */
export interface Spec {
  readonly source: string
  readonly version: string
  readonly document: SpecDocument
}

/** Where HubSpot's own OpenAPI files are: next to this repository, never in it. */
const folder = process.env['HUBSPOT_SPECS'] ?? fileURLToPath(new URL('../../shared/spec', import.meta.url))

/** All of HubSpot's OpenAPI files; empty if they are not here. */
export const hubspotDocuments = readDocuments()

/** HubSpot's files of campaigns; empty if they are not here. */
export const hubspotSpecs = readHubSpotSpecs()

/** The document that the mock serves about itself. */
export const served = await servedDocument()

/** The documents that the tests make, one for each version: they exist everywhere. */
export const madeSpecs = makeSpecs(served).map((spec): Spec => ({ source: 'a made document', ...spec }))

/** All documents that the mock is compared with. */
export const specs = [...madeSpecs, ...hubspotSpecs]

if (hubspotSpecs.length === 0) {
  reportLeftOut(`HubSpot's OpenAPI files are not in ${folder}; HUBSPOT_SPECS names their folder`)
}

function readDocuments(): SpecDocument[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  return names.map((name): SpecDocument => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

function readHubSpotSpecs(): Spec[] {
  return hubspotDocuments
    .filter(({ paths }) => Object.keys(paths ?? {}).some((path) => path.endsWith('/batch/read')))
    .map((document) => ({ source: 'HubSpot’s file', version: String(document.info.version), document }))
}

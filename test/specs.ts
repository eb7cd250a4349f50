import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where HubSpot's own OpenAPI files lie, beside this repository and never in it. */
export const specFolder = process.env['HUBSPOT_SPECS'] ?? fileURLToPath(new URL('../../shared/spec', import.meta.url))

const names = existsSync(specFolder)
  ? readdirSync(specFolder).filter((name) => /^hubspot-campaigns-[\w-]+\.json$/.test(name))
  : []

/** The files, each with what it says; none where they are not there. */
export const specs = names.map((name) => {
  const file = join(specFolder, name)
  const document: ReturnType<typeof JSON.parse> = JSON.parse(readFileSync(file, 'utf8'))
  return { file, document, version: String(document.info.version) }
})

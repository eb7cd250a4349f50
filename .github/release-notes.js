// Prints the section of the CHANGELOG for the version in package.json, which is the only place that states the version.
// With --check it prints nothing, and also checks what a release needs: `npm run release:check`.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const isCheck = process.argv.includes('--check')

/** The text below the heading of the version. */
function notes() {
  const [, ...sections] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m)
  const section = sections.find((text) => text.split('\n')[0]?.trim() === version)
  const text = section?.split('\n').slice(1).join('\n').trim()
  if (!text) throw new Error(`CHANGELOG.md: no entries under "## ${version}": move those under "## Unreleased" there`)
  return text
}

/** The files that `npm publish` would upload. */
function checkPackage() {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8' }))
  const names = files.map(({ path }) => path)
  for (const name of ['dist/cli.js', 'dist/index.js', 'dist/index.d.ts', 'dist/LICENSES.txt', 'LICENSE', 'README.md']) {
    if (!names.includes(name)) throw new Error(`the package lacks ${name}: check "files" in package.json`)
  }
}

function checkLockfile() {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  if (lockfile.version === version) return
  throw new Error(`package-lock.json is of version ${lockfile.version}, not ${version}: run npm install`)
}

/** A tag that starts a release must be that of the version. */
function checkTag() {
  const { GITHUB_REF_TYPE, GITHUB_REF_NAME } = process.env
  if (GITHUB_REF_TYPE !== 'tag' || GITHUB_REF_NAME === `v${version}`) return
  throw new Error(`the tag is ${GITHUB_REF_NAME}, but package.json is of version ${version}: use the tag v${version}`)
}

try {
  const text = notes()
  if (isCheck) {
    checkLockfile()
    checkTag()
    checkPackage()
    console.log(`version ${version} can be released`)
  } else {
    console.log(text)
  }
} catch (error) {
  console.error(`release: ${error.message}`)
  process.exitCode = 1
}

// Prints the section of the CHANGELOG for the version in package.json.
// With --check it checks what a release needs instead: `npm run release:check`. Before the version has a section, entries
// under "Unreleased" are enough; with a tag, the section is required.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
const { GITHUB_REF_TYPE, GITHUB_REF_NAME, GITHUB_REPOSITORY } = process.env
const isTagged = GITHUB_REF_TYPE === 'tag'

/** The text below a heading of the CHANGELOG; empty if there is none. */
function section(heading) {
  const [, ...sections] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m)
  const found = sections.find((text) => text.split('\n')[0]?.trim() === heading)
  return found?.split('\n').slice(1).join('\n').trim() ?? ''
}

/** The text for the release. */
function notes() {
  const text = section(version)
  if (text !== '') return text
  throw new Error(`CHANGELOG.md: no entries under "## ${version}": rename "## Unreleased" to "## ${version}"`)
}

/** npm and the image would give a pre-release the tag `latest`. */
function checkVersion() {
  if (/^\d+\.\d+\.\d+$/.test(version)) return
  throw new Error(`version ${version} is a pre-release: the workflow releases only versions such as 1.2.3`)
}

function checkLockfile() {
  const { version: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  if (locked === version) return
  throw new Error(`package-lock.json is of version ${locked}, not ${version}: run npm install`)
}

/** The Kubernetes manifests use the image of a version. */
function checkManifests() {
  const [, used] = /hubspot-campaigns-mock:(\S+)/.exec(readFileSync('deploy/kubernetes.yaml', 'utf8')) ?? []
  if (used === version) return
  throw new Error(`deploy/kubernetes.yaml uses the image of version ${used}, not ${version}: change its tag`)
}

/** A tag that starts a release must be that of the version. */
function checkTag() {
  if (!isTagged || GITHUB_REF_NAME === `v${version}`) return
  throw new Error(`the tag is ${GITHUB_REF_NAME}, but package.json is of version ${version}: use the tag v${version}`)
}

/** npm accepts provenance only from the repository that package.json names. */
function checkRepository() {
  if (!isTagged || repository.url === `git+https://github.com/${GITHUB_REPOSITORY}.git`) return
  throw new Error(
    `package.json: repository.url is ${repository.url}, but this is ${GITHUB_REPOSITORY}: correct the url`,
  )
}

/** The files that `npm publish` would upload. */
function checkPackage() {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8' }))
  const names = files.map(({ path }) => path)
  for (const name of ['dist/cli.js', 'dist/index.js', 'dist/index.d.ts', 'dist/LICENSES.txt', 'LICENSE', 'README.md']) {
    if (!names.includes(name)) throw new Error(`the package lacks ${name}: check "files" in package.json`)
  }
}

/** What can be said of the version. */
function check() {
  checkVersion()
  checkLockfile()
  checkManifests()
  checkTag()
  checkRepository()
  const isUnreleased = !isTagged && section(version) === '' && section('Unreleased') !== ''
  if (!isUnreleased) notes()
  checkPackage()
  const step = isUnreleased ? ` after "## Unreleased" in CHANGELOG.md is renamed to "## ${version}"` : ''
  return `version ${version} can be released${step}`
}

try {
  console.log(process.argv.includes('--check') ? check() : notes())
} catch (error) {
  console.error(`release: ${error.message}`)
  process.exitCode = 1
}

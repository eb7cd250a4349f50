import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageFile } from '../package-info.ts'
import type { Mock } from '../public/mock.ts'
import { readCertificates, trustedCertificates } from './certificate-files.ts'
import { javaVariables } from './java-environment.ts'
import { proxyVariables } from './proxy-environment.ts'
import { pythonVariables } from './python-environment.ts'
import type { Terminal } from './terminal.ts'

type Environment = Terminal['env']
type Variables = Readonly<Record<string, string>>

/** The environment of a command whose calls to HubSpot's hosts lead to a mock. */
export interface InterceptEnvironment {
  readonly variables: Variables
  /** Removes the files. */
  remove(): Promise<void>
}

/** The variables by which programs find certificate authorities: OpenSSL, Nix, Python, curl, AWS, git, pip, Cargo, Deno. */
const bundleVariables = [
  'SSL_CERT_FILE',
  'NIX_SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'HTTPLIB2_CA_CERTS',
  'CURL_CA_BUNDLE',
  'AWS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'CARGO_HTTP_CAINFO',
  'DENO_CERT',
] as const

/**
 * Creates the environment: the mock as the proxy, and its certificate authority in addition to those that the command
 * would trust anyway. Only this environment trusts it, and its files are in a folder that only this user can read.
 * @throws {UsageError} if a trust store that the user names cannot be read
 */
export async function createInterceptEnvironment(
  mock: Pick<Mock, 'url' | 'httpsUrl' | 'ca'>,
  env: Environment,
): Promise<InterceptEnvironment> {
  await removeFoldersOfKilledRuns()
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    return { variables: await writeEnvironment(folder, mock, env), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function writeEnvironment(
  folder: string,
  { url, httpsUrl, ca = '' }: Pick<Mock, 'url' | 'httpsUrl' | 'ca'>,
  env: Environment,
): Promise<Variables> {
  const proxies = proxyVariables(url, env)
  const bundles = await writeBundles(folder, ca, env)
  return {
    ...proxies,
    ...bundles,
    ...(await nodeVariables(folder, ca, env)),
    ...(await pythonVariables(folder, { url, httpsUrl }, env)),
    ...(await phpVariables(folder, bundles.SSL_CERT_FILE, env)),
    ...(await wgetVariables(folder, ca, bundles.SSL_CERT_FILE, env)),
    ...(await javaVariables({ url, ca, folder, noProxy: proxies.NO_PROXY }, env)),
  }
}

/** The beginning of the name of a folder. The id of the process follows. */
const folderPrefix = 'hubspot-campaigns-mock-exec-'

/** Removes the folders of processes that were killed before they could remove them. */
async function removeFoldersOfKilledRuns(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  const left = names.filter(
    (name) => name.startsWith(folderPrefix) && !isRunning(parseInt(name.slice(folderPrefix.length), 10)),
  )
  // Those of other users stay.
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return Object(error).code !== 'ESRCH'
  }
}

/** Writes a file for each variable of certificates. One that the user has keeps its certificates, also if it names a folder. */
async function writeBundles(
  folder: string,
  ca: string,
  env: Environment,
): Promise<Record<(typeof bundleVariables)[number], string>> {
  const trusted = await trustedCertificates(env)
  const entries = bundleVariables.map(async (variable) => {
    // What programs trust by default has the certificates of SSL_CERT_FILE already.
    const own = variable === 'SSL_CERT_FILE' ? '' : await readCertificates(env[variable] ?? '')
    const file = join(folder, own === '' ? 'bundle.pem' : `${variable}.pem`)
    await writeFile(file, (own || trusted) + ca)
    return [variable, file] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Record<(typeof bundleVariables)[number], string>
}

async function nodeVariables(folder: string, ca: string, env: Environment): Promise<Variables> {
  const file = join(folder, 'extra.pem')
  await writeFile(file, (await readCertificates(env['NODE_EXTRA_CA_CERTS'] ?? '')) + ca)
  const preload = `--import=${pathToFileURL(packageFile('dist/intercept-preload.js')).href}`
  return { NODE_EXTRA_CA_CERTS: file, NODE_OPTIONS: [env['NODE_OPTIONS'], preload].filter(Boolean).join(' ') }
}

/** PHP reads no variable for certificates, but its settings from further folders. */
async function phpVariables(folder: string, bundle: string, env: Environment): Promise<Variables> {
  const php = join(folder, 'php')
  await mkdir(php)
  await writeFile(join(php, 'certificates.ini'), `curl.cainfo="${bundle}"\nopenssl.cafile="${bundle}"\n`)
  return { PHP_INI_SCAN_DIR: `${env['PHP_INI_SCAN_DIR'] ?? ''}${delimiter}${php}` }
}

/** wget has no variable for certificates, but one for a settings file. If a setting is given twice, the last one applies. */
async function wgetVariables(folder: string, ca: string, bundle: string, env: Environment): Promise<Variables> {
  const settings = await readFile(env['WGETRC'] || join(env['HOME'] ?? homedir(), '.wgetrc'), 'utf8').catch(() => '')
  const [, named = ''] = /^\s*ca[-_]?certificate\s*=\s*(.*?)\s*$/im.exec(settings) ?? []
  const own = await readCertificates(named)
  const certificates = own === '' ? bundle : join(folder, 'wget.pem')
  if (own !== '') await writeFile(certificates, own + ca)
  const file = join(folder, 'wgetrc')
  await writeFile(file, `${settings}\nca_certificate = ${certificates}\n`)
  return { WGETRC: file }
}

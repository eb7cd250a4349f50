import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { pathToFileURL } from 'node:url'
import { packageFile } from '../package-info.ts'
import type { Mock } from '../public/mock.ts'
import { proxyVariables } from './proxy-environment.ts'
import type { Terminal } from './terminal.ts'

type Environment = Terminal['env']

/** The environment of a command whose calls to HubSpot's hosts lead to a mock. */
export interface InterceptEnvironment {
  readonly variables: Readonly<Record<string, string>>
  /** Removes the files. */
  remove(): Promise<void>
}

/** The variables by which programs find certificate authorities: OpenSSL, Python, curl, AWS, git, pip, Cargo, Deno. */
const bundleVariables = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'AWS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'CARGO_HTTP_CAINFO',
  'DENO_CERT',
] as const

/** Where systems have their certificate authorities. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * Creates the environment: the mock as the proxy for HTTPS, and its certificate authority in addition to those that the
 * command would trust anyway. Only this environment trusts it, and its files are in a folder that only this user can read.
 */
export async function createInterceptEnvironment(mock: Mock, env: Environment): Promise<InterceptEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'hubspot-campaigns-mock-'))
  const ca = mock.ca ?? ''
  const extra = join(folder, 'extra.pem')
  await writeFile(extra, (await readBundle(env['NODE_EXTRA_CA_CERTS'] ?? '')) + ca)
  const bundle = join(folder, 'bundle.pem')
  await writeFile(bundle, (await systemBundle(env)) + ca)
  const bundles: Record<string, string> = {}
  for (const variable of bundleVariables) {
    const own = env[variable]
    bundles[variable] = own === undefined ? bundle : join(folder, `${variable}.pem`)
    if (own !== undefined) await writeFile(bundles[variable], (await readBundle(own)) + ca)
  }
  // PHP reads no such variable, but its settings from further folders.
  const php = join(folder, 'php')
  await mkdir(php)
  await writeFile(join(php, 'certificates.ini'), `curl.cainfo=${bundle}\nopenssl.cafile=${bundle}\n`)
  const preload = `--import=${pathToFileURL(packageFile('dist/intercept-preload.js')).href}`
  return {
    variables: {
      ...bundles,
      PHP_INI_SCAN_DIR: `${env['PHP_INI_SCAN_DIR'] ?? ''}:${php}`,
      ...proxyVariables(mock.url, env),
      NODE_EXTRA_CA_CERTS: extra,
      NODE_OPTIONS: [env['NODE_OPTIONS'], preload].filter(Boolean).join(' '),
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The authorities that the system trusts; those of Node where a system has no file of them. */
async function systemBundle(env: Environment): Promise<string> {
  for (const file of [env['SSL_CERT_FILE'], ...systemBundles]) {
    const text = await readBundle(file ?? '')
    if (text !== '') return text
  }
  return `${rootCertificates.join('\n')}\n`
}

/** The content of a file of certificates; empty if it cannot be read. */
async function readBundle(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

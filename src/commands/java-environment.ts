import { readFile, realpath, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { certificatesInKeyStore, encodeKeyStore } from '../intercept/java-key-store.ts'
import { derOf, trustedCertificates } from './certificate-files.ts'
import { UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

type Environment = Terminal['env']

/** What Java programs of a command need to reach a mock. */
export interface JavaOptions {
  /** The URL of the mock, which is their proxy. */
  readonly url: string
  /** The hosts that are reached without a proxy, as in NO_PROXY. */
  readonly noProxy: string
  /** The certificate authority of the mock, as PEM. */
  readonly ca: string
  /** The folder for the trust store. */
  readonly folder: string
}

/** The password of the trust stores that come with Java. */
const password = 'changeit'

/**
 * Java programs read neither `HTTPS_PROXY` nor PEM files. They get a trust store and a proxy through `JAVA_TOOL_OPTIONS`, which
 * every Java version reads. The options of the user come first; if an option is given twice, the last one applies.
 */
export async function javaVariables(options: JavaOptions, env: Environment): Promise<Record<string, string>> {
  const store = join(options.folder, 'trust.jks')
  const certificates = [...(await trustedByJava(env)), ...derOf(options.ca)]
  await writeFile(store, encodeKeyStore(certificates, password))
  const { hostname, port } = new URL(options.url)
  const proxy = ['http', 'https'].flatMap((scheme) => [
    `${scheme}.proxyHost=${hostname.replace(/^\[|\]$/g, '')}`,
    `${scheme}.proxyPort=${port}`,
  ])
  const properties = [
    ...proxy,
    `http.nonProxyHosts=${nonProxyHosts(options.noProxy)}`,
    `javax.net.ssl.trustStore=${store}`,
    'javax.net.ssl.trustStoreType=JKS',
    `javax.net.ssl.trustStorePassword=${password}`,
  ]
  const ours = properties.map((property) => quote(`-D${property}`)).join(' ')
  return { JAVA_TOOL_OPTIONS: [env['JAVA_TOOL_OPTIONS'], ours].filter(Boolean).join(' ') }
}

/** Java splits the options at spaces outside of quotes. */
function quote(option: string): string {
  if (!/[\s'"]/.test(option)) return option
  return option.includes('"') ? `'${option}'` : `"${option}"`
}

/** The entries of NO_PROXY as Java writes them: `a.example|*.a.example`. It has no ranges of addresses. */
function nonProxyHosts(noProxy: string): string {
  const hosts = noProxy.split(',').flatMap((entry) => {
    if (entry.includes('/')) return []
    if (/:.*:/.test(entry)) return [entry.startsWith('[') ? entry : `[${entry}]`]
    const name = entry.replace(/:\d+$/, '')
    return /^[*.]/.test(name) ? [`*${name.replace(/^\*/, '')}`] : [name, ...(/[a-z]/i.test(name) ? [`*.${name}`] : [])]
  })
  return [...new Set(hosts)].join('|')
}

/**
 * The authorities that Java trusts anyway, as DER: those of the user's option, of the JDK, or of the system.
 * @throws {UsageError} if the trust store of the user's option cannot be read
 */
async function trustedByJava(env: Environment): Promise<Buffer[]> {
  const own = trustStoreOption(env['JAVA_TOOL_OPTIONS'] ?? '')
  if (own !== undefined) {
    const found = await readStore(own)
    if (found.length > 0) return found
    throw new UsageError(
      `JAVA_TOOL_OPTIONS: the certificates in ${own} cannot be read: use a trust store of the type JKS (keytool -importkeystore -deststoretype JKS)`,
    )
  }
  for (const file of await storesOfJava(env)) {
    const found = await readStore(file)
    if (found.length > 0) return found
  }
  return derOf(await trustedCertificates(env))
}

async function readStore(file: string): Promise<Buffer[]> {
  return certificatesInKeyStore(await readFile(file).catch(() => Buffer.alloc(0)))
}

const trustStoreProperty = '-Djavax.net.ssl.trustStore='

/** The trust store that options of Java name. */
function trustStoreOption(options: string): string | undefined {
  const words = (options.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replace(/['"]/g, ''))
  return words.findLast((word) => word.startsWith(trustStoreProperty))?.slice(trustStoreProperty.length)
}

/** Where the Java of this environment may have its trust store. */
async function storesOfJava(env: Environment): Promise<string[]> {
  const commands = (env['PATH'] ?? '').split(delimiter).map((folder) => realpath(join(folder, 'java')).catch(() => ''))
  const found = (await Promise.all(commands)).find((path) => path !== '')
  const homes = [env['JAVA_HOME'], found === undefined ? undefined : dirname(dirname(found))]
  return homes
    .flatMap((home) => home || [])
    .flatMap((home) => [join(home, 'lib/security'), join(home, 'jre/lib/security')])
    .flatMap((folder) => [join(folder, 'jssecacerts'), join(folder, 'cacerts')])
}

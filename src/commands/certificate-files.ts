import { readdir, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { Terminal } from './terminal.ts'

/** Where systems have their certificate authorities. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * The authorities that programs trust by default, as PEM: those that `SSL_CERT_FILE` names or the system has, and those in the
 * folders of `SSL_CERT_DIR`. If the system has no such file, the authorities of Node are used.
 */
export async function trustedCertificates(env: Terminal['env']): Promise<string> {
  const folders = (env['SSL_CERT_DIR'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const fromFolders = await Promise.all(folders.map(readCertificates))
  return (await systemCertificates(env)) + fromFolders.join('')
}

async function systemCertificates(env: Terminal['env']): Promise<string> {
  for (const file of [env['SSL_CERT_FILE'], ...systemBundles]) {
    const text = await readCertificates(file ?? '')
    if (text !== '') return text
  }
  return `${rootCertificates.join('\n')}\n`
}

/** The certificates in a file or a folder, as PEM; empty if it cannot be read. */
export async function readCertificates(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'EISDIR' ? readFolder(path) : '',
  )
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** The name of a certificate in a folder as OpenSSL reads it: a hash of the subject, and a number. */
const hashedName = /^[\da-f]{8}\.\d+$/

/** The certificates in a folder: those with hashes as names, which OpenSSL reads, or else all. */
async function readFolder(path: string): Promise<string> {
  const names = await readdir(path).catch(() => [])
  const hashed = names.filter((name) => hashedName.test(name))
  const files = (hashed.length > 0 ? hashed : names).map((name) => readFile(join(path, name), 'utf8').catch(() => ''))
  return [...new Set((await Promise.all(files)).flatMap(pemBlocks))].map((block) => `${block}\n`).join('')
}

/** The certificates in a text, each as PEM. */
function pemBlocks(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}

/** The certificates in a text of PEM, as DER. */
export function derOf(text: string): Buffer[] {
  return pemBlocks(text).map((block) => Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'))
}

import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { RequestListener, ServerOptions } from 'node:http'
import { createServer, type Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import { BadInput } from '../public/errors.ts'
import type { AppOptions, OwnCertificate } from '../public/mock.ts'
import { wallClockMs } from '../text/system-timers.ts'

/** The certificate of a mock with its private key, and the authority that issued it if it was made for this run. */
export interface ServerIdentity extends OwnCertificate {
  readonly ca: string | undefined
}

/** A client has this long to finish the TLS handshake. */
const handshakeTimeout = 10_000

/**
 * The certificate that a mock needs for its options; undefined if it needs none.
 * @throws {BadInput} if an own certificate cannot be used, has expired, or does not fit its key
 */
export async function identityOf(options: AppOptions): Promise<ServerIdentity | undefined> {
  const { tls, intercept } = options
  if (typeof tls === 'object') return { ...checkCertificate(tls), ca: undefined }
  if (!tls && !intercept) return undefined
  // Loaded only for TLS: it takes as long to load as everything else.
  const { createCertificateAuthority } = await import('./certificate-authority.ts')
  return createCertificateAuthority(hostsOf(options))
}

/** The hosts by which clients call this mock, as far as its options say: that of the public URL, and the one it listens on. */
function hostsOf({ publicUrl, host = '' }: AppOptions): string[] {
  const isForAll = host === '0.0.0.0' || host === '::'
  const hosts = [publicUrl === undefined ? '' : new URL(publicUrl).hostname, isForAll ? '' : host]
  return hosts.map((name) => name.replace(/^\[|\]$/g, '')).filter((name) => name !== '')
}

/** Creates a server that terminates TLS. It offers HTTP/1.1 only. */
export function createTlsServer(
  { cert, key }: ServerIdentity,
  options: ServerOptions,
  handler: RequestListener,
): Server {
  const server = createServer({ ...options, cert, key, ALPNProtocols: ['http/1.1'], handshakeTimeout }, handler)
  // Node passes a failed handshake on as a client error, to which a response cannot be sent.
  server.removeAllListeners('tlsClientError')
  return server.on('tlsClientError', (_error, socket) => socket.destroy())
}

function checkCertificate({ cert, key }: OwnCertificate): OwnCertificate {
  const certificate = read('tls.cert', 'a certificate as PEM', () => new X509Certificate(cert))
  if (/^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(key)) {
    throw new BadInput('tls.key: the key is encrypted', 'decrypt it: openssl pkey -in key.pem -out decrypted.pem')
  }
  const privateKey = read('tls.key', 'a private key as PEM', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new BadInput(
      'tls.key: the key does not belong to the certificate',
      'use the key that the certificate was made with; the certificate of the server is the first in its file',
    )
  }
  for (const [block] of cert.matchAll(pemBlock)) checkDates(new X509Certificate(block))
  checkUse({ cert, key })
  return { cert, key }
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** @throws {BadInput} if a certificate of the chain is not valid now */
function checkDates({ validFrom, validTo }: X509Certificate): void {
  const fix = 'use a certificate that is valid, or tls: true'
  if (Date.parse(validTo) < wallClockMs()) throw new BadInput(`tls.cert: expired on ${validTo}`, fix)
  if (Date.parse(validFrom) > wallClockMs()) throw new BadInput(`tls.cert: not valid before ${validFrom}`, fix)
}

/** @throws {BadInput} if OpenSSL refuses a certificate, such as one whose key is too small */
function checkUse(certificate: OwnCertificate): void {
  try {
    createSecureContext({ ...certificate })
  } catch (error) {
    const reason = String(Object(error).message).replace(/^error:\w+:/, '')
    throw new BadInput(`tls.cert: OpenSSL refuses it (${reason})`, 'use another certificate, or tls: true')
  }
}

function read<T>(place: string, expected: string, parse: () => T): T {
  try {
    return parse()
  } catch {
    throw new BadInput(`${place}: expected ${expected}`, 'use the content of a PEM file')
  }
}

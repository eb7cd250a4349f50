import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { RequestListener, ServerOptions } from 'node:http'
import { createServer, type Server } from 'node:https'
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
 * @throws {BadInput} if an own certificate has expired, or does not fit its key
 */
export async function identityOf({ tls, intercept }: AppOptions): Promise<ServerIdentity | undefined> {
  if (typeof tls === 'object') return { ...checkCertificate(tls), ca: undefined }
  if (!tls && !intercept) return undefined
  // Loaded only for TLS: it takes as long to load as everything else.
  const { createCertificateAuthority } = await import('./certificate-authority.ts')
  return createCertificateAuthority()
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
  const privateKey = read('tls.key', 'a private key as PEM', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new BadInput(
      'tls.key: the key does not belong to the certificate',
      'use the key that the certificate was made with',
    )
  }
  if (Date.parse(certificate.validTo) < wallClockMs()) {
    throw new BadInput(`tls.cert: expired on ${certificate.validTo}`, 'use a certificate that is valid, or tls: true')
  }
  if (Date.parse(certificate.validFrom) > wallClockMs()) {
    throw new BadInput(
      `tls.cert: not valid before ${certificate.validFrom}`,
      'use a certificate that is valid, or tls: true',
    )
  }
  return { cert, key }
}

function read<T>(place: string, expected: string, parse: () => T): T {
  try {
    return parse()
  } catch {
    throw new BadInput(`${place}: expected ${expected}`, 'use the content of a PEM file')
  }
}

// A polyfill that @peculiar/x509 needs. This module is loaded only for a mock with TLS.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { hubspotHostPatterns } from '../contract/hubspot-hosts.ts'
import { wallClockMs } from '../text/system-timers.ts'

/** A private certificate authority, and a certificate that it has issued for HubSpot's hosts and this machine. */
export interface CertificateAuthority {
  /** The certificate of the authority, as PEM. Clients that trust it accept `cert`. */
  readonly ca: string
  /** The certificate of the mock, as PEM. */
  readonly cert: string
  /** The private key of the mock, as PEM. */
  readonly key: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 24 * 60 * 60 * 1000
const validDays = 90

/**
 * Creates a certificate authority for one run. Its private key is never stored, so that it can issue nothing else.
 * @param hosts further DNS names and IP addresses that the certificate is for
 * @param now milliseconds since the epoch
 */
export async function createCertificateAuthority(
  hosts: readonly string[] = [],
  now = wallClockMs(),
): Promise<CertificateAuthority> {
  // From the day before, for clients whose clock is behind.
  const validity = { notBefore: new Date(now - dayMs), notAfter: new Date(now + validDays * dayMs) }
  const [authorityKeys, serverKeys] = await Promise.all([newKeys(), newKeys()])
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=hubspot-campaigns-mock (only for tests)',
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const server = await issue(authority, authorityKeys, serverKeys, hosts, validity)
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey)).toString('base64')
  return { ca: `${authority.toString('pem')}\n`, cert: `${server.toString('pem')}\n`, key: pem('PRIVATE KEY', key) }
}

async function issue(
  authority: X509Certificate,
  authorityKeys: webcrypto.CryptoKeyPair,
  serverKeys: webcrypto.CryptoKeyPair,
  hosts: readonly string[],
  validity: { readonly notBefore: Date; readonly notAfter: Date },
): Promise<X509Certificate> {
  const all = new Set([...hubspotHostPatterns, 'localhost', '127.0.0.1', '::1', ...hosts])
  const names = [...all].map((value): JsonGeneralName => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))
  return X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=api.hubapi.com',
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

function pem(label: string, base64: string): string {
  const lines = base64.replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

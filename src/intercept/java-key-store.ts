import { createHash } from 'node:crypto'

// The JKS format, which every Java version reads: a header, one entry for each certificate, and a digest with a password.
const magic = 0xfeedfeed
const version = 2
const trustedCertificate = 2
const digestSalt = 'Mighty Aphrodite'

/**
 * Encodes certificates as a trust store of Java.
 * @param certificates as DER
 * @param password for the digest; a trust store has no secrets
 */
export function encodeKeyStore(certificates: readonly Buffer[], password: string): Buffer {
  const entries = certificates.map((certificate, i) =>
    Buffer.concat([
      uint32(trustedCertificate),
      shortText(`certificate-${i}`),
      // The date of the entry, in milliseconds since the epoch.
      Buffer.alloc(8),
      shortText('X.509'),
      uint32(certificate.length),
      certificate,
    ]),
  )
  const content = Buffer.concat([uint32(magic), uint32(version), uint32(entries.length), ...entries])
  const key = Buffer.from(password, 'utf16le').swap16()
  return Buffer.concat([content, createHash('sha1').update(key).update(digestSalt).update(content).digest()])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function shortText(text: string): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(text.length)
  return Buffer.concat([bytes, Buffer.from(text)])
}

/** The name of the type before each certificate in a store of the format JKS. */
const typeInJks = shortText('X.509')
/** The object identifier before each certificate in a store of the format PKCS #12: 1.2.840.113549.1.9.22.1. */
const typeInPkcs12 = Buffer.from('060a2a864886f70d01091601', 'hex')

/**
 * The certificates in a trust store of Java, as DER. From a store in the PKCS #12 format it reads only certificates that are
 * not encrypted, as in the store of a JDK.
 */
export function certificatesInKeyStore(store: Buffer): Buffer[] {
  if (store.length >= 4 && store.readUInt32BE(0) === magic) {
    return positionsAfter(store, typeInJks).map((at) => store.subarray(at + 4, at + 4 + store.readUInt32BE(at)))
  }
  return positionsAfter(store, typeInPkcs12).map((at) => contentAt(contentAt(store, at), 0))
}

function positionsAfter(store: Buffer, marker: Buffer): number[] {
  const positions: number[] = []
  for (let at = store.indexOf(marker); at >= 0; at = store.indexOf(marker, at + marker.length)) {
    if (at + marker.length + 4 <= store.length) positions.push(at + marker.length)
  }
  return positions
}

/** The content of an element of DER: a tag, a length of one or more bytes, and the content. */
function contentAt(bytes: Buffer, at: number): Buffer {
  const [first = 0] = bytes.subarray(at + 1)
  const lengthBytes = first < 0x80 ? 0 : Math.min(first & 0x7f, 4)
  const start = at + 2 + lengthBytes
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
  return bytes.subarray(start, start + length)
}

import { gunzipSync } from 'node:zlib'

const gzipHeader = Buffer.from([0x1f, 0x8b])

/**
 * Bytes as text: decompressed if they are compressed with gzip, in the encoding that their byte order mark names.
 * @param maximumBytes of the decompressed text · @throws {RangeError} if there are more
 */
export function decodeBytes(bytes: Buffer, maximumBytes: number): string {
  const isCompressed = bytes.subarray(0, gzipHeader.length).equals(gzipHeader)
  const plain = isCompressed ? gunzipSync(bytes, { maxOutputLength: maximumBytes }) : bytes
  const [first, second] = plain
  const isWide = first === 0xff && second === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(plain)
}

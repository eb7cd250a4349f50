import { createHash } from 'node:crypto'

/** 32 pseudo-random bytes that depend only on these parts. */
export function digest(...parts: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join(':')).digest()
}

/**
 * A version 4 GUID: 12 bytes computed from (seed, index), then the index, masked by a digest of those bytes, so that
 * the ids of neighbours look unrelated.
 */
export function generatedId(seed: number, index: number): string {
  const id = Buffer.alloc(16)
  digest('id', seed, index).copy(id, 0, 0, 12)
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x40, 6)
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8)
  id.writeUInt32BE((index ^ maskOf(seed, id)) >>> 0, 12)
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The index in an id; undefined if it is not below the size, or if the id does not belong to this seed. */
export function indexOfGeneratedId(seed: number, id: string, size: number): number | undefined {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16) return undefined
  const index = (bytes.readUInt32BE(12) ^ maskOf(seed, bytes)) >>> 0
  return index < size && generatedId(seed, index) === id ? index : undefined
}

function maskOf(seed: number, id: Buffer): number {
  // The text has always been `veil`: another one would change all ids.
  return digest('veil', seed, id.toString('hex', 0, 12)).readUInt32BE(0)
}

import { createHash } from 'node:crypto'

/** 32 bytes that only these parts give, and that look like chance. */
export function digest(...parts: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join(':')).digest()
}

/**
 * A version 4 GUID: 12 bytes that only (seed, index) can give, then the index, veiled by a digest of those bytes,
 * so that two neighbours look nothing alike.
 */
export function generatedId(seed: number, index: number): string {
  const id = Buffer.alloc(16)
  digest('id', seed, index).copy(id, 0, 0, 12)
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x40, 6)
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8)
  id.writeUInt32BE((index ^ veil(seed, id)) >>> 0, 12)
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The index in an id; undefined if the id is not what this seed gives that index. */
export function indexOfGeneratedId(seed: number, id: string): number | undefined {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16) return undefined
  const index = (bytes.readUInt32BE(12) ^ veil(seed, bytes)) >>> 0
  return generatedId(seed, index) === id ? index : undefined
}

function veil(seed: number, id: Buffer): number {
  return digest('veil', seed, id.toString('hex', 0, 12)).readUInt32BE(0)
}

import { createHash } from 'node:crypto'
import { itemAt } from '../../text/item-at.ts'

const bytesPerNumber = 4

/** Pseudo-random numbers from 0 to 2 ** 32 - 1 that depend only on a key. */
export function seededNumbers(count: number, key: string): Uint32Array {
  const bytes = createHash('shake256', { outputLength: count * bytesPerNumber })
    .update(key)
    .digest()
  return Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32BE(i * bytesPerNumber))
}

/** The numbers from 0 to `size - 1` (at most 65 535) in a pseudo-random order that depends only on a key. */
export function seededShuffle(size: number, key: string): Uint16Array {
  const shuffled = Uint16Array.from({ length: size }, (_, i) => i)
  const random = seededNumbers(size, key)
  for (let i = size - 1; i > 0; i--) {
    const other = itemAt(random, i) % (i + 1)
    const moved = itemAt(shuffled, i)
    shuffled[i] = itemAt(shuffled, other)
    shuffled[other] = moved
  }
  return shuffled
}

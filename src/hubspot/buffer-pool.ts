const bufferBytes = 64 * 1024
const maximumFree = 64

/** Reuses the memory of large bodies: the first write to new memory is slow, and unused memory has to be collected. */
export class BufferPool {
  readonly #free: Buffer[] = []

  /** @returns a buffer of at least this size. Its content is undefined. */
  take(bytes: number): Buffer {
    if (bytes > bufferBytes) return Buffer.allocUnsafeSlow(bytes)
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes)
  }

  /** Takes back a buffer that is no longer read. */
  release(buffer: Buffer): void {
    if (buffer.length === bufferBytes && this.#free.length < maximumFree) this.#free.push(buffer)
  }
}

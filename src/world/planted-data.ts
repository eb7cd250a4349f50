import { BadInput } from '../public/errors.ts'

/** The maximum size of the data that tests and clients add to one mock, as JSON. */
export const maximumPlantedBytes = 64 * 1024 * 1024

/** Thrown when a mock has no space for more data, or would export too much. */
export class TooMuchData extends BadInput {}

/** Counts what is stored under the keys of one owner. */
export interface PlantedPart {
  /**
   * Counts a value, in place of the previous one of its key.
   * @throws {TooMuchData} if it does not fit; then nothing changes
   */
  set(key: string, value: unknown): void
  /**
   * Counts several values.
   * @throws {TooMuchData} if they do not fit together; then nothing changes
   */
  setAll(values: ReadonlyMap<string, unknown>): void
  delete(key: string): void
}

/** Counts the bytes of campaigns and scenarios that were added to a mock and its portals. */
export class PlantedData {
  readonly #owners = new Map<string, Map<string, number>>()
  #bytes = 0

  /** The part of one owner: of a portal by its name, or of the whole mock. */
  partOf(owner: string): PlantedPart {
    return {
      set: (key, value) => this.#setAll(owner, new Map([[key, value]])),
      setAll: (values) => this.#setAll(owner, values),
      delete: (key) => this.#delete(owner, key),
    }
  }

  /** Forgets everything of one owner. */
  release(owner: string): void {
    for (const bytes of this.#owners.get(owner)?.values() ?? []) this.#bytes -= bytes
    this.#owners.delete(owner)
  }

  #setAll(owner: string, values: ReadonlyMap<string, unknown>): void {
    const sizes = this.#owners.get(owner) ?? new Map<string, number>()
    const added = [...values].map(([key, value]) => ({ key, bytes: Buffer.byteLength(JSON.stringify(value)) }))
    const bytes = added.reduce((sum, { key, bytes }) => sum + bytes - (sizes.get(key) ?? 0), 0)
    if (this.#bytes + bytes > maximumPlantedBytes) {
      const message = `no space for ${bytes} more bytes: this mock has ${this.#bytes} bytes of added data, and the maximum is ${maximumPlantedBytes}`
      throw new TooMuchData(message, 'remove campaigns, reset the mock, or put large data into a fixture')
    }
    this.#bytes += bytes
    for (const { key, bytes } of added) sizes.set(key, bytes)
    this.#owners.set(owner, sizes)
  }

  #delete(owner: string, key: string): void {
    const sizes = this.#owners.get(owner)
    this.#bytes -= sizes?.get(key) ?? 0
    sizes?.delete(key)
  }
}

import { canonicalId, type FixtureCampaign } from '../fixtures/fixture.ts'
import { type Campaign, fromFixture } from './campaign.ts'

const boxBytes = 1024 * 1024

/** What is kept of a place: its box, and where in it the JSON starts and ends. */
const numbersPerPlace = 3

/**
 * The campaigns of a fixture, at rest: as JSON outside of the heap, each taken off only when it is asked for. A million
 * of them as objects take three times the memory, and make every collection of garbage slower that a read causes.
 */
export class Shelf {
  /** Each id with the number of its campaign, in the order they came. */
  readonly #numbers = new Map<string, number>()
  readonly #boxes: Buffer[] = []
  /** The places of all of them, one behind another. */
  readonly #places: number[] = []
  readonly #propertyNames = new Set<string>()
  /** How much of the last box is used. */
  #used = 0

  get size(): number {
    return this.#numbers.size
  }

  /** The ids, as they are looked up, in the order they came. */
  get ids(): Iterable<string> {
    return this.#numbers.keys()
  }

  /** The properties that some campaign brings. */
  get propertyNames(): Iterable<string> {
    return this.#propertyNames
  }

  has(id: string): boolean {
    return this.#numbers.has(canonicalId(id))
  }

  /** Puts a campaign behind the others. Its id must not be there yet. */
  add(fixture: FixtureCampaign): void {
    const campaign = fromFixture(fixture)
    const json = JSON.stringify(campaign)
    this.#numbers.set(canonicalId(campaign.id), this.#numbers.size)
    for (const name of Object.keys(campaign.properties)) this.#propertyNames.add(name)
    const bytes = Buffer.byteLength(json)
    const box = this.#boxFor(bytes)
    box.write(json, this.#used)
    this.#places.push(this.#boxes.length - 1, this.#used, this.#used + bytes)
    this.#used += bytes
  }

  /** The campaign with this id, in small letters if it is a GUID: a new object each time. */
  find(canonical: string): Campaign | undefined {
    const number = this.#numbers.get(canonical)
    if (number === undefined) return undefined
    const at = number * numbersPerPlace
    const [box = 0, start, end] = this.#places.slice(at, at + numbersPerPlace)
    return JSON.parse(this.#boxes[box]?.toString('utf8', start, end) ?? '')
  }

  #boxFor(bytes: number): Buffer {
    const last = this.#boxes.at(-1)
    if (last !== undefined && this.#used + bytes <= last.length) return last
    const box = Buffer.allocUnsafeSlow(Math.max(boxBytes, bytes))
    this.#boxes.push(box)
    this.#used = 0
    return box
  }
}

import { TooManyAtOnce } from '../too-many-at-once.ts'

const maximumWaits = 100

/** Limits how many waits for exchanges are open at the same time in one mock. */
export class OpenWaits {
  #count = 0

  /**
   * Counts one more wait.
   * @returns a function that ends it, to be called once
   * @throws {TooManyAtOnce} if too many are open
   */
  open(): () => void {
    if (this.#count >= maximumWaits) {
      throw new TooManyAtOnce(
        `${maximumWaits} waits for requests are open, which is the maximum for one mock`,
        'wait for fewer requests at the same time, or use a count',
      )
    }
    this.#count += 1
    return () => {
      this.#count -= 1
    }
  }
}

/** The requests of one portal whose step holds their response until a test releases it. */
export class Holds {
  readonly #waiting = new Set<() => void>()

  /**
   * Waits until the response is released.
   * @param listen receives a function that ends the wait early, and returns how to stop listening for the reason
   */
  wait(listen: (end: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.#waiting.delete(end)
        stopListening()
        resolve()
      }
      this.#waiting.add(end)
      const stopListening = listen(end)
    })
  }

  /** Releases every response that is held now. @returns their number */
  release(): number {
    const waiting = [...this.#waiting]
    for (const end of waiting) end()
    return waiting.length
  }
}

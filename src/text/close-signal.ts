/** Signals that the mock has started to close. It is not an AbortSignal, because browser-like test environments replace that. */
export class CloseSignal {
  readonly #listeners = new Set<() => void>()
  #isClosing = false

  get isClosing(): boolean {
    return this.#isClosing
  }

  /** Calls every listener once. */
  close(): void {
    this.#isClosing = true
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }

  /**
   * Calls a function when the mock starts to close; at once if it is closing already.
   * @returns a function that cancels the call
   */
  onClose(listener: () => void): () => void {
    if (this.#isClosing) listener()
    else this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

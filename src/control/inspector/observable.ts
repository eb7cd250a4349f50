import { useEffect, useState } from 'preact/hooks'

/** State that components show. However often it changes, they are updated once per frame. */
export class Observable {
  readonly #listeners = new Set<() => void>()
  #isScheduled = false

  /** Calls a function after changes. @returns a function that ends this */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected changed(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    requestAnimationFrame(() => {
      this.#isScheduled = false
      for (const listener of this.#listeners) listener()
    })
  }
}

/** Updates the component whenever the state changes. */
export function useChanges(state: Observable): void {
  const [, update] = useState(0)
  useEffect(() => state.subscribe(() => update((count) => count + 1)), [state])
}

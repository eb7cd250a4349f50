import { useEffect, useState } from 'preact/hooks'

/** The minimum time between two updates, so that many changes do not block the browser. */
const updateEveryMs = 100

/** State that components show. They are updated at once after a change, and then at most ten times a second. */
export class Observable {
  readonly #listeners = new Set<() => void>()
  #isScheduled = false
  #updatedMs = 0

  /** Calls a function after changes. @returns a function that ends this */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected changed(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    const waitMs = this.#updatedMs + updateEveryMs - performance.now()
    setTimeout(() => requestAnimationFrame(() => this.#update()), Math.max(0, waitMs))
  }

  #update(): void {
    this.#isScheduled = false
    this.#updatedMs = performance.now()
    for (const listener of this.#listeners) listener()
  }
}

/** Updates the component whenever the state changes. */
export function useChanges(state: Observable): void {
  const [, update] = useState(0)
  useEffect(() => state.subscribe(() => update((count) => count + 1)), [state])
}

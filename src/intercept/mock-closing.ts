/** What to do when a mock closes, by the object that a user has. */
const listeners = new WeakMap<object, (() => void)[]>()

/** Calls a function when a mock closes. */
export function whenClosed(mock: object, listener: () => void): void {
  listeners.set(mock, [...(listeners.get(mock) ?? []), listener])
}

/** Reports that a mock closes. */
export function reportClosing(mock: object): void {
  for (const listener of listeners.get(mock) ?? []) listener()
  listeners.delete(mock)
}

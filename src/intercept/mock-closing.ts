/** The listeners to call when a mock closes, keyed by the object that the user has. */
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

/** The base URL of the mock that calls to HubSpot's hosts lead to; undefined while none does. */
export type CurrentBase = () => URL | undefined

/**
 * Replaces a member of an object.
 * @returns a function that undoes it, unless something else has replaced the member since
 */
export function replaceMember<T extends object, K extends keyof T>(object: T, name: K, value: T[K]): () => void {
  const original = object[name]
  object[name] = value
  return () => {
    if (object[name] === value) object[name] = original
  }
}

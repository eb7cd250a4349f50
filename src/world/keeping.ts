/**
 * Keeps what has been made, for whoever asks for the same again; of more than so many, all are forgotten.
 * @param most how many are kept · @param make undefined, which is not kept, if there is no such thing
 */
export function keeping<T>(most: number, make: (key: string) => T | undefined): (key: string) => T | undefined {
  const kept = new Map<string, T>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(key)
    if (made === undefined) return undefined
    if (kept.size >= most) kept.clear()
    kept.set(key, made)
    return made
  }
}

type Path = readonly (string | number)[]

/** A tree of the paths whose offsets are wanted: each step leads to the paths below it. */
export class WantedPath {
  readonly #below = new Map<string, WantedPath>()
  offset: number | undefined

  add(step: string | number): WantedPath {
    const below = this.#below.get(String(step)) ?? new WantedPath()
    this.#below.set(String(step), below)
    return below
  }

  /** @returns undefined if the path is not wanted */
  find(path: Path): WantedPath | undefined {
    let found: WantedPath | undefined = this
    for (const step of path) {
      found = found.#below.get(String(step))
      if (found === undefined) return undefined
    }
    return found
  }

  /** The offset of a path, or of its nearest parent that was found. */
  offsetOf(path: Path): number {
    const found = path.map((_, i) => this.find(path.slice(0, i + 1))?.offset)
    return found.findLast((offset) => offset !== undefined) ?? this.offset ?? 0
  }
}

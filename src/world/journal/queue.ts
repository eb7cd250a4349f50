/** A first-in, first-out queue with operations in constant time. */
export class Queue<T> {
  #items: (T | undefined)[] = []
  /** The index of the oldest item: slots before it are empty. */
  #first = 0

  get size(): number {
    return this.#items.length - this.#first
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#first]
    this.#items[this.#first] = undefined
    this.#first += 1
    if (this.#first > this.size) this.#removeEmptySlots()
    return item
  }

  clear(): void {
    this.#items = []
    this.#first = 0
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = this.#first; i < this.#items.length; i++) yield this.#items[i] as T
  }

  #removeEmptySlots(): void {
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

import type { Problem } from './schema-problems.ts'

export const maximumLevels = 100

/** A YAML file can refer to one value many times. More values than this would take too much memory as JSON. */
const maximumValues = 10_000_000

interface Size {
  readonly levels: number
  readonly values: number
}

/**
 * Finds the first part of a value that JSON cannot represent: a value that contains itself, too many levels, a function,
 * a BigInt, a number that is not finite, or an object of a class.
 * @returns undefined if the value can be represented
 */
export function unrepresentable(value: unknown): Problem | undefined {
  const search = new Search()
  const { values } = search.sizeOf(value)
  if (search.problem !== undefined || values <= maximumValues) return search.problem
  return { path: [], message: `more than ${maximumValues} values after its aliases are resolved: use fewer aliases` }
}

const scalarSize: Size = { levels: 0, values: 1 }

/** Measures a value. Each object is visited once, however often it is referred to. */
class Search {
  problem: Problem | undefined
  readonly #known = new Map<object, Size>()
  readonly #open = new Set<object>()
  /** The path of the value that is being visited. */
  readonly #path: (string | number)[] = []

  sizeOf(value: unknown): Size {
    if (typeof value !== 'object' || value === null) {
      const message = scalarProblem(value)
      return message === undefined ? scalarSize : this.#refuse(message)
    }
    const known = this.#known.get(value)
    if (known !== undefined) return this.#checkLevels(known)
    if (this.#open.has(value)) return this.#refuse('contains itself: remove the reference')
    if (this.#path.length >= maximumLevels) return this.#refuse(tooDeep)
    return this.#sizeOfMembers(value)
  }

  #sizeOfMembers(value: object): Size {
    if (!isPlain(value)) return this.#refuse(`expected plain data, got an object ${describeClass(value)}`)
    this.#open.add(value)
    let [levels, values] = [0, 1]
    for (const [key, member] of Object.entries(value)) {
      if (this.problem !== undefined) break
      this.#path.push(Array.isArray(value) ? Number(key) : key)
      const size = this.sizeOf(member)
      this.#path.pop()
      levels = Math.max(levels, size.levels)
      values += size.values
    }
    this.#open.delete(value)
    const size = { levels: levels + 1, values }
    this.#known.set(value, size)
    return size
  }

  #checkLevels(size: Size): Size {
    return this.#path.length + size.levels > maximumLevels ? this.#refuse(tooDeep) : size
  }

  #refuse(message: string): Size {
    this.problem ??= { path: [...this.#path], message }
    return scalarSize
  }
}

/** The message for a value that is nested too deeply. */
export const tooDeep = `nested too deeply: the maximum is ${maximumLevels} levels`

function scalarProblem(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `expected a finite number, got ${value}`
  if (typeof value === 'bigint') return `expected a number or text, got the BigInt ${value}n`
  if (typeof value === 'function' || typeof value === 'symbol') return `expected plain data, got a ${typeof value}`
  return undefined
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

function describeClass(value: object): string {
  const name = value.constructor?.name
  return name === undefined ? 'without a class' : `of class ${name}`
}

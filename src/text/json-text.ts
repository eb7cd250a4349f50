import { WantedPath } from './wanted-path.ts'

/** A position in a text. Line and column count from 1, as in HubSpot's JSON errors. */
export interface Position {
  readonly line: number
  readonly column: number
}

export type JsonPath = readonly (string | number)[]

/** Why a text is not JSON, and the offset of the first character that is wrong. */
export interface JsonProblem {
  readonly offset: number
  readonly problem: string
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  return new LineIndex(text).positionAt(offset)
}

/** Where the lines of a text begin, so that the text is read once for any number of positions. */
export class LineIndex {
  readonly #starts = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The line and column of an offset. */
  positionAt(offset: number): Position {
    let [low, high] = [0, this.#starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }
}

/** Finds where and why a text is not JSON; undefined if it is JSON. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  return new JsonScanner(text).run()
}

/**
 * The offset of the value under `path` in a JSON text; if there is no such value, the offset of its nearest parent.
 * Of a member named twice, the last counts.
 */
export function offsetOf(text: string, path: JsonPath): number {
  return offsetsOf(text, [path])[0] ?? 0
}

/** The offset of each path, as `offsetOf` finds it. The text is read once for all of them. */
export function offsetsOf(text: string, paths: readonly JsonPath[]): number[] {
  const root = new WantedPath()
  for (const path of paths) path.reduce((at: WantedPath, step) => at.add(step), root)
  new JsonScanner(text, (offset, path) => {
    const wanted = root.find(path)
    if (wanted !== undefined) wanted.offset = offset
  }).run()
  return paths.map((path) => root.offsetOf(path))
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or }' | ', or ]' | 'end'

const wanted: Record<Expected, string> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or "}"',
  ':': '":"',
  ', or }': '"," or "}"',
  ', or ]': '"," or "]"',
  end: 'the end',
}

/**
 * Walks a JSON text without building it and without recursion, so that no nesting is too deep.
 * `JSON.parse` decides what is JSON, but reports the position of an error only in some Node versions, and never the
 * position of a value.
 */
class JsonScanner {
  readonly #text: string
  readonly #onValue: ((offset: number, path: JsonPath) => void) | undefined
  /** The name or index that each open object or array has reached: an array's is a number. */
  readonly #path: (string | number)[] = []
  #at = 0
  #expected: Expected = 'value'

  constructor(text: string, onValue?: (offset: number, path: JsonPath) => void) {
    this.#text = text
    this.#onValue = onValue
  }

  run(): JsonProblem | undefined {
    for (;;) {
      this.#at = this.#match(/[ \t\n\r]*/y)
      const char = this.#text.charAt(this.#at)
      if (char === '') return this.#expected === 'end' ? undefined : this.#unexpected()
      const problem = this.#step(char)
      if (problem !== undefined) return problem
    }
  }

  #step(char: string): JsonProblem | undefined {
    switch (this.#expected) {
      case 'value or ]':
        return char === ']' ? this.#close() : this.#value(char)
      case 'value':
        return this.#value(char)
      case 'name or }':
        return char === '}' ? this.#close() : this.#name(char)
      case 'name':
        return this.#name(char)
      case ':':
        return char === ':' ? this.#advance('value') : this.#unexpected()
      case ', or }':
        if (char === ',') return this.#advance('name')
        return char === '}' ? this.#close() : this.#unexpected()
      case ', or ]':
        if (char === ',') return this.#nextItem()
        return char === ']' ? this.#close() : this.#unexpected()
      case 'end':
        return this.#unexpected()
    }
  }

  #value(char: string): JsonProblem | undefined {
    this.#onValue?.(this.#at, this.#path)
    if (char === '{') return this.#open('', 'name or }')
    if (char === '[') return this.#open(0, 'value or ]')
    if (char === '"') return this.#string() ?? this.#afterValue()
    return (/[-\d]/.test(char) ? this.#number() : this.#word(char)) ?? this.#afterValue()
  }

  #number(): JsonProblem | undefined {
    const start = this.#at
    this.#at = this.#match(/-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?/y)
    return /\d$/.test(this.#text.slice(start, this.#at)) ? undefined : this.#unexpected('a digit')
  }

  #word(char: string): JsonProblem | undefined {
    const word = ['true', 'false', 'null'].find((one) => one.startsWith(char))
    if (word === undefined) return this.#unexpected()
    for (const letter of word) {
      if (this.#text.charAt(this.#at) !== letter) return this.#unexpected(word)
      this.#at += 1
    }
    return undefined
  }

  #name(char: string): JsonProblem | undefined {
    if (char !== '"') return this.#unexpected()
    const start = this.#at
    const problem = this.#string()
    if (problem !== undefined) return problem
    this.#path[this.#path.length - 1] = JSON.parse(this.#text.slice(start, this.#at))
    this.#expected = ':'
    return undefined
  }

  #string(): JsonProblem | undefined {
    this.#at += 1
    for (;;) {
      this.#at = this.#match(/[\u0020\u0021\u0023-\u005b\u005d-\uffff]*/y)
      const char = this.#text.charAt(this.#at)
      if (char === '"') return this.#advance(this.#expected)
      const problem = char === '\\' ? this.#escape() : this.#unexpected('a double quote, or an escaped character')
      if (problem !== undefined) return problem
    }
  }

  #escape(): JsonProblem | undefined {
    const start = this.#at
    this.#at = this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{0,4})?/y)
    const escaped = this.#text.slice(start, this.#at)
    if (escaped === '\\') return this.#unexpected('one of " \\ / b f n r t u')
    return /^\\u.{0,3}$/.test(escaped) ? this.#unexpected('four hexadecimal digits') : undefined
  }

  #open(first: string | number, expected: Expected): undefined {
    this.#path.push(first)
    return this.#advance(expected)
  }

  #close(): undefined {
    this.#path.pop()
    this.#at += 1
    return this.#afterValue()
  }

  #nextItem(): undefined {
    this.#path[this.#path.length - 1] = Number(this.#path.at(-1)) + 1
    return this.#advance('value')
  }

  #afterValue(): undefined {
    const around = this.#path.at(-1)
    this.#expected = around === undefined ? 'end' : typeof around === 'number' ? ', or ]' : ', or }'
  }

  #advance(expected: Expected): undefined {
    this.#at += 1
    this.#expected = expected
  }

  /** The offset behind a match that starts right here. @param pattern a sticky one that always matches */
  #match(pattern: RegExp): number {
    pattern.lastIndex = this.#at
    pattern.test(this.#text)
    return pattern.lastIndex
  }

  #unexpected(expected: string = wanted[this.#expected]): JsonProblem {
    const char = this.#text.charAt(this.#at)
    const came = char === '' ? 'end' : `character ${JSON.stringify(char)}`
    return { offset: this.#at, problem: `unexpected ${came}, expected ${expected}` }
  }
}

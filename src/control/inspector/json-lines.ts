/** A part of a line of JSON; `name` is the name of a member. */
export interface JsonToken {
  readonly kind: 'name' | 'text' | 'value' | 'sign'
  readonly text: string
}

/** A line of indented JSON. */
export interface JsonLine {
  readonly depth: number
  readonly tokens: JsonToken[]
  /** The path of the value that begins on this line, such as `inputs[0].id`. */
  path: string
}

interface Container {
  readonly path: string
  /** The index of the current item of a list; undefined in an object. */
  index: number | undefined
}

/**
 * Breaks JSON into indented lines. The values stay as they are written: `1.0` does not become `1`.
 * @returns undefined if the text is not JSON
 */
export function jsonLines(text: string): JsonLine[] | undefined {
  return isJson(text) ? new JsonLayout(text).lines : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Lays out text that is known to be JSON. */
class JsonLayout {
  readonly lines: JsonLine[] = []
  readonly #containers: Container[] = []
  #line: JsonLine = { depth: 0, tokens: [], path: '' }

  constructor(text: string) {
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
    for (let i = 0; i < tokens.length; i++) this.#add(tokens[i] ?? '', tokens[i + 1], tokens[i - 1])
    this.lines.push(this.#line)
  }

  #add(token: string, next: string | undefined, previous: string | undefined): void {
    if (token === '{' || token === '[') this.#open(token, next)
    else if (token === '}' || token === ']') this.#close(token, previous)
    else if (token === ',') this.#separate()
    else this.#push(token, next)
  }

  #open(token: string, next: string | undefined): void {
    this.#line.tokens.push({ kind: 'sign', text: token })
    const isEmpty = next === '}' || next === ']'
    this.#containers.push({ path: this.#line.path, index: token === '[' ? 0 : undefined })
    if (!isEmpty) this.#breakLine()
  }

  #close(token: string, previous: string | undefined): void {
    const container = this.#containers.pop()
    if (previous !== '{' && previous !== '[') this.#breakLine(container?.path)
    this.#line.tokens.push({ kind: 'sign', text: token })
  }

  #separate(): void {
    this.#line.tokens.push({ kind: 'sign', text: ',' })
    const container = this.#containers.at(-1)
    if (container?.index !== undefined) container.index += 1
    this.#breakLine()
  }

  #push(token: string, next: string | undefined): void {
    if (token === ':') this.#line.tokens.push({ kind: 'sign', text: ': ' })
    else if (next === ':') {
      this.#line.path = joinPath(this.#containers.at(-1)?.path ?? '', token)
      this.#line.tokens.push({ kind: 'name', text: token })
    } else this.#line.tokens.push({ kind: token.startsWith('"') ? 'text' : 'value', text: token })
  }

  #breakLine(path?: string): void {
    this.lines.push(this.#line)
    const { path: parent = '', index } = this.#containers.at(-1) ?? {}
    const ownPath = path ?? (index === undefined ? parent : `${parent}[${index}]`)
    this.#line = { depth: this.#containers.length, tokens: [], path: ownPath }
  }
}

/** Adds a member to a path, as the journal writes paths: a name with other characters than these is quoted. */
function joinPath(parent: string, quotedName: string): string {
  const name: string = JSON.parse(quotedName)
  const written = /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
  return parent === '' ? written : `${parent}.${written}`
}

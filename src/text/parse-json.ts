import { findJsonProblem, positionAt } from './json-text.ts'

/** Thrown for a text that is not JSON, with the position of the first error. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError'
  /** Both are counted from 1. */
  readonly line: number
  readonly column: number
  /** The problem, such as `unexpected end, expected a value`. */
  readonly problem: string

  constructor(text: string) {
    const { offset, problem } = findJsonProblem(text) ?? { offset: 0, problem: 'not JSON' }
    const { line, column } = positionAt(text, offset)
    super(`not JSON on line ${line}, column ${column}: ${problem}`)
    this.line = line
    this.column = column
    this.problem = problem
  }
}

/**
 * The value of a JSON text. `JSON.parse` names the place of an error in some Node versions only.
 * @throws {JsonSyntaxError}
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonSyntaxError(text)
  }
}

import { Kind, type TSchema } from '@sinclair/typebox'
import { Value, type ValueError, ValueErrorType } from '@sinclair/typebox/value'
import { closest, distance } from 'fastest-levenshtein'
import type { JsonPath } from './json-text.ts'

/** Something wrong in what a user wrote: where it stands, and what is wrong with it and how to mend it. */
export interface Problem {
  readonly path: JsonPath
  readonly message: string
}

/** Every way in which a value departs from a schema, in the order of the schema, each place once. */
export function findProblems(schema: TSchema, value: unknown): Problem[] {
  if (Value.Check(schema, value)) return []
  const problems = new Map<string, Problem>()
  for (const error of Value.Errors(schema, value)) {
    if (!problems.has(error.path)) problems.set(error.path, { path: pathOf(error.path), message: say(error) })
  }
  return [...problems.values()]
}

/** What of an object is given: a member that is undefined counts as left out. */
export function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

/** A path as people write it: `campaigns[0].assets.FORM[2].id`. */
export function writePath(path: JsonPath): string {
  return path.reduce<string>((written, step) => {
    if (typeof step === 'number') return `${written}[${step}]`
    const plain = /^[\w-]+$/.test(step) ? step : JSON.stringify(step)
    return written === '' ? plain : `${written}.${plain}`
  }, '')
}

/** A problem in one line: its path, where it has one, and what is wrong. */
export function writeProblem({ path, message }: Problem): string {
  return path.length === 0 ? message : `${writePath(path)}: ${message}`
}

/** A longer one is no slip of the pen, and comparing it takes long. */
const mostWordChars = 100

/** `did you mean "properties"?` if one of the known words is near; else the known words. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? `there are: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`
}

/** The one of the known words that may have been meant, if one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > mostWordChars) return undefined
  const near = closest(word, [...known])
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? near : undefined
}

/** What a value is, in a word, and itself where it is short enough to be recognised by. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return value.length <= 60 ? `the text ${JSON.stringify(value)}` : 'a text'
  return `the ${typeof value} ${String(value)}`
}

/** A JSON pointer taken apart; what looks like an index is one. */
export function pathOf(pointer: string): JsonPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step))
}

function say(error: ValueError): string {
  const name = JSON.stringify(pathOf(error.path).at(-1) ?? '')
  switch (error.type) {
    case ValueErrorType.ObjectRequiredProperty:
      return `${name} is missing`
    case ValueErrorType.ObjectAdditionalProperties:
      return `unknown key ${name}: ${suggest(String(pathOf(error.path).at(-1)), Object.keys(error.schema['properties']))}`
    case ValueErrorType.ArrayMinItems:
      return 'expected at least one item'
    default:
      return `expected ${expectation(error.schema)}, got ${error.schema.writeOnly ? 'something else' : describe(error.value)}`
  }
}

const kinds: Readonly<Record<string, string>> = {
  Object: 'an object',
  Record: 'an object',
  Array: 'an array',
  String: 'text',
  Boolean: 'true or false',
  Number: 'a number',
  Integer: 'a whole number',
}

/** What a schema asks for, in words: a union has to bring its own as its description. */
export function expectation(schema: TSchema): string {
  if (schema.description !== undefined) return schema.description
  return `${kinds[schema[Kind]]}${range(schema)}`
}

function range({ minimum, maximum, minLength }: TSchema): string {
  if (minLength !== undefined) return ' that is not empty'
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return minimum === undefined ? '' : ` of at least ${minimum}`
}

import { Kind, type TSchema } from '@sinclair/typebox'
import { Value, type ValueError, ValueErrorType } from '@sinclair/typebox/value'
import { closest, distance } from 'fastest-levenshtein'
import type { JsonPath } from './json-text.ts'

/** A problem in a value that a user wrote. */
export interface Problem {
  readonly path: JsonPath
  /** The problem and its fix, without the path. */
  readonly message: string
}

/**
 * Every problem of a value that does not match a schema: the first one of each path, in the order of the schema. Missing
 * members come last, since a misspelled one can be the cause.
 * @param maximum how many problems to find at most
 */
export function findProblems(schema: TSchema, value: unknown, maximum = Number.POSITIVE_INFINITY): Problem[] {
  if (Value.Check(schema, value)) return []
  const first = new Map<string, ValueError>()
  for (const error of errorsOf(schema, value)) {
    if (first.size === maximum) break
    if (!first.has(error.path)) first.set(error.path, error)
  }
  const [missing, others] = partition([...first.values()], isMissing)
  return [...others, ...missing].map((error) => ({ path: pathOf(error.path), message: messageOf(error) }))
}

/** The errors of a value. Those of a union are the errors of the one schema in it that has the kind of the value. */
function* errorsOf(schema: TSchema, value: unknown, path = ''): Generator<ValueError> {
  for (const error of Value.Errors(schema, value)) {
    const isUnion = error.type === ValueErrorType.Union && !error.schema.writeOnly
    const meant = isUnion ? schemaOfKind(error.schema['anyOf'], error.value) : undefined
    if (meant === undefined) yield { ...error, path: path + error.path }
    else yield* errorsOf(meant, error.value, path + error.path)
  }
}

/** The only schema for objects, or for arrays, if the value is one. */
function schemaOfKind(schemas: readonly TSchema[], value: unknown): TSchema | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const kinds = Array.isArray(value) ? ['Array'] : ['Object', 'Record']
  const [first, ...others] = schemas.filter((schema) => kinds.includes(schema[Kind]))
  return others.length === 0 ? first : undefined
}

function isMissing({ type }: ValueError): boolean {
  return type === ValueErrorType.ObjectRequiredProperty
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

/** A copy without the members that are undefined, because callers may pass `undefined` for an option. */
export function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

/** A path as JavaScript writes it: `campaigns[0].assets.FORM[2].id`. */
export function writePath(path: JsonPath): string {
  return path.reduce<string>((written, key) => {
    if (typeof key === 'number') return `${written}[${key}]`
    const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
    return written === '' ? name : `${written}.${name}`
  }, '')
}

/** A problem in one line: its path, unless that is empty, and its message. */
export function writeProblem({ path, message }: Problem): string {
  return path.length === 0 ? message : `${writePath(path)}: ${message}`
}

/** No suggestion is made for a longer word: it is not a typing error, and the comparison would take long. */
const maximumWordChars = 100

/** `did you mean "properties"?` if a known word is similar, else a list of the known words. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? `expected one of: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`
}

/** The known word that is most similar to a misspelled one; undefined if no word is similar. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > maximumWordChars) return undefined
  const near = closest(word, [...known])
  return distance(word, near) <= Math.max(2, Math.floor(Math.max(word.length, near.length) / 3)) ? near : undefined
}

const maximumShownChars = 60

/** A short description of a value for a message: the value itself if it is short, otherwise its kind. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value !== 'string') return String(value)
  return value.length <= maximumShownChars ? JSON.stringify(value) : `a string of ${value.length} characters`
}

/** The path of a JSON pointer. A part that looks like an index becomes a number. */
export function pathOf(pointer: string): JsonPath {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part))
}

function messageOf(error: ValueError): string {
  const name = JSON.stringify(pathOf(error.path).at(-1) ?? '')
  switch (error.type) {
    case ValueErrorType.ObjectRequiredProperty:
      return `${name} is missing`
    case ValueErrorType.ObjectAdditionalProperties:
      return `unknown key ${name}: ${suggest(String(pathOf(error.path).at(-1)), Object.keys(error.schema['properties']))}`
    case ValueErrorType.ObjectMinProperties:
      return `expected at least one of: ${Object.keys(error.schema['properties']).join(', ')}`
    case ValueErrorType.ArrayMinItems:
      return 'expected at least one item'
    case ValueErrorType.ArrayMaxItems:
      return `expected at most ${error.schema['maxItems']} items, got ${[error.value].flat().length}`
    default:
      return describeMismatch(error)
  }
}

function describeMismatch({ schema, value }: ValueError): string {
  const expected = `expected ${expectation(schema)}`
  if (schema.writeOnly) return `${expected}, got a value that is not shown`
  const near = typeof value === 'string' ? nearest(value, literalsOf(schema)) : undefined
  if (near === undefined) return `${expected}, got ${describe(value)}`
  return `unknown value ${describe(value)}: did you mean ${JSON.stringify(near)}? ${expected}`
}

/** The texts that a schema allows, where it is one text or a union. */
function literalsOf(schema: TSchema): string[] {
  if (typeof schema['const'] === 'string') return [schema['const']]
  const variants: readonly TSchema[] = schema['anyOf'] ?? []
  return variants.flatMap(literalsOf)
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

/** The values that a schema allows, in words. The `description` of a schema is used unchanged; a union needs one. */
export function expectation(schema: TSchema): string {
  if (schema.description !== undefined) return schema.description
  return `${kinds[schema[Kind]]}${range(schema)}`
}

function range({ minimum, maximum, minLength }: TSchema): string {
  if (minLength !== undefined) return ' that is not empty'
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return minimum === undefined ? '' : ` of at least ${minimum}`
}

import { type Json, listOf, member, objectOf } from '../json.ts'

/** Keywords that describe a schema for people or tools, and do not change what is valid. */
const annotations =
  /^(title|description|summary|example|examples|externalDocs|xml|tags|\$(id|schema|comment|defs)|x-.*)$/

/** Whether a keyword does not change what is valid. */
export function isAnnotation(keyword: string): boolean {
  return annotations.test(keyword)
}

/** The value that a keyword has where it is left out. */
const defaults: Readonly<Record<string, Json>> = {
  additionalProperties: true,
  allowEmptyValue: false,
  allowReserved: false,
  deprecated: false,
  exclusiveMaximum: false,
  exclusiveMinimum: false,
  minItems: 0,
  minLength: 0,
  minProperties: 0,
  nullable: false,
  readOnly: false,
  uniqueItems: false,
  writeOnly: false,
}

/** Patterns that every text matches. */
const anyText = new Set(['', '^', '$', '.*', '^.*', '.*$', '^.*$', '^(.*)$', '(.*)', '[\\s\\S]*', '^[\\s\\S]*$'])

/** Whether every text matches a pattern. */
export function isAnyPattern(pattern: Json): boolean {
  return typeof pattern === 'string' && anyText.has(pattern)
}

/** Whether a keyword has the value that it has where it is left out. */
export function isDefault(keyword: string, value: Json): boolean {
  if (keyword === 'pattern') return isAnyPattern(value)
  return Object.hasOwn(defaults, keyword) && defaults[keyword] === value
}

/** A schema in its simplest form, so that two schemas that mean the same are equal. */
export function plainSchema(schema: Record<string, Json>, document: Json): Record<string, Json> {
  return plainType(plainChoice(schema, document))
}

/** A type that includes null becomes `nullable`, as in OpenAPI 3.0; a list of one type becomes that type. */
function plainType(schema: Record<string, Json>): Record<string, Json> {
  const { type, ...rest } = schema
  if (!Array.isArray(type)) return schema
  const types = type.filter((one) => one !== 'null')
  const nullable = types.length < type.length ? { nullable: true } : {}
  const [only, ...more] = types
  if (only === undefined) return { ...rest, type: 'null' }
  return { ...rest, ...nullable, type: more.length === 0 ? only : types.sort() }
}

/** A choice between values becomes an enum, a choice of one becomes that one, and a choice with null becomes `nullable`. */
function plainChoice(schema: Record<string, Json>, document: Json): Record<string, Json> {
  const { const: only, ...others } = schema
  if (only !== undefined) return { ...others, enum: [only] }
  for (const keyword of ['anyOf', 'oneOf']) {
    const { [keyword]: choice, ...rest } = schema
    if (!Array.isArray(choice)) continue
    const options = choice.filter((option) => member(option, 'type') !== 'null')
    const nullable: Record<string, Json> = options.length < choice.length ? { nullable: true } : {}
    const [first, ...more] = options
    if (first === undefined) continue
    const isOneThing = more.every((option) => JSON.stringify(option) === JSON.stringify(first))
    if (isOneThing) return { ...rest, ...nullable, allOf: [...listOf(rest['allOf']), first] }
    const values = enumOf(options, document)
    return { ...rest, ...nullable, ...(values ?? { [keyword]: options }) }
  }
  return schema
}

/** The options as one enum, if each option is an enum and nothing else. */
function enumOf(options: readonly Json[], document: Json): Record<string, Json> | undefined {
  const plain = options.map((option) => plainType(plainChoice(objectOf(resolve(document, option)), null)))
  const [first = {}] = plain
  const isValues = (option: Record<string, Json>) =>
    listOf(option['enum']).length > 0 &&
    option['type'] === first['type'] &&
    Object.entries(option).every(([name, value]) => {
      return name === 'enum' || name === 'type' || isAnnotation(name) || isDefault(name, value)
    })
  if (!plain.every(isValues)) return undefined
  const values = plain.flatMap((option) => listOf(option['enum']))
  return { ...(first['type'] === undefined ? {} : { type: first['type'] }), enum: [...new Set(values)] }
}

/** A reference can lead to itself: following stops after this many steps. */
const maximumSteps = 30

/** A value of a document, or the value that it refers to. */
export function resolve(document: Json, value: Json | undefined): Json | undefined {
  let resolved = value
  for (let count = 0; count < maximumSteps; count++) {
    const reference = member(resolved, '$ref')
    if (typeof reference !== 'string') return resolved
    const steps = reference.startsWith('#/') ? reference.slice(2).split('/') : []
    resolved = steps
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>(follow, steps.length === 0 ? undefined : document)
    if (resolved === undefined) return { 'leads nowhere': reference }
  }
  return resolved
}

/** One step of a reference: a member, or an item by its index. */
function follow(value: Json | undefined, step: string): Json | undefined {
  return Array.isArray(value) ? value[Number(step)] : member(value, step)
}

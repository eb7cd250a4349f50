/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Words for people, and marks of tools: they promise nothing. */
const annotations =
  /^(title|description|summary|example|examples|externalDocs|xml|tags|\$(id|schema|comment|defs)|x-.*)$/

/** Whether a keyword promises nothing. */
export function isAnnotation(keyword: string): boolean {
  return annotations.test(keyword)
}

/** What a keyword says where it is left out: written out, it says no more. */
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

/** Patterns that every text has. */
const anyText = new Set(['', '^', '$', '.*', '^.*', '.*$', '^.*$', '^(.*)$', '(.*)', '[\\s\\S]*', '^[\\s\\S]*$'])

/** Whether a pattern lets every text pass. */
export function isAnyPattern(pattern: Json): boolean {
  return typeof pattern === 'string' && anyText.has(pattern)
}

/** Whether a keyword says what it says anyway. */
export function isDefault(keyword: string, value: Json): boolean {
  if (keyword === 'pattern') return isAnyPattern(value)
  return Object.hasOwn(defaults, keyword) && defaults[keyword] === value
}

/** A schema in the plainest of the ways to write it, so that two that mean the same read the same. */
export function plainSchema(schema: Record<string, Json>, document: Json): Record<string, Json> {
  return plainType(plainChoice(schema, document))
}

/** A type that may be null is nullable, as OpenAPI 3.0 has it, and a list of one type is that type. */
function plainType(schema: Record<string, Json>): Record<string, Json> {
  const { type, ...rest } = schema
  if (!Array.isArray(type)) return schema
  const types = type.filter((one) => one !== 'null')
  const nullable = types.length < type.length ? { nullable: true } : {}
  const [only, ...more] = types
  if (only === undefined) return { ...rest, type: 'null' }
  return { ...rest, ...nullable, type: more.length === 0 ? only : types.sort() }
}

/** A choice between values is an enum of them, between one thing is that thing, and one with null is nullable. */
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
    if (isOneThing) return { ...rest, ...nullable, allOf: [...list(rest['allOf']), first] }
    const values = enumOf(options, document)
    return { ...rest, ...nullable, ...(values ?? { [keyword]: options }) }
  }
  return schema
}

/** The options as one enum, if each is values and nothing else. */
function enumOf(options: readonly Json[], document: Json): Record<string, Json> | undefined {
  const plain = options.map((option) => plainChoice(object(resolve(document, option)), null))
  const [first = {}] = plain
  const isValues = (option: Record<string, Json>) =>
    list(option['enum']).length > 0 &&
    option['type'] === first['type'] &&
    Object.keys(option).every((name) => ['enum', 'type', 'title', 'description'].includes(name))
  if (!plain.every(isValues)) return undefined
  const values = plain.flatMap((option) => list(option['enum']))
  return { ...(first['type'] === undefined ? {} : { type: first['type'] }), enum: [...new Set(values)] }
}

export function member(value: Json | undefined, name: string): Json | undefined {
  const all = object(value)
  return Object.hasOwn(all, name) ? all[name] : undefined
}

export function object(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

export function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}

/** A reference may lead to itself. */
const mostHops = 30

/** What a value of a document comes to once the reference that it may be has been followed. */
export function resolve(document: Json, value: Json | undefined): Json | undefined {
  let resolved = value
  for (let hops = 0; hops < mostHops; hops++) {
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

/** A value as facts have it: a text as it is. */
export function write(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * What an OpenAPI document promises of one operation, as a flat list: each fact by its place, so that two documents
 * can be compared place by place. `200.results[].id type` is `"string"`, `query.properties required` is `false`.
 */
export type Facts = ReadonlyMap<string, string>

/** Words for people, and marks of tools: they promise nothing. */
const annotations = /^(title|description|summary|example|examples|externalDocs|xml|deprecated|tags|\$id|x-.*)$/

/** A reference may lead to itself. */
const mostHops = 30

/** HubSpot's schemas hold each other seven deep. */
const deepest = 100

/** The operation under a path and method of a document, as facts. */
export function factsOf(document: Json, path: string, method: string): Map<string, string> {
  const facts = new Map<string, string>()
  const item = member(member(document, 'paths'), path)
  const operation = resolve(document, member(item, method))
  const parameters = [...list(member(item, 'parameters')), ...list(member(operation, 'parameters'))]
  facts.set('operationId', write(member(operation, 'operationId')))
  for (const alternative of list(member(operation, 'security'))) {
    const schemes = Object.entries(object(alternative)).map(([name, scopes]) => [name, ...list(scopes)].join(' '))
    facts.set(`security ${schemes.sort().join(' + ')}`, 'accepted')
  }
  for (const parameter of parameters) addParameter(facts, document, resolve(document, parameter))
  const body = resolve(document, member(operation, 'requestBody'))
  facts.set('body required', write(member(body, 'required') ?? false))
  addContent(facts, document, 'body', body)
  for (const [status, answer] of Object.entries(object(member(operation, 'responses')))) {
    const resolved = resolve(document, answer)
    facts.set(status, 'answered')
    addContent(facts, document, status, resolved)
    for (const [name, header] of Object.entries(object(member(resolved, 'headers')))) {
      facts.set(`${status} header ${name.toLowerCase()}`, 'sent')
      addSchema(facts, document, `${status} header ${name.toLowerCase()}`, member(resolve(document, header), 'schema'))
    }
  }
  return facts
}

/** With the defaults that OpenAPI gives to what is left out. */
function addParameter(facts: Map<string, string>, document: Json, parameter: Json | undefined): void {
  const { name = '', in: where = '', style, explode, required, schema, ...rest } = object(parameter)
  const at = `${where}.${name}`
  const written = style ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple')
  facts.set(`${at} required`, write(required ?? false))
  facts.set(`${at} style`, write(written))
  facts.set(`${at} explode`, write(explode ?? written === 'form'))
  addKeywords(facts, at, rest)
  addSchema(facts, document, at, schema)
}

function addContent(facts: Map<string, string>, document: Json, at: string, holder: Json | undefined): void {
  for (const [type, media] of Object.entries(object(member(holder, 'content')))) {
    facts.set(`${at} content ${type}`, 'taken')
    addSchema(facts, document, at, member(media, 'schema'))
  }
}

function addSchema(
  facts: Map<string, string>,
  document: Json,
  at: string,
  given: Json | undefined,
  within: readonly (Json | undefined)[] = [],
): void {
  const resolved = resolve(document, given)
  if (resolved === undefined) return
  // A schema that holds itself would have no end.
  if (within.includes(resolved)) return void facts.set(`${at} holds`, 'itself')
  if (within.length > deepest) return void facts.set(`${at} holds`, 'too much')
  const inside = [...within, resolved]
  const schema = namesAsEnum(object(resolved))
  const { properties, required, items, additionalProperties, patternProperties, enum: values, allOf, ...rest } = schema
  const names = new Set(list(required))
  for (const [name, value] of Object.entries(object(properties))) {
    facts.set(`${at}.${name}`, names.has(name) ? 'required' : 'optional')
    addSchema(facts, document, `${at}.${name}`, value, inside)
  }
  for (const name of names) {
    if (typeof name === 'string' && !Object.hasOwn(object(properties), name)) facts.set(`${at}.${name}`, 'required')
  }
  for (const value of list(values)) facts.set(`${at} is ${write(value)}`, 'allowed')
  if (items !== undefined) addSchema(facts, document, `${at}[]`, items, inside)
  // TypeBox says a map by a pattern that lets any name pass.
  const anyName = Object.values(object(patternProperties))[0] ?? additionalProperties
  if (typeof anyName === 'object') addSchema(facts, document, `${at}.*`, anyName, inside)
  else if (anyName === false) facts.set(`${at} additionalProperties`, 'false')
  for (const part of list(allOf)) addSchema(facts, document, at, part, inside)
  addKeywords(facts, at, rest)
}

/** All that is no structure: type, format, limits, and what there may come. */
function addKeywords(facts: Map<string, string>, at: string, keywords: Record<string, Json | undefined>): void {
  for (const [keyword, value] of Object.entries(keywords)) {
    if (value !== undefined && !annotations.test(keyword)) facts.set(`${at} ${keyword}`, write(value))
  }
}

/** A choice between single values is an enum of them: TypeBox writes one for the other. */
function namesAsEnum(schema: Record<string, Json>): Record<string, Json> {
  const { anyOf, const: only, ...rest } = schema
  if (only !== undefined) return { ...rest, enum: [only] }
  const options = list(anyOf).map((option) => namesAsEnum(object(option)))
  const values = options.map(({ enum: one }) => list(one))
  const [first] = options
  if (first === undefined || values.some(({ length }) => length !== 1)) return schema
  return { ...rest, ...(first['type'] === undefined ? {} : { type: first['type'] }), enum: values.flat() }
}

/** What a value comes to once the reference that it may be has been followed. */
function resolve(document: Json, value: Json | undefined): Json | undefined {
  let resolved = value
  for (let hops = 0; hops < mostHops; hops++) {
    const reference = member(resolved, '$ref')
    if (typeof reference !== 'string') return resolved
    const steps = reference.startsWith('#/') ? reference.slice(2).split('/') : []
    resolved = steps
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>(member, steps.length === 0 ? undefined : document)
    if (resolved === undefined) return { 'leads nowhere': reference }
  }
  return resolved
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

function write(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

import { shorten } from '../text/shorten.ts'
import { writeScheme, writeServer } from './access.ts'
import { maximaIn } from './maxima.ts'
import {
  isAnnotation,
  isAnyPattern,
  isDefault,
  type Json,
  list,
  member,
  object,
  plainSchema,
  resolve,
  write,
} from './schema.ts'

/**
 * What an OpenAPI document promises of one operation, as a flat list: each fact by its place, so that two documents
 * can be compared place by place. `200.results[].id type` is `"string"`, `query.properties` is `optional`.
 */
export type Facts = ReadonlyMap<string, string>

/** HubSpot's schemas hold each other seven deep. */
const deepest = 100

/** And they are some hundreds: those that hold each other in many ways would have no end in sight. */
const mostSchemas = 200_000

/** Thrown for a document that cannot be compared: the message says what it lacks, or has too much of. */
export class NoSpec extends Error {
  override readonly name = 'NoSpec'
}

/** What OpenAPI passes over as a header: it is said elsewhere. */
const headersSaidElsewhere = /^(accept|authorization|content-type)$/i

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** The methods that a document has under a path. */
export function methodsOf(document: Json, path: string): string[] {
  return Object.keys(object(itemOf(document, path))).filter((name) => methods.includes(name))
}

function itemOf(document: Json, path: string): Json | undefined {
  return resolve(document, member(member(document, 'paths'), path))
}

/** The operation under a path and method of a document, as facts. */
export function factsOf(document: Json, path: string, method: string): Map<string, string> {
  return new Reading(document).operation(path, method)
}

/** A document that is being read, and what it was found to promise. */
class Reading {
  readonly #document: Json
  readonly #facts = new Map<string, string>()
  /** The values that may stand at a place, as far as they are named. */
  readonly #enums = new Map<string, readonly string[]>()
  #schemas = 0
  /** Since 3.1 what stands beside a reference counts too; before, it does not. */
  readonly #takesSiblings: boolean

  constructor(document: Json) {
    this.#document = document
    this.#takesSiblings = !String(member(document, 'openapi')).startsWith('3.0')
  }

  operation(path: string, method: string): Map<string, string> {
    const item = itemOf(this.#document, path)
    const operation = this.#resolve(member(item, method))
    for (const name of methodsOf(this.#document, path)) this.#note(`method ${name}`, 'served')
    this.#note('operationId', write(member(operation, 'operationId')))
    if (member(operation, 'deprecated') === true) this.#note('deprecated', 'true')
    this.#addServers(member(operation, 'servers') ?? member(item, 'servers') ?? member(this.#document, 'servers'))
    this.#addSecurity(member(operation, 'security') ?? member(this.#document, 'security'))
    for (const parameter of this.#parametersOf(item, operation)) this.#addParameter(parameter)
    const body = this.#resolve(member(operation, 'requestBody'))
    if (body !== undefined) {
      this.#note('body', member(body, 'required') === true ? 'required' : 'optional')
      this.#addContent('body', body)
    }
    this.#addSaidMaximum(['summary', 'description'].map((name) => member(operation, name)))
    for (const [status, answer] of Object.entries(object(member(operation, 'responses')))) {
      if (!status.startsWith('x-')) this.#addAnswer(status, this.#resolve(answer))
    }
    return this.#facts
  }

  #addServers(servers: Json | undefined): void {
    for (const server of list(servers)) this.#note(`server ${writeServer(server)}`, 'answers')
  }

  /** Each way to authenticate by itself, and how each scheme in it sends what it sends. */
  #addSecurity(alternatives: Json | undefined): void {
    const schemes = member(member(this.#document, 'components'), 'securitySchemes')
    for (const alternative of list(alternatives)) {
      const needed = Object.entries(object(alternative))
      const written = needed.map(([name, scopes]) => [name, ...list(scopes).map(write).sort()].join(' '))
      this.#note(`security ${written.sort().join(' + ') || 'nothing'}`, 'accepted')
      for (const [name] of needed) this.#note(`scheme ${name}`, writeScheme(this.#resolve(member(schemes, name))))
    }
  }

  /** A parameter of the operation stands in the place of one of the path that has its name. */
  #parametersOf(item: Json | undefined, operation: Json | undefined): Json[] {
    const all = [...list(member(item, 'parameters')), ...list(member(operation, 'parameters'))]
    const byName = new Map<string, Json>()
    for (const given of all) {
      const parameter = this.#resolve(given) ?? null
      const isSaidElsewhere = headersSaidElsewhere.test(String(member(parameter, 'name')))
      if (!isSaidElsewhere || member(parameter, 'in') !== 'header') byName.set(placeOf(parameter), parameter)
    }
    return [...byName.values()]
  }

  /** With the defaults that OpenAPI gives to what is left out. */
  #addParameter(parameter: Json): void {
    const { name: _, in: where, style, explode, required, schema, ...rest } = object(parameter)
    const at = placeOf(parameter)
    const written = style ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple')
    this.#note(at, required === true ? 'required' : 'optional')
    this.#note(`${at} style`, write(written))
    // A single value is written the same either way.
    const isSingle = /^(string|integer|number|boolean)$/.test(String(member(this.#resolve(schema), 'type')))
    this.#note(`${at} explode`, write(isSingle ? written === 'form' : (explode ?? written === 'form')))
    this.#addKeywords(at, rest)
    this.#addSchema(at, schema)
  }

  /** HubSpot says how many inputs there may be in words; should a schema say it, the words are to say the same. */
  #addSaidMaximum(texts: readonly (Json | undefined)[]): void {
    const place = 'body.inputs maxItems'
    const inSchema = this.#facts.get(place)
    for (const most of texts.flatMap(maximaIn)) {
      if (most !== inSchema) this.#note(inSchema === undefined ? place : `${place} in words`, most)
    }
  }

  #addAnswer(status: string, answer: Json | undefined): void {
    this.#note(status, 'answered')
    this.#addContent(status, answer)
    for (const [name, header] of Object.entries(object(member(answer, 'headers')))) {
      if (headersSaidElsewhere.test(name)) continue
      const at = `${status}@${name.toLowerCase()}`
      this.#note(at, 'sent')
      this.#addSchema(at, member(this.#resolve(header), 'schema'))
    }
  }

  #addContent(at: string, holder: Json | undefined): void {
    for (const [type, media] of Object.entries(object(member(holder, 'content')))) {
      this.#note(`${at} content ${type.toLowerCase().replaceAll(' ', '')}`, 'taken')
      this.#addSchema(at, member(media, 'schema'))
    }
  }

  #addSchema(at: string, given: Json | undefined, within: readonly (Json | undefined)[] = []): void {
    this.#schemas += 1
    if (this.#schemas > mostSchemas) throw new NoSpec(`holds over ${mostSchemas} schemas, one in another`)
    if (this.#addBeside(at, given, within)) return
    const resolved = this.#resolve(given)
    if (resolved === undefined) return
    // A schema that holds itself would have no end.
    const endless = within.includes(resolved) ? 'itself' : within.length > deepest ? 'too much' : undefined
    if (endless !== undefined) return void this.#note(`${at} holds`, endless)
    const inside = [...within, resolved]
    const { properties, required, items, additionalProperties, patternProperties, allOf, ...rest } = plainSchema(
      object(resolved),
      this.#document,
    )
    const { enum: values, ...keywords } = rest
    const names = new Set(list(required))
    for (const [name, value] of Object.entries(object(properties))) {
      const below = `${at}.${shorten(name, mostNameChars)}`
      this.#note(below, names.has(name) ? 'required' : 'optional')
      this.#addSchema(below, value, inside)
    }
    for (const name of names) {
      if (typeof name !== 'string' || Object.hasOwn(object(properties), name)) continue
      this.#note(`${at}.${shorten(name, mostNameChars)}`, 'required')
    }
    if (values !== undefined) this.#addEnum(at, list(values).map(write))
    if (items !== undefined) this.#addSchema(`${at}[]`, items, inside)
    this.#addOtherNames(at, patternProperties, additionalProperties, inside)
    for (const part of list(allOf)) this.#addSchema(at, part, inside)
    this.#addKeywords(at, keywords)
  }

  /** Of several enums at one place, what is in all of them may stand there. */
  #addEnum(at: string, values: readonly string[]): void {
    const before = this.#enums.get(at)
    const both = before === undefined ? values : values.filter((value) => before.includes(value))
    for (const value of before ?? []) this.#facts.delete(`${at} is ${value}`)
    for (const value of both) this.#facts.set(`${at} is ${value}`, 'allowed')
    if (both.length === 0) this.#note(`${at} holds`, 'nothing')
    this.#enums.set(at, both)
  }

  /** @returns whether there is something beside a reference that counts: then both have been added */
  #addBeside(at: string, given: Json | undefined, within: readonly (Json | undefined)[]): boolean {
    const { $ref, ...beside } = object(given)
    if (typeof $ref !== 'string' || !this.#takesSiblings || Object.keys(beside).length === 0) return false
    this.#addSchema(at, { $ref }, within)
    this.#addSchema(at, beside, within)
    return true
  }

  /** The members that have no names of their own. TypeBox says a map by a pattern that lets any name pass. */
  #addOtherNames(
    at: string,
    patterns: Json | undefined,
    additional: Json | undefined,
    inside: readonly (Json | undefined)[],
  ): void {
    let takesAny = false
    for (const [pattern, schema] of Object.entries(object(patterns))) {
      const isAny = isAnyPattern(pattern)
      takesAny ||= isAny
      this.#addSchema(isAny ? `${at}.*` : `${at}./${pattern}/`, schema, inside)
    }
    if (takesAny) return
    if (additional === false) this.#note(`${at} additionalProperties`, 'false')
    else this.#addSchema(`${at}.*`, additional, inside)
  }

  /** All that is no structure: type, format, limits, and what there may come. */
  #addKeywords(at: string, keywords: Record<string, Json | undefined>): void {
    for (const [keyword, value] of Object.entries(keywords)) {
      if (value === undefined || isAnnotation(keyword) || isDefault(keyword, value)) continue
      this.#note(`${at} ${keyword}`, write(value))
    }
  }

  /** What is said of one place twice holds both times: a member that one part requires is required. */
  #note(place: string, value: string): void {
    const before = this.#facts.get(place)
    if (before === undefined || before === value) return void this.#facts.set(place, value)
    const both = [...new Set([...before.split(' and '), value])].sort()
    this.#facts.set(place, both.join() === 'optional,required' ? 'required' : both.join(' and '))
  }

  #resolve(value: Json | undefined): Json | undefined {
    return resolve(this.#document, value)
  }
}

function placeOf(parameter: Json): string {
  const { name = '', in: where = '' } = object(parameter)
  return `${where}.${name}`
}

/** So many characters of a name are told. */
const mostNameChars = 200

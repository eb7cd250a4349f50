import { type Json, listOf, objectOf, textOf } from '../json.ts'
import { isObjectSchema, optionName } from './choice.ts'
import type { Facts, Subject } from './fact.ts'
import { isAnnotation, isAnyPattern, isDefault, plainSchema, resolve } from './plain-schema.ts'

/** HubSpot's schemas are nested seven deep. */
const maximumDepth = 100

/** Schemas that refer to each other in many ways could be read without end. HubSpot's operations have some hundreds. */
const maximumSchemas = 200_000

/** Thrown for a document that cannot be compared. The message follows the name of the document. */
export class UnusableDocument extends Error {
  override readonly name = 'UnusableDocument'
}

/** Reads schemas of one document into facts. */
export class SchemaReader {
  readonly #document: Json
  readonly #facts: Facts
  /** The values that are allowed for a subject, by its key, where they are listed. */
  readonly #enums = new Map<string, readonly string[]>()
  #count = 0
  /** Since OpenAPI 3.1, keywords beside a reference count as well. */
  readonly #readsBesideReference: boolean

  constructor(document: Json, facts: Facts) {
    this.#document = document
    this.#facts = facts
    this.#readsBesideReference = !String(objectOf(document)['openapi']).startsWith('3.0')
  }

  /**
   * Adds the facts of a schema.
   * @param ancestors the schemas that this one is nested in
   * @throws {UnusableDocument} if there are too many schemas
   */
  read(subject: Subject, given: Json | undefined, ancestors: readonly (Json | undefined)[] = []): void {
    this.#count += 1
    if (this.#count > maximumSchemas) throw new UnusableDocument(`more than ${maximumSchemas} schemas`)
    if (this.#readBesideReference(subject, given, ancestors)) return
    const resolved = resolve(this.#document, given)
    if (resolved === undefined) return
    const end = ancestors.includes(resolved) ? 'itself' : ancestors.length > maximumDepth ? 'too much' : undefined
    if (end === undefined) this.#readResolved(subject, resolved, [...ancestors, resolved])
    else this.#facts.add(subject, 'contains', end)
  }

  #readResolved(subject: Subject, resolved: Json, ancestors: readonly (Json | undefined)[]): void {
    const { properties, required, items, additionalProperties, patternProperties, allOf, ...rest } = plainSchema(
      objectOf(resolved),
      this.#document,
    )
    const { enum: values, ...others } = rest
    const keywords = this.#readChoice(subject, others, ancestors)
    const requiredNames = new Set(listOf(required))
    for (const [name, schema] of Object.entries(objectOf(properties))) {
      this.#facts.add(subject.member(name), 'presence', requiredNames.has(name) ? 'required' : 'optional')
      this.read(subject.member(name), schema, ancestors)
    }
    for (const name of requiredNames) {
      if (typeof name === 'string' && !Object.hasOwn(objectOf(properties), name)) {
        this.#facts.add(subject.member(name), 'presence', 'required')
      }
    }
    if (values !== undefined) this.#addEnum(subject, listOf(values).map(textOf))
    if (items !== undefined) this.read(subject.items(), items, ancestors)
    this.#readOtherMembers(subject, patternProperties, additionalProperties, ancestors)
    for (const part of listOf(allOf)) this.read(subject, part, ancestors)
    this.addKeywords(subject, keywords)
  }

  /**
   * Reads a choice between objects, each on its own, so that their order and the keyword do not matter.
   * @returns the keywords that have not been read
   */
  #readChoice(
    subject: Subject,
    keywords: Record<string, Json>,
    ancestors: readonly (Json | undefined)[],
  ): Record<string, Json> {
    const { anyOf, oneOf, ...others } = keywords
    const options = listOf(anyOf ?? oneOf)
    const isOfObjects = options.every((option) => isObjectSchema(resolve(this.#document, option)))
    if (options.length === 0 || !isOfObjects || (anyOf !== undefined && oneOf !== undefined)) return keywords
    for (const [i, option] of options.entries()) {
      const place = subject.option(optionName(this.#document, option) ?? `option ${i + 1}`)
      this.#facts.add(place, 'presence', 'possible')
      this.read(place, option, ancestors)
    }
    return others
  }

  /** Adds the keywords that are not about members: type, format, limits. */
  addKeywords(subject: Subject, keywords: Record<string, Json | undefined>): void {
    for (const [keyword, value] of Object.entries(keywords)) {
      if (value === undefined || isAnnotation(keyword) || isDefault(keyword, value)) continue
      this.#facts.add(subject, keyword, value)
    }
  }

  /** Where a subject has several enums, the values in all of them are allowed. */
  #addEnum(subject: Subject, values: readonly string[]): void {
    const before = this.#enums.get(subject.key)
    const allowed = before === undefined ? values : values.filter((value) => before.includes(value))
    for (const value of before ?? []) this.#facts.delete(subject, 'enum', value)
    for (const value of allowed) this.#facts.add(subject, 'enum', 'allowed', value)
    if (allowed.length === 0) this.#facts.add(subject, 'contains', 'nothing')
    this.#enums.set(subject.key, allowed)
  }

  /** @returns whether keywords beside a reference count: then both have been read */
  #readBesideReference(subject: Subject, given: Json | undefined, ancestors: readonly (Json | undefined)[]): boolean {
    const { $ref, ...beside } = objectOf(given)
    if (typeof $ref !== 'string' || !this.#readsBesideReference || Object.keys(beside).length === 0) return false
    this.read(subject, { $ref }, ancestors)
    this.read(subject, beside, ancestors)
    return true
  }

  /** Reads the members that are not named. TypeBox writes a map as a pattern that every name matches. */
  #readOtherMembers(
    subject: Subject,
    patterns: Json | undefined,
    additional: Json | undefined,
    ancestors: readonly (Json | undefined)[],
  ): void {
    let matchesAny = false
    for (const [pattern, schema] of Object.entries(objectOf(patterns))) {
      const isAny = isAnyPattern(pattern)
      matchesAny ||= isAny
      this.read(subject.otherMembers(isAny ? undefined : pattern), schema, ancestors)
    }
    if (matchesAny) return
    if (additional === false) this.#facts.add(subject, 'additionalProperties', false)
    else this.read(subject.otherMembers(), additional, ancestors)
  }
}

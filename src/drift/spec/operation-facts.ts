import { type Json, listOf, member, objectOf, textOf } from '../json.ts'
import { describeScheme, serverAddress } from './access.ts'
import { Facts, Subject } from './fact.ts'
import { maximaIn } from './maximum-in-words.ts'
import { resolve } from './plain-schema.ts'
import { SchemaReader } from './schema-facts.ts'

/** OpenAPI ignores these as headers: it describes them elsewhere. */
const headersDescribedElsewhere = /^(accept|authorization|content-type)$/i

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** The methods that a document has under a path. */
export function methodsOf(document: Json, path: string): string[] {
  return Object.keys(objectOf(pathItemOf(document, path))).filter((name) => methods.includes(name))
}

function pathItemOf(document: Json, path: string): Json | undefined {
  return resolve(document, member(member(document, 'paths'), path))
}

/**
 * What a document promises of the operation under a path and method.
 * @throws {UnusableDocument} if there are too many schemas
 */
export function operationFacts(document: Json, path: string, method: string): Facts {
  return new OperationReader(document).read(path, method)
}

const operationSubject = Subject.of('operation')

class OperationReader {
  readonly #document: Json
  readonly #facts = new Facts()
  readonly #schemas: SchemaReader

  constructor(document: Json) {
    this.#document = document
    this.#schemas = new SchemaReader(document, this.#facts)
  }

  read(path: string, method: string): Facts {
    const item = pathItemOf(this.#document, path)
    const operation = this.#resolve(member(item, method))
    this.#addOperation('method', 'served', method)
    this.#addOperation('operationId', textOf(member(operation, 'operationId')))
    if (member(operation, 'deprecated') === true) this.#addOperation('deprecated', true)
    this.#readServers(member(operation, 'servers') ?? member(item, 'servers') ?? member(this.#document, 'servers'))
    this.#readSecurity(member(operation, 'security') ?? member(this.#document, 'security'))
    for (const parameter of this.#parametersOf(item, operation)) this.#readParameter(parameter)
    this.#readBody(this.#resolve(member(operation, 'requestBody')))
    this.#readMaximumInWords(['summary', 'description'].map((name) => member(operation, name)))
    for (const [status, response] of Object.entries(objectOf(member(operation, 'responses')))) {
      if (!status.startsWith('x-')) this.#readResponse(Subject.of('response', status), this.#resolve(response))
    }
    return this.#facts
  }

  #addOperation(keyword: string, value: Json, item?: string): void {
    this.#facts.add(operationSubject, keyword, value, item)
  }

  #readServers(servers: Json | undefined): void {
    for (const server of listOf(servers)) this.#addOperation('server', 'used', serverAddress(server))
  }

  /** Each alternative on its own, and how each scheme in it works. */
  #readSecurity(alternatives: Json | undefined): void {
    const schemes = member(member(this.#document, 'components'), 'securitySchemes')
    for (const alternative of listOf(alternatives)) {
      const needed = Object.entries(objectOf(alternative))
      const written = needed.map(([name, scopes]) => [name, ...listOf(scopes).map(textOf).sort()].join(' '))
      this.#addOperation('security', 'accepted', written.sort().join(' + ') || 'nothing')
      for (const [name] of needed) {
        this.#addOperation('scheme', describeScheme(this.#resolve(member(schemes, name))), name)
      }
    }
  }

  /** A parameter of the operation replaces one of the path that has its name. */
  #parametersOf(item: Json | undefined, operation: Json | undefined): Json[] {
    const all = [...listOf(member(item, 'parameters')), ...listOf(member(operation, 'parameters'))]
    const byName = new Map<string, Json>()
    for (const given of all) {
      const parameter = this.#resolve(given) ?? null
      const isDescribedElsewhere = headersDescribedElsewhere.test(String(member(parameter, 'name')))
      if (!isDescribedElsewhere || member(parameter, 'in') !== 'header') byName.set(nameOf(parameter), parameter)
    }
    return [...byName.values()]
  }

  /** With the defaults of OpenAPI for what is left out. */
  #readParameter(parameter: Json): void {
    const { name: _, in: where, style, explode, required, schema, ...rest } = objectOf(parameter)
    const subject = Subject.of('parameter', nameOf(parameter))
    const usedStyle = style ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple')
    this.#facts.add(subject, 'presence', required === true ? 'required' : 'optional')
    this.#facts.add(subject, 'style', usedStyle)
    // A single value is written the same, exploded or not.
    const isSingle = /^(string|integer|number|boolean)$/.test(String(member(this.#resolve(schema), 'type')))
    this.#facts.add(subject, 'explode', isSingle ? usedStyle === 'form' : (explode ?? usedStyle === 'form'))
    this.#schemas.addKeywords(subject, rest)
    this.#schemas.read(subject, schema)
  }

  #readBody(body: Json | undefined): void {
    if (body === undefined) return
    const subject = Subject.of('body')
    this.#facts.add(subject, 'presence', member(body, 'required') === true ? 'required' : 'optional')
    this.#readContent(subject, body)
  }

  /** HubSpot gives the maximum number of inputs in words. Where a schema has a maximum, the words must agree with it. */
  #readMaximumInWords(texts: readonly (Json | undefined)[]): void {
    const inputs = Subject.of('body').member('inputs')
    const inSchema = this.#facts.get(inputs, 'maxItems')?.values[0]
    for (const maximum of texts.flatMap(maximaIn)) {
      if (maximum === inSchema) continue
      this.#facts.add(inputs, inSchema === undefined ? 'maxItems' : 'maxItems in words', maximum)
    }
  }

  #readResponse(subject: Subject, response: Json | undefined): void {
    this.#facts.add(subject, 'presence', 'present')
    this.#readContent(subject, response)
    for (const [name, header] of Object.entries(objectOf(member(response, 'headers')))) {
      if (headersDescribedElsewhere.test(name)) continue
      const ofHeader = subject.header(name.toLowerCase())
      this.#facts.add(ofHeader, 'presence', 'present')
      this.#schemas.read(ofHeader, member(this.#resolve(header), 'schema'))
    }
  }

  #readContent(subject: Subject, holder: Json | undefined): void {
    for (const [type, media] of Object.entries(objectOf(member(holder, 'content')))) {
      this.#facts.add(subject, 'content', 'used', type.toLowerCase().replaceAll(' ', ''))
      this.#schemas.read(subject, member(media, 'schema'))
    }
  }

  #resolve(value: Json | undefined): Json | undefined {
    return resolve(this.#document, value)
  }
}

function nameOf(parameter: Json): string {
  const { name = '', in: where = '' } = objectOf(parameter)
  return `${where}.${name}`
}

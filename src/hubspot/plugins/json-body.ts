import type { TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/value'
import { LRUCache } from 'lru-cache'
import { maximumInputs } from '../../contract/schemas/batch.ts'
import { offsetOf, positionAt } from '../../text/json-text.ts'
import { JsonSyntaxError, parseJson } from '../../text/parse-json.ts'
import { describe, expectation, pathOf, writePath } from '../../text/schema-problems.ts'
import { Refusal } from '../../world/refusal.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { unreadMembers } from './unread.ts'

/**
 * Parses the JSON body and checks it against the schema of the operation. Nothing is coerced.
 * @throws {Refusal} with the line and column of what is wrong, as HubSpot does
 */
export function readJsonBody(exchange: OpenExchange): void {
  const { body: schema, sampleBody = '' } = exchange.route?.operation ?? {}
  if (schema === undefined) return
  const { headers, body: text } = exchange.record
  refuseOtherTypes(headers, sampleBody)
  const body = parserOf(schema, sampleBody).parse(text)
  exchange.body = body.value
  exchange.unreadInBody = body.unread
  // The journal keeps one text for all requests with this body.
  exchange.record.body = body.text
}

/** @throws {Refusal} unless the headers announce JSON that needs no decoding */
function refuseOtherTypes(headers: OpenExchange['record']['headers'], sample: string): void {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (/^application\/json *(;|$)/i.test(String(type)) && /^identity$/i.test(String(encoding))) return
  const hint = `send Content-Type: application/json, unencoded, and ${sample}`
  throw new Refusal('unsupported-media-type', {}, hint)
}

const parsers = new WeakMap<TSchema, BodyParser>()

/** The parser of a schema: compiled once for all mocks in this process. */
function parserOf(schema: TSchema, sample: string): BodyParser {
  const known = parsers.get(schema)
  if (known !== undefined) return known
  const parser = new BodyParser(schema, sample)
  parsers.set(schema, parser)
  return parser
}

/** A body that is valid for the schema of its operation. */
interface ParsedBody {
  readonly text: string
  readonly value: unknown
  /** The paths of members that the schema does not declare. */
  readonly unread: readonly string[]
}

/** The cache of one parser keeps this many characters of bodies. */
const cachedChars = 1024 * 1024

/** Parses and checks bodies, each distinct one once: a client that polls sends the same body again and again. */
class BodyParser {
  readonly #schema: TSchema
  readonly #check: TypeCheck<TSchema>
  /** A body to copy from, for hints. */
  readonly #sample: string
  readonly #cache = new LRUCache<string, ParsedBody>({
    maxSize: cachedChars,
    sizeCalculation: ({ text }) => text.length + 1,
  })
  /** To compare with the newest body is faster than to look a long text up. */
  #newest: ParsedBody | undefined

  constructor(schema: TSchema, sample: string) {
    this.#schema = schema
    this.#check = TypeCompiler.Compile(schema)
    this.#sample = sample
  }

  /** @throws {Refusal} */
  parse(text: string): ParsedBody {
    if (this.#newest?.text === text) return this.#newest
    this.#newest = this.#cache.get(text) ?? this.#parse(text)
    return this.#newest
  }

  #parse(text: string): ParsedBody {
    const value = parse(text, this.#sample)
    const first = this.#check.Check(value) ? undefined : this.#check.Errors(value).First()
    if (first !== undefined) throw refusalOf(first, text, this.#sample)
    const body = { text, value, unread: unreadMembers(this.#schema, value) }
    this.#cache.set(text, body)
    return body
  }
}

/** @throws {Refusal} with the position at which the text stops being JSON */
function parse(text: string, sample: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const { line, column, problem } = error
    const words = { line: String(line), column: String(column), problem }
    throw new Refusal('invalid-json', words, `send ${sample}`)
  }
}

function refusalOf(error: ValueError, text: string, sample: string): Refusal {
  const path = pathOf(error.path)
  switch (error.type) {
    case ValueErrorType.ArrayMaxItems:
      return new Refusal('too-many-inputs', {}, `split the batch: ${maximumInputs} inputs are the maximum`)
    case ValueErrorType.ObjectRequiredProperty: {
      // HubSpot's parser has just passed the brace of the object that lacks the field.
      const brace = offsetOf(text, path.slice(0, -1))
      const words = { ...position(text, brace + 1), fields: String(path.at(-1)) }
      return new Refusal('missing-fields', words, `${writePath(path)} is missing: send ${sample}`)
    }
    default: {
      const place = path.length === 0 ? 'the body' : writePath(path)
      const problem = `${place}: expected ${expectation(error.schema)}, got ${describe(error.value)}`
      return new Refusal('invalid-json', { ...position(text, offsetOf(text, path)), problem }, problem)
    }
  }
}

function position(text: string, offset: number): { line: string; column: string } {
  const { line, column } = positionAt(text, offset)
  return { line: String(line), column: String(column) }
}

import type { IncomingHttpHeaders } from 'node:http'
import type { TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/value'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { CallErrorBody } from '../contract/call-error.ts'
import { findJsonProblem, offsetOf, positionAt } from '../world/json-text.ts'
import { describe, expectation, pathOf, writePath } from '../world/problem.ts'
import { Refusal } from '../world/refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for the line and column of what is wrong with it. */
    bodyText: string
  }
}

/**
 * Takes JSON bodies alone, checks them against the route's schema without coercing anything,
 * and tells the line and column of what is wrong, as HubSpot does.
 */
export const jsonBodyPlugin = fp(
  async (app) => {
    app.decorateRequest('bodyText', '')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      ['application/json', '*'],
      { parseAs: 'string' },
      (request: FastifyRequest, text: string, done: (error: null) => void) => {
        request.bodyText = withoutMark(text)
        done(null)
      },
    )
    app.setValidatorCompiler(({ schema }) => {
      const check = compiled(schema as TSchema)
      return (value) => {
        const first = check.Check(value) ? undefined : check.Errors(value).First()
        return first === undefined ? { value } : { error: new SchemaMismatch(first) }
      }
    })
    app.addHook('onRoute', (route) => {
      route.attachValidation = true
      if (route.schema !== undefined) {
        route.schema.response = { ...Object(route.schema.response), default: CallErrorBody }
      }
    })
    // Not in the content type parser: Fastify closes the connection on what is thrown there.
    app.addHook('preValidation', (request, _reply, done) => {
      if (!isPlainJson(request.headers)) return done(notJson())
      request.body = parse(request.bodyText)
      done()
    })
    app.addHook('preHandler', ({ validationError, bodyText }, _reply, done) => {
      if (validationError instanceof SchemaMismatch) throw refusalOf(validationError.first, bodyText)
      done()
    })
  },
  { name: 'json-body', fastify: '5.x', dependencies: ['rate-limit'] },
)

const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

/** How a schema is checked: made once, for all routes and all mocks. */
export function compiled<T extends TSchema>(schema: T): TypeCheck<T> {
  const known = checks.get(schema)
  const check = known ?? TypeCompiler.Compile(schema as TSchema)
  if (known === undefined) checks.set(schema, check)
  return check as TypeCheck<T>
}

const byteOrderMark = '\ufeff'

/** A text without the mark that some write before it. */
export function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text
}

/** Whether headers announce JSON that needs no decoding. */
export function isPlainJson({
  'content-type': type = '',
  'content-encoding': encoding = 'identity',
}: IncomingHttpHeaders) {
  return /^application\/json *(;|$)/i.test(type) && /^identity$/i.test(encoding)
}

const sample = '{"inputs":[{"id":"<campaign id>"}]}'

function notJson(): Refusal {
  return new Refusal('unsupported-media-type', {}, `send Content-Type: application/json, unencoded, and ${sample}`)
}

class SchemaMismatch extends Error {
  readonly first: ValueError

  constructor(first: ValueError) {
    super('the value does not match its schema')
    this.first = first
  }
}

/** @throws {Refusal} with the place where the text stops being JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const { offset, problem } = findJsonProblem(text) ?? { offset: 0, problem: 'not JSON' }
    throw new Refusal('invalid-json', { ...place(text, offset), problem }, `send ${sample}`)
  }
}

function refusalOf(error: ValueError, text: string): Refusal {
  const path = pathOf(error.path)
  switch (error.type) {
    case ValueErrorType.ArrayMaxItems:
      return new Refusal('too-many-inputs', {}, 'split the batch')
    case ValueErrorType.ObjectRequiredProperty: {
      // HubSpot's reader has just passed the brace of the object that lacks the field.
      const brace = offsetOf(text, path.slice(0, -1))
      const words = { ...place(text, brace + 1), fields: String(path.at(-1)) }
      return new Refusal('missing-fields', words, `${writePath(path)} is missing: send ${sample}`)
    }
    default: {
      const at = path.length === 0 ? 'the body' : writePath(path)
      const problem = `${at}: expected ${expectation(error.schema)}, got ${describe(error.value)}`
      return new Refusal('invalid-json', { ...place(text, offsetOf(text, path)), problem }, problem)
    }
  }
}

function place(text: string, offset: number): { line: string; column: string } {
  const { line, column } = positionAt(text, offset)
  return { line: String(line), column: String(column) }
}

import { type CallErrorName, sampleWords } from '../contract/errors.ts'
import type { InputError } from '../contract/schemas/batch.ts'
import { BadInput } from '../public/errors.ts'
import { type Problem, writeProblem } from '../text/schema-problems.ts'
import { timestamp } from './clock.ts'

/** Thrown when a whole call fails. plugins/error-response.ts turns it into one of HubSpot's error responses. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal'
  /** The name of the error in contract/errors.ts. */
  readonly error: CallErrorName
  /** The values of the placeholders in the text of the error. */
  readonly words: Readonly<Record<string, string>>
  /** How to fix it, for the header `x-mock-hint`. HubSpot does not send one. */
  readonly hint: string | undefined

  constructor(error: CallErrorName, words: Readonly<Record<string, string>> = {}, hint?: string) {
    // The stack trace is not shown anywhere, and takes longer to collect than the rest of a response.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(error)
    Error.stackTraceLimit = stackTraceLimit
    this.error = error
    this.words = words
    this.hint = hint
  }
}

/** The token is missing or unknown, or the scheme is not Bearer. */
export class Unauthorized extends Refusal {
  constructor(hint: string) {
    super('unauthorized', {}, hint)
  }
}

/** The token has expired. */
export class ExpiredToken extends Refusal {
  constructor(expiresAt: number, now: number) {
    const words = { ago: elapsed(now - expiresAt), expireTime: timestamp(expiresAt) }
    super(
      'expired-token',
      words,
      'refresh the access token, or change its expiresAt in the fixture or by token.set (PUT /_mock/token)',
    )
  }
}

/** The token has none of the scopes that allow the call. */
export class MissingScope extends Refusal {
  constructor(scopes: readonly string[]) {
    const list = scopes.join(' or ')
    super(
      'missing-scopes',
      { scope: scopes.join(', ') },
      `neither the fixture nor token.set (PUT /_mock/token) gives this token the scope ${list}`,
    )
  }
}

/** A call for one campaign whose id is listed under `errors`: 403 and 404 by the category, else 400 [inferred]. */
export class FixtureRefusal extends Refusal {
  readonly statusCode: number
  override readonly cause: InputError

  constructor(cause: InputError) {
    const { category } = cause
    super('campaign-error', {}, 'this id is listed under errors, in the fixture or by errors.put')
    this.statusCode = category === 'PERMISSION_DENIED' ? 403 : category === 'OBJECT_NOT_FOUND' ? 404 : 400
    this.cause = cause
  }
}

/** A value in the query or a header that cannot be used. */
export class InvalidRequest extends Refusal {
  /** `name` is the parameter, `problem` its value and what is wrong with it. */
  constructor(name: string, problem: string) {
    super('invalid-request', { problem: `${name}: ${problem}` }, `${name}: ${problem}`)
  }
}

const hourMs = 60 * 60 * 1000
const sampleExpiredHoursAgo = 5

/** An error that a scenario step causes, not the request. */
export class ScenarioRefusal extends Refusal {
  constructor(error: CallErrorName, now: number, words: Readonly<Record<string, string>>) {
    const expireTime = timestamp(now - sampleExpiredHoursAgo * hourMs)
    super(error, { ...sampleWords, expireTime, ...words })
  }
}

/** @throws {BadInput} for the first problem, if there is one */
export function refuseFirst([problem]: readonly Problem[], hint: string): void {
  if (problem !== undefined) throw new BadInput(writeProblem(problem), hint)
}

const secondMs = 1000
const units = [
  { name: 'day', ms: 24 * hourMs },
  { name: 'hour', ms: hourMs },
  { name: 'minute', ms: 60 * secondMs },
] as const

/** A time span in HubSpot's format, such as `5 hour(s)`: in the largest unit of which at least one has passed [observed]. */
function elapsed(milliseconds: number): string {
  const unit = units.find(({ ms }) => milliseconds >= ms) ?? { name: 'second', ms: secondMs }
  return `${Math.floor(milliseconds / unit.ms)} ${unit.name}(s)`
}

import { type CallErrorName, sampleWords } from '../contract/errors.ts'
import type { InputError } from '../contract/schemas/batch.ts'
import { type Problem, writeProblem } from '../text/schema-problems.ts'
import { timestamp } from './clock.ts'

/** Thrown when a whole call fails. It speaks the mock's words; one plugin says them in HubSpot's. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal'
  /** The row of the contract's table. */
  readonly error: CallErrorName
  /** What that row leaves open. */
  readonly words: Readonly<Record<string, string>>
  /** How to mend it, for whoever reads headers; HubSpot has none. */
  readonly hint: string | undefined

  constructor(error: CallErrorName, words: Readonly<Record<string, string>> = {}, hint?: string) {
    // Nobody is shown where it was thrown, and to find that out takes longer than the rest of an answer.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(error)
    Error.stackTraceLimit = stackTraceLimit
    this.error = error
    this.words = words
    this.hint = hint
  }
}

/** No token, another scheme, or a token nobody knows. */
export class Unauthorized extends Refusal {
  constructor(hint: string) {
    super('unauthorized', {}, hint)
  }
}

/** A token whose time is over. */
export class ExpiredToken extends Refusal {
  constructor(expiresAt: number, now: number) {
    const words = { ago: elapsed(now - expiresAt), expireTime: timestamp(expiresAt) }
    super('expired-token', words, 'refresh the access token, or change expiresAt in the fixture')
  }
}

/** A token that has none of the scopes that allow the call. */
export class MissingScope extends Refusal {
  constructor(scopes: readonly string[]) {
    const list = scopes.join(' or ')
    super('missing-scopes', { scope: scopes.join(', ') }, `the fixture does not give this token the scope ${list}`)
  }
}

/** A call for one campaign whose id the fixture lists under `errors`: 403 and 404 by the category, else 400 [inferred]. */
export class FixtureRefusal extends Refusal {
  readonly statusCode: number
  override readonly cause: InputError

  constructor(cause: InputError) {
    const { category } = cause
    super('campaign-error', {}, 'the fixture lists this id under errors')
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

/** An error that a scenario step asks for: the request itself has not caused it. */
export class ScenarioRefusal extends Refusal {
  constructor(error: CallErrorName, now: number, words: Readonly<Record<string, string>>) {
    const expireTime = timestamp(now - sampleExpiredHoursAgo * hourMs)
    super(error, { ...sampleWords, expireTime, ...words })
  }
}

/**
 * Thrown to a tester, not to a client: what the control API or the library was given cannot be used.
 * @example
 * try {
 *   mock.portal('no token')
 * } catch (error) {
 *   if (error instanceof BadInput) console.error(error.message, error.hint)
 * }
 */
export class BadInput extends Error {
  override readonly name: string = 'BadInput'
  readonly hint: string

  /** `message` says what is wrong with what, `hint` what to give instead. */
  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** @throws {BadInput} that tells the first problem, if there is one */
export function refuseFirst([problem]: readonly Problem[], hint: string): void {
  if (problem !== undefined) throw new BadInput(writeProblem(problem), hint)
}

/**
 * Thrown to a tester who asks for what is not there.
 * @example
 * try {
 *   portal.campaigns.get('no-such-campaign')
 * } catch (error) {
 *   if (error instanceof NotThere) console.error(error.message)
 * }
 */
export class NotThere extends BadInput {
  override readonly name = 'NotThere'
}

const secondMs = 1000
const units = [
  { name: 'day', ms: 24 * hourMs },
  { name: 'hour', ms: hourMs },
  { name: 'minute', ms: 60 * secondMs },
] as const

/** `5 hour(s)`: HubSpot's way to tell a time span, in the largest unit that fits whole (observed). */
function elapsed(milliseconds: number): string {
  const unit = units.find(({ ms }) => milliseconds >= ms) ?? { name: 'second', ms: secondMs }
  return `${Math.floor(milliseconds / unit.ms)} ${unit.name}(s)`
}

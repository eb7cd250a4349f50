import type { CallErrorName } from '../contract/call-error.ts'

/** Thrown when a whole call fails. It speaks the mock's words; one plugin says them in HubSpot's. */
export class Refusal extends Error {
  /** The row of the contract's table. */
  readonly error: CallErrorName
  /** What that row leaves open. */
  readonly words: Readonly<Record<string, string>>

  constructor(error: CallErrorName, words: Readonly<Record<string, string>> = {}) {
    super(error)
    this.error = error
    this.words = words
  }
}

/** No token, another scheme, or a token nobody knows. */
export class Unauthorized extends Refusal {
  constructor() {
    super('unauthorized')
  }
}

/** A token whose time is over. */
export class ExpiredToken extends Refusal {
  constructor(expiresAt: number, now: number) {
    super('expired-token', { ago: elapsed(now - expiresAt), expireTime: new Date(expiresAt).toISOString() })
  }
}

/** A token that may not do this. */
export class MissingScope extends Refusal {
  constructor(scope: string) {
    super('missing-scopes', { scope })
  }
}

/** A value in the query or a header that cannot be used. */
export class InvalidRequest extends Refusal {
  /** `name` is the parameter, `problem` its value and what is wrong with it. */
  constructor(name: string, problem: string) {
    super('invalid-request', { problem: `${name}: ${problem}` })
  }
}

const secondMs = 1000
const units = [
  { name: 'day', ms: 24 * 60 * 60 * secondMs },
  { name: 'hour', ms: 60 * 60 * secondMs },
  { name: 'minute', ms: 60 * secondMs },
] as const

/** `5 hour(s)`: HubSpot's way to tell a time span, in the largest unit that fits whole (observed). */
function elapsed(milliseconds: number): string {
  const unit = units.find(({ ms }) => milliseconds >= ms) ?? { name: 'second', ms: secondMs }
  return `${Math.floor(milliseconds / unit.ms)} ${unit.name}(s)`
}

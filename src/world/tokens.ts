import { parseMoment } from '../text/dates.ts'
import type { FixtureToken } from './fixtures/fixture.ts'
import { ExpiredToken, MissingScope, Unauthorized } from './refusal.ts'

const bearer = /^Bearer +([^\s~]+)(?:~(\S*))? *$/i

/** The content of an `Authorization` header. */
export interface BearerCredentials {
  readonly token: string
  /** The name of a scenario after a `~`: for clients that can set nothing but their token. */
  readonly scenario: string | undefined
}

/** The Bearer token of an `Authorization` header; undefined if there is none. */
export function readAuthorization(header: string | undefined): BearerCredentials | undefined {
  const [, token, scenario] = bearer.exec(header ?? '') ?? []
  return token === undefined ? undefined : { token, scenario }
}

interface Grant {
  readonly scopes: readonly string[] | undefined
  readonly expiresAt: number | undefined
}

/** Which tokens are good, and for what. Where none is named, every token is good for everything. */
export class Tokens {
  readonly #grants: ReadonlyMap<string, Grant> | undefined

  /** @param fixture tokens with their scopes and expiry · @param plain further tokens that may do everything */
  constructor(fixture: Readonly<Record<string, FixtureToken>> | undefined, plain: readonly string[] | undefined) {
    if (fixture === undefined && plain === undefined) return
    const named = Object.entries(fixture ?? {}).map(([token, grant]) => [token, grantOf(grant)] as const)
    const unlimited = (plain ?? []).map((token) => [token, grantOf({})] as const)
    this.#grants = new Map([...named, ...unlimited])
  }

  /**
   * Lets a token pass, or says why not.
   * @throws {Unauthorized} if nobody knows it · {ExpiredToken} · {MissingScope}
   */
  admit(token: string, scopes: readonly string[], now: number): void {
    if (this.#grants === undefined) return
    const grant = this.#grants.get(token)
    if (grant === undefined)
      throw new Unauthorized('the fixture or --tokens names the tokens that are good, and not this one')
    if (grant.expiresAt !== undefined && grant.expiresAt <= now) throw new ExpiredToken(grant.expiresAt, now)
    if (grant.scopes !== undefined && !scopes.some((scope) => grant.scopes?.includes(scope)))
      throw new MissingScope(scopes)
  }
}

function grantOf({ scopes, expiresAt }: FixtureToken): Grant {
  return { scopes, expiresAt: expiresAt === undefined ? undefined : parseMoment(expiresAt) }
}

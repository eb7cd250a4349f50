import { accessTokenSeconds } from '../contract/schemas/oauth.ts'
import { parseMoment } from '../text/dates.ts'
import type { FixtureToken } from './fixtures/fixture.ts'
import { ExpiredToken, MissingScope, Unauthorized } from './refusal.ts'

const bearer = /^Bearer +([^\s~]+)(?:~(\S*))? *$/i

/** What an issued access token has behind the token of its portal: its time of issue, in milliseconds since the epoch. */
const issuedSuffix = /\.access-(\d{13})$/

/** The token of a portal, without the `~scenario` and the time of issue that can follow it. */
export function portalTokenOf(token: string): string {
  return token.replace(/~.*$/s, '').replace(issuedSuffix, '')
}

/** The content of an `Authorization` header. */
export interface BearerCredentials {
  /** The token of the portal. */
  readonly token: string
  /** When an access token was issued, in milliseconds since the epoch; undefined for a token of another kind. */
  readonly issuedAt: number | undefined
  /** The name of a scenario after a `~`: for clients that can set nothing but their token. */
  readonly scenario: string | undefined
}

/** The Bearer token of an `Authorization` header; undefined if there is none. */
export function readAuthorization(header: string | undefined): BearerCredentials | undefined {
  const [, token, scenario] = bearer.exec(header ?? '') ?? []
  if (token === undefined) return undefined
  const [, issued] = issuedSuffix.exec(token) ?? []
  return { token: portalTokenOf(token), issuedAt: issued === undefined ? undefined : Number(issued), scenario }
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

  /** The scopes that the fixture gives to a token; undefined if it does not limit them. */
  scopesOf(token: string): readonly string[] | undefined {
    return this.#grants?.get(token)?.scopes
  }

  /**
   * Lets a token pass that is known, has not expired, and has one of the scopes; without scopes, any such token passes.
   * @param now milliseconds since the epoch
   * @throws {Unauthorized} for an unknown token · {ExpiredToken} · {MissingScope}
   */
  admit({ token, issuedAt }: BearerCredentials, scopes: readonly string[], now: number): void {
    const issuedUntil = issuedAt === undefined ? undefined : issuedAt + accessTokenSeconds * 1000
    if (issuedUntil !== undefined && issuedUntil <= now) throw new ExpiredToken(issuedUntil, now)
    if (this.#grants === undefined) return
    const grant = this.#grants.get(token)
    if (grant === undefined)
      throw new Unauthorized('the fixture or --tokens names the tokens that are good, and not this one')
    if (grant.expiresAt !== undefined && grant.expiresAt <= now) throw new ExpiredToken(grant.expiresAt, now)
    if (grant.scopes === undefined || scopes.length === 0) return
    if (!scopes.some((scope) => grant.scopes?.includes(scope))) throw new MissingScope(scopes)
  }
}

function grantOf({ scopes, expiresAt }: FixtureToken): Grant {
  return { scopes, expiresAt: expiresAt === undefined ? undefined : parseMoment(expiresAt) }
}

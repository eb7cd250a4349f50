import { accessTokenSeconds } from '../contract/schemas/oauth.ts'
import { parseMoment } from '../text/dates.ts'
import { issuedSuffix } from '../text/issued-suffix.ts'
import type { FixtureToken } from './fixtures/fixture.ts'
import type { FixtureOAuth } from './fixtures/fixture-account.ts'
import { ExpiredToken, MissingScope, Unauthorized } from './refusal.ts'

const bearer = /^Bearer +([^\s~]+)(?:~(\S*))? *$/i

const grant = /^[^\s~]+(?:~\S*)?$/

/**
 * Whether a text can be a refresh token, an authorization code or a client id, so that an access token can be derived
 * from it. An issued access token is not a grant.
 */
export function isGrant(text: string | undefined): text is string {
  return text !== undefined && grant.test(text) && !issuedSuffix.test(text.replace(/~.*$/s, ''))
}

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
  /** The name of the scenario after `~`, for clients that can only set their token. */
  readonly scenario: string | undefined
}

/** The Bearer token of an `Authorization` header; undefined if there is none. */
export function readAuthorization(header: string | undefined): BearerCredentials | undefined {
  const [, token, scenario] = bearer.exec(header ?? '') ?? []
  return token === undefined ? undefined : credentialsOf(token, scenario)
}

/** Reads a token that is not in a header; undefined if the text is not a valid token. */
export function readToken(text: string): BearerCredentials | undefined {
  return readAuthorization(`Bearer ${text}`)
}

function credentialsOf(token: string, scenario: string | undefined): BearerCredentials {
  const [, issued] = issuedSuffix.exec(token) ?? []
  return { token: portalTokenOf(token), issuedAt: issued === undefined ? undefined : Number(issued), scenario }
}

/** The times of issue of access tokens. If a token of the current millisecond exists, the next millisecond is used. */
export class IssueTimes {
  #lastNow = 0
  #last = 0

  /** @param now milliseconds since the epoch */
  next(now: number): number {
    // After the clock was set back, tokens get the new time, even if tokens of that time exist.
    this.#last = now < this.#lastNow ? now : Math.max(now, this.#last + 1)
    this.#lastNow = now
    return this.#last
  }
}

/** What a token may do, and until when, in milliseconds since the epoch. A member that is undefined limits nothing. */
export interface Grant {
  readonly scopes: readonly string[] | undefined
  readonly expiresAt: number | undefined
}

/** The valid tokens and their scopes. If no tokens are configured, every token is valid and has all scopes. */
export class Tokens {
  readonly #grants: ReadonlyMap<string, Grant> | undefined

  /** The scopes of access tokens for the OAuth clients and refresh tokens of the fixture. */
  readonly #issued: ReadonlyMap<string, Grant>

  /**
   * @param fixture tokens with their scopes and expiry
   * @param plain further tokens, which have all scopes
   * @param oauth clients and refresh tokens, whose access tokens are valid as well
   */
  constructor(
    fixture: Readonly<Record<string, FixtureToken>> | undefined,
    plain: readonly string[] | undefined,
    { clients = [], refreshTokens = [] }: FixtureOAuth = {},
  ) {
    const ofClients = clients.map(({ clientId, scopes }) => [clientId, grantOf({ ...(scopes && { scopes }) })] as const)
    const ofRefreshTokens = refreshTokens.map((token) => [portalTokenOf(token), grantOf({})] as const)
    this.#issued = new Map([...ofRefreshTokens, ...ofClients])
    if (fixture === undefined && plain === undefined) return
    const named = Object.entries(fixture ?? {}).map(([token, grant]) => [token, grantOf(grant)] as const)
    const unlimited = (plain ?? []).map((token) => [token, grantOf({})] as const)
    this.#grants = new Map([...named, ...unlimited])
  }

  /** Whether some tokens are invalid, because the fixture or the options name the valid ones. */
  get isLimited(): boolean {
    return this.#grants !== undefined
  }

  /**
   * The scopes of the tokens of a portal; undefined if they are not limited.
   * @param own what a test gave to the token, in place of the fixture
   */
  scopesOf(token: string, own?: Grant): readonly string[] | undefined {
    return (own ?? this.#grants?.get(token) ?? this.#issued.get(token))?.scopes
  }

  /**
   * When a token expires.
   * @param own what a test gave to the token, in place of the fixture
   * @returns milliseconds since the epoch; undefined for a token that does not expire
   */
  expiryOf({ token, issuedAt }: BearerCredentials, own?: Grant): number | undefined {
    const { expiresAt } = own ?? this.#grants?.get(token) ?? {}
    const ends = [issuedAt === undefined ? undefined : issuedAt + accessTokenMs, expiresAt]
    return ends.reduce((first, end) => (first === undefined || (end !== undefined && end < first) ? end : first))
  }

  /**
   * Checks that a token is known, has not expired, and has one of the scopes. An empty list of scopes requires none.
   * @param now milliseconds since the epoch
   * @param own what a test gave to the token, in place of the fixture
   * @throws {Unauthorized} for an unknown token · {ExpiredToken} · {MissingScope}
   */
  admit(credentials: BearerCredentials, scopes: readonly string[], now: number, own?: Grant): void {
    const grant = own ?? this.#grantOf(credentials)
    const expiresAt = this.expiryOf(credentials, own)
    if (expiresAt !== undefined && expiresAt <= now) throw new ExpiredToken(expiresAt, now)
    if (grant.scopes === undefined || scopes.length === 0) return
    if (!scopes.some((scope) => grant.scopes?.includes(scope))) throw new MissingScope(scopes)
  }

  /** @throws {Unauthorized} for an unknown token */
  #grantOf({ token, issuedAt }: BearerCredentials): Grant {
    const issued = issuedAt === undefined ? undefined : this.#issued.get(token)
    const grant = this.#grants === undefined ? (issued ?? grantOf({})) : (this.#grants.get(token) ?? issued)
    if (grant !== undefined) return grant
    throw new Unauthorized('this token is not among the valid tokens, which the fixture and the option tokens name')
  }
}

const accessTokenMs = accessTokenSeconds * 1000

export function grantOf({ scopes, expiresAt }: FixtureToken): Grant {
  return { scopes, expiresAt: expiresAt === undefined ? undefined : parseMoment(expiresAt) }
}

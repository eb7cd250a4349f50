import type { Controls } from './controls.ts'
import type { FixtureToken } from './fixture.ts'

/**
 * The verbs of one portal.
 * @example
 * const own: PortalControls = mock.portal('token-of-this-test', { label: 'retries after a 429' })
 * own.token.set({ scopes: ['marketing.campaigns.read'] })
 */
export interface PortalControls extends Controls {
  /** Reads and sets the scopes and the expiry of the token. */
  readonly token: TokenControls
}

/**
 * Reads and sets the scopes and the expiry of the token of one portal, and of the access tokens that are issued for it.
 * @example
 * const { token }: { token: TokenControls } = portal
 * token.set({ scopes: ['marketing.campaigns.read'] })
 */
export interface TokenControls {
  /**
   * The scopes and the expiry of the token.
   * @example
   * console.log(portal.token.state.scopes)
   */
  readonly state: TokenState
  /**
   * Gives the token scopes and an expiry, in place of those of the fixture. Other tokens stay as they are.
   * @throws {BadInput} if a member is invalid; then nothing changes
   * @example
   * portal.token.set({ scopes: ['marketing.campaigns.read'], expiresAt: '2026-12-31' })
   */
  set(token: FixtureToken): TokenState
  /**
   * Restores the scopes and the expiry of the token in the fixture.
   * @example
   * portal.token.reset()
   */
  reset(): TokenState
}

/**
 * The scopes and the expiry of a token.
 * @example
 * const { scopes, expiresAt }: TokenState = portal.token.state
 */
export interface TokenState {
  /** The scopes; null if the token has all scopes. */
  scopes: string[] | null
  /** When the token expires, such as `2026-12-31T00:00:00.000Z`; null if it does not expire. */
  expiresAt: string | null
}

/**
 * The settings of a portal.
 * @example
 * const options: PortalOptions = { label: 'retries after a 429' }
 */
export interface PortalOptions {
  /** A readable name of 1 to 100 characters, which lists of portals show. A reset of the portal keeps it. */
  label?: string | undefined
}

/**
 * A portal in a list. It does not have the token.
 * @example
 * const busiest: PortalSummary | undefined = mock.portals().sort((a, b) => b.requests - a.requests)[0]
 * console.log(busiest?.label ?? busiest?.name)
 */
export interface PortalSummary {
  /** A short hash of the token, as in the journal. */
  name: string
  /** The label that a test gave to the portal; null without one. */
  label: string | null
  /** The number of its requests in the journal. */
  requests: number
  /** The number of its requests that the journal has dropped. */
  dropped: number
  /** The number of its campaigns, generated ones included. */
  campaigns: number
  /** The name of its active scenario; null if none is active. */
  scenario: string | null
}

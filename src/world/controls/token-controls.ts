import type * as api from '../../public/portal.ts'
import { findProblems } from '../../text/schema-problems.ts'
import { timestamp } from '../clock.ts'
import { momentProblems } from '../fixtures/check-campaign.ts'
import { FixtureToken } from '../fixtures/fixture.ts'
import { refuseFirst } from '../refusal.ts'
import type { World } from '../world.ts'

/** Reads and sets the scopes and the expiry of the token of one portal. */
export class TokenControls implements api.TokenControls {
  readonly #world: World
  readonly #token: string

  constructor(world: World, token: string) {
    this.#world = world
    this.#token = token
  }

  get state(): api.TokenState {
    const scopes = this.#world.scopesOf(this.#token)
    const expiresAt = this.#world.expiryOf({ token: this.#token, issuedAt: undefined, scenario: undefined })
    return {
      scopes: scopes === undefined ? null : [...scopes],
      expiresAt: expiresAt === undefined ? null : timestamp(expiresAt),
    }
  }

  set(token: FixtureToken): api.TokenState {
    const problems = findProblems(FixtureToken, token)
    const hint = 'a token is {scopes, expiresAt}; both are optional'
    // The message does not show the value, which may be a token in the wrong place.
    refuseFirst(problems.length > 0 ? problems : [...momentProblems(token.expiresAt, ['expiresAt'], 'it')], hint)
    this.#world.setGrant(this.#token, structuredClone(token))
    return this.state
  }

  reset(): api.TokenState {
    this.#world.setGrant(this.#token, undefined)
    return this.state
  }
}

import { operations } from '../../contract/operations.ts'
import { accessTokenSeconds, type OAuthErrorName, type TokenForm } from '../../contract/schemas/oauth.ts'
import { isGrant } from '../../world/tokens.ts'
import type { HubspotContext } from '../context.ts'
import { oauthErrorResponse } from '../oauth-error.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'

/** Every scope that an operation of this mock requires: the scopes of a token that no fixture restricts. */
export const allScopes = [...new Set(Object.values(operations).flatMap(({ scopes }): readonly string[] => scopes))]

/**
 * POST /oauth/v1/token: exchanges a refresh token, an authorization code or client credentials for an access token. The
 * access token belongs to the portal that the grant names, and carries its time of issue, so that it expires by the clock.
 */
export function issueToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const form = exchange.body as TokenForm
  const error = clientError(form, context) ?? grantError(form, exchange, context) ?? scopeError(form, context)
  return error === undefined ? tokenResponse(form, exchange, context) : oauthErrorResponse(error, exchange, context)
}

/**
 * The error for an invalid client id, secret or redirect URI; undefined if they are valid. If the fixture has no `clients`,
 * every id and secret is valid, but both are required [inferred].
 */
export function clientError(form: TokenForm, { world }: HubspotContext): OAuthErrorName | undefined {
  const { clients } = world.oauth
  const client = clients?.find(({ clientId }) => clientId === form.client_id)
  if (!form.client_id || (clients !== undefined && client === undefined)) return 'bad-client-id'
  if (!form.client_secret) return 'bad-client-secret'
  if (client === undefined) return undefined
  if (client.clientSecret !== form.client_secret) return 'bad-client-secret'
  const { redirectUris } = client
  const isUnknownUri = redirectUris !== undefined && !redirectUris.includes(form.redirect_uri ?? '')
  return form.grant_type === 'authorization_code' && isUnknownUri ? 'bad-redirect-uri' : undefined
}

/** Whether a refresh token is valid: the fixture lists it, a code was exchanged for it, or the fixture lists no tokens. */
export function isRefreshToken(token: string | undefined, { portal }: AdmittedExchange, { world }: HubspotContext) {
  if (!isGrant(token) || portal.refreshTokenState === 'revoked') return false
  const { refreshTokens } = world.oauth
  return refreshTokens === undefined || portal.refreshTokenState === 'issued' || refreshTokens.includes(token)
}

function grantError(form: TokenForm, exchange: AdmittedExchange, context: HubspotContext): OAuthErrorName | undefined {
  switch (form.grant_type) {
    case 'refresh_token':
      return isRefreshToken(form.refresh_token, exchange, context) ? undefined : 'bad-refresh-token'
    case 'authorization_code':
      return isGrant(form.code) ? undefined : 'bad-auth-code'
    case 'client_credentials':
      // The latest version has no client credentials [documented].
      if (exchange.route.version === '2026-09') return 'bad-grant-type'
      return isGrant(form.client_id) ? undefined : 'bad-client-id'
    default:
      return 'bad-grant-type'
  }
}

/** The error for a scope that the fixture does not give to the grant or the client [inferred]. */
function scopeError(form: TokenForm, { world }: HubspotContext): OAuthErrorName | undefined {
  const client = world.oauth.clients?.find(({ clientId }) => clientId === form.client_id)
  const requested = (form.scope ?? '').split(/[ ,]+/).filter((scope) => scope !== '')
  for (const allowed of [world.scopesOf(grantOf(form)), client?.scopes]) {
    if (allowed !== undefined && !requested.every((scope) => allowed.includes(scope))) return 'bad-scopes'
  }
  return undefined
}

/** The refresh token in the response is the one that was sent; for a code it is the code, which names the same portal. */
function tokenResponse(form: TokenForm, { portal }: AdmittedExchange, { world }: HubspotContext): OperationResponse {
  const grant = grantOf(form)
  const isClient = form.grant_type === 'client_credentials'
  if (form.grant_type === 'authorization_code') portal.refreshTokenState = 'issued'
  const body = {
    token_type: 'bearer',
    ...(isClient ? {} : { refresh_token: grant }),
    access_token: world.issueAccessToken(grant),
    hub_id: world.hubIdOf(portal),
    scopes: world.scopesOf(grant) ?? allScopes,
    expires_in: accessTokenSeconds,
    token_use: isClient ? 'client_credentials' : 'access_token',
  }
  return { status: 200, body: JSON.stringify(body) }
}

/** The member of the form that names the portal: the refresh token, the authorization code or the client. */
export function grantOf({ grant_type, refresh_token, code, client_id }: TokenForm): string {
  if (grant_type === 'refresh_token') return refresh_token ?? ''
  return (grant_type === 'authorization_code' ? code : client_id) ?? ''
}

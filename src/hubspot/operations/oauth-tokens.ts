import { accessTokenSeconds, type IntrospectionForm } from '../../contract/schemas/oauth.ts'
import { Refusal } from '../../world/refusal.ts'
import { type BearerCredentials, readToken } from '../../world/tokens.ts'
import type { HubspotContext } from '../context.ts'
import { hintHeader } from '../hint.ts'
import { oauthErrorResponse } from '../oauth-error.ts'
import { type AdmittedExchange, pathParameter } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { allScopes, clientError, isRefreshToken } from './oauth.ts'

/**
 * GET /oauth/v1/access-tokens/{token}: the user, account, app and scopes of an access token.
 * @throws {Refusal} 404 for a token that is unknown or has expired [inferred]
 */
export function describeAccessToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const token = pathParameter(exchange, 'token')
  const credentials = readToken(token)
  if (credentials === undefined || !isAdmittedToken(credentials, context)) throw unknownToken()
  return { status: 200, body: JSON.stringify(accessTokenInfo(token, credentials, exchange, context)) }
}

/**
 * GET /oauth/v1/refresh-tokens/{token}: the user, account, client and scopes of a refresh token.
 * @throws {Refusal} 404 for a token that is unknown or was revoked [inferred]
 */
export function describeRefreshToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const token = pathParameter(exchange, 'token')
  if (!isRefreshToken(token, exchange, context)) throw unknownToken()
  const { app_id: _appId, ...info } = refreshTokenInfo(token, exchange, context)
  return { status: 200, body: JSON.stringify(info) }
}

/** DELETE /oauth/v1/refresh-tokens/{token}: revokes a refresh token. Access tokens stay valid until they expire. */
export function revokeRefreshToken({ portal }: AdmittedExchange): OperationResponse {
  portal.refreshTokenState = 'revoked'
  return { status: 204 }
}

/**
 * POST /oauth/v3/token/introspect: the user, account, client and scopes of a token, or `{"active":false}`. A token that
 * contains its time of issue is an access token. Any other is what `token_type_hint` says; without that, a refresh token.
 */
export function introspectToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { token = '', token_type_hint: hint, ...client } = exchange.body as IntrospectionForm
  const error = context.world.oauth.clients && clientError(client, context)
  if (error !== undefined) return oauthErrorResponse(error, exchange, context)
  const credentials = readToken(token)
  const isAccess = credentials?.issuedAt !== undefined || hint === 'access_token'
  const { client_id = 'app' } = client
  let body: object = { active: false }
  if (isAccess && credentials !== undefined && isAdmittedToken(credentials, context)) {
    const info = accessTokenInfo(token, credentials, exchange, context)
    body = { active: true, ...info, client_id, token_use: 'access_token' }
  } else if (!isAccess && isRefreshToken(token, exchange, context)) {
    body = { active: true, ...refreshTokenInfo(token, exchange, context), client_id, token_use: 'refresh_token' }
  }
  return { status: 200, body: JSON.stringify(body) }
}

/** POST /oauth/v3/token/revoke: revokes a refresh token. It responds with 200 for every token [observed]. */
export function revokeToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { token = '', token_type_hint: _hint, ...client } = exchange.body as IntrospectionForm
  const error = context.world.oauth.clients && clientError(client, context)
  if (error !== undefined) return oauthErrorResponse(error, exchange, context)
  const isAccess = readToken(token)?.issuedAt !== undefined
  if (!isAccess) exchange.portal.refreshTokenState = 'revoked'
  const hint = isAccess ? 'an access token stays valid until it expires: revoke the refresh token' : undefined
  return { status: 200, body: '{}', headers: hintHeader(hint) }
}

function unknownToken(): Refusal {
  return new Refusal('token-not-found', {}, 'the token is unknown, has expired or was revoked')
}

function isAdmittedToken(credentials: BearerCredentials, { world }: HubspotContext): boolean {
  try {
    world.admit(credentials, [])
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const user = 'user@example.com'
const hubDomain = 'example.com'
const userId = 1

function accessTokenInfo(
  token: string,
  credentials: BearerCredentials,
  { portal }: AdmittedExchange,
  { world }: HubspotContext,
) {
  const now = portal.clock.now()
  const expiresAt = world.expiryOf(credentials) ?? now + accessTokenSeconds * 1000
  const [hubId, appId] = [world.hubIdOf(portal), Number(portal.words.app)]
  const scopes = world.scopesOf(token) ?? allScopes
  const signed = {
    expiresAt,
    scopes: scopes.join(' '),
    hubId,
    userId,
    appId,
    signature: '',
    scopeToScopeGroupPks: '',
    newSignature: '',
    hublet: world.account.dataHostingLocation ?? 'na1',
    trialScopes: '',
    trialScopeToScopeGroupPks: '',
    isUserLevel: false,
    installingUserId: userId,
    isServiceAccount: false,
    appInstallId: portal.name,
    audience: '',
    isPrivateDistribution: false,
  }
  return {
    token,
    user,
    hub_domain: hubDomain,
    scopes,
    hub_id: hubId,
    signed_access_token: signed,
    app_id: appId,
    expires_in: Math.floor((expiresAt - now) / 1000),
    is_private_distribution: false,
    user_id: userId,
    token_type: 'access',
  }
}

function refreshTokenInfo(token: string, { portal }: AdmittedExchange, { world }: HubspotContext) {
  return {
    token,
    user,
    hub_domain: hubDomain,
    scopes: world.scopesOf(token) ?? allScopes,
    hub_id: world.hubIdOf(portal),
    app_id: Number(portal.words.app),
    client_id: world.oauth.clients?.[0]?.clientId ?? 'app',
    user_id: userId,
    token_type: 'refresh',
  }
}

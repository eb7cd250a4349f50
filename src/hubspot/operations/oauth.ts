import { operations } from '../../contract/operations.ts'
import { accessTokenSeconds, type OAuthErrorName, oauthErrors, type TokenForm } from '../../contract/schemas/oauth.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'

/** Every scope of this mock's operations: what a token may do whose fixture does not limit it. */
const allScopes = [...new Set(Object.values(operations).flatMap(({ scopes }): readonly string[] => scopes))]

/**
 * POST /oauth/v1/token: exchanges a refresh token, an authorization code or client credentials for an access token. The
 * access token belongs to the portal that the grant names, and carries its time of issue, so that it expires by the clock.
 */
export function issueToken(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const form = exchange.body as TokenForm
  const error = clientError(form, context) ?? grantError(form, exchange, context)
  return error === undefined ? tokenResponse(form, exchange, context) : errorResponse(error, exchange, context)
}

/** Without `clients` in the fixture, every client is valid; client credentials are required either way [inferred]. */
function clientError(form: TokenForm, { world }: HubspotContext): OAuthErrorName | undefined {
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

function grantError(
  form: TokenForm,
  { route }: AdmittedExchange,
  { world }: HubspotContext,
): OAuthErrorName | undefined {
  switch (form.grant_type) {
    case 'refresh_token': {
      const { refreshTokens } = world.oauth
      const isValid = !!form.refresh_token && (refreshTokens?.includes(form.refresh_token) ?? true)
      return isValid ? undefined : 'bad-refresh-token'
    }
    case 'authorization_code':
      return form.code ? undefined : 'bad-auth-code'
    case 'client_credentials':
      // The latest version has no client credentials [documented].
      return route.version === '2026-09' ? 'bad-grant-type' : undefined
    default:
      return 'bad-grant-type'
  }
}

/** The refresh token in the response is the one that was sent; for a code it is the code, which names the same portal. */
function tokenResponse(form: TokenForm, { portal }: AdmittedExchange, { world }: HubspotContext): OperationResponse {
  const grant = grantOf(form)
  const isClient = form.grant_type === 'client_credentials'
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

function errorResponse(
  name: OAuthErrorName,
  { record }: AdmittedExchange,
  { rules }: HubspotContext,
): OperationResponse {
  const { error, status, message } = oauthErrors[name]
  const added = rules.completesOAuthErrors ? { category: status, correlationId: record.correlationId } : {}
  const body = { error, error_description: message, status, message, ...added }
  return { status: 400, body: JSON.stringify(body) }
}

/** The member of the form that names the portal: the refresh token, the authorization code or the client. */
export function grantOf({ grant_type, refresh_token, code, client_id }: TokenForm): string {
  if (grant_type === 'refresh_token') return refresh_token ?? ''
  return (grant_type === 'authorization_code' ? code : client_id) ?? ''
}

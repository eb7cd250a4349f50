import { type OAuthErrorName, oauthErrors } from '../contract/schemas/oauth.ts'
import type { HubspotContext } from './context.ts'
import { hintHeader } from './hint.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'

const hints: Readonly<Record<OAuthErrorName, string>> = {
  'bad-refresh-token':
    'refresh_token: send one that the fixture lists under oauth.refreshTokens, and that was not revoked',
  'bad-auth-code': 'code: send a text without spaces; it names the portal',
  'bad-client-id': 'client_id: send one that the fixture lists under oauth.clients, or any if it lists none',
  'bad-client-secret':
    'client_secret: send the clientSecret that the fixture gives to this client, or any if it lists none',
  'bad-redirect-uri': 'redirect_uri: send one of the redirectUris that the fixture gives to this client',
  'bad-scopes': 'scope: ask for scopes that the fixture gives to this client and this token',
  'bad-grant-type':
    'grant_type: send refresh_token, authorization_code or client_credentials (not on 2026-09), as application/x-www-form-urlencoded',
}

/** An error of an OAuth operation, which is not HubSpot's usual envelope, with a hint that HubSpot does not send. */
export function oauthErrorResponse(
  name: OAuthErrorName,
  { record }: OpenExchange,
  { rules }: HubspotContext,
): OperationResponse {
  const { error, status, message } = oauthErrors[name]
  const added = rules.completesOAuthErrors ? { category: status, correlationId: record.correlationId } : {}
  const body = { error, error_description: message, status, message, ...added }
  return { status: 400, body: JSON.stringify(body), headers: hintHeader(hints[name]) }
}

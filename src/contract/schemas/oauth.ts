import { type Static, Type } from '@sinclair/typebox'
import type { OAuthErrorName } from '../../public/names.ts'

/** How long an access token is valid, in seconds (documented). */
export const accessTokenSeconds = 1800

/**
 * The form of a token request. Which members are required depends on the grant; the handler reports a missing one. The
 * code verifier is not checked.
 */
export const TokenForm = Type.Object({
  grant_type: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
  code_verifier: Type.Optional(Type.String()),
})
export type TokenForm = Static<typeof TokenForm>

const tokenMembers = {
  hub_id: Type.Integer({ format: 'int32' }),
  scopes: Type.Array(Type.String()),
  expires_in: Type.Integer({ format: 'int64' }),
}

export const AccessTokenResponse = Type.Object(
  {
    token_type: Type.Literal('bearer'),
    refresh_token: Type.String(),
    access_token: Type.String(),
    ...tokenMembers,
    token_use: Type.Literal('access_token'),
  },
  { title: 'AccessTokenResponse' },
)

export const ClientCredentialsTokenResponse = Type.Object(
  {
    token_type: Type.Literal('bearer'),
    access_token: Type.String(),
    ...tokenMembers,
    token_use: Type.Literal('client_credentials'),
  },
  { title: 'ClientCredentialsTokenResponse' },
)

export const TokenResponse = Type.Union([AccessTokenResponse, ClientCredentialsTokenResponse])

/** The form that introspects or revokes a token. */
export const IntrospectionForm = Type.Object({
  token: Type.Optional(Type.String()),
  token_type_hint: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
})
export type IntrospectionForm = Static<typeof IntrospectionForm>

/** The path of a token. */
export const TokenPath = Type.Object({ token: Type.String() })

const int32 = Type.Integer({ format: 'int32' })

/** A signed access token. The mock does not sign: its signatures are empty. */
export const SignedAccessToken = Type.Object(
  {
    expiresAt: Type.Integer({ format: 'int64' }),
    scopes: Type.String(),
    hubId: int32,
    userId: int32,
    appId: int32,
    signature: Type.String(),
    scopeToScopeGroupPks: Type.String(),
    newSignature: Type.String(),
    hublet: Type.String(),
    trialScopes: Type.String(),
    trialScopeToScopeGroupPks: Type.String(),
    isUserLevel: Type.Boolean(),
    installingUserId: int32,
    isServiceAccount: Type.Boolean(),
    appInstallId: Type.String(),
    audience: Type.String(),
    isPrivateDistribution: Type.Boolean(),
  },
  { title: 'SignedAccessToken' },
)

const ofToken = {
  token: Type.String(),
  user: Type.String(),
  hub_domain: Type.String(),
  scopes: Type.Array(Type.String()),
  hub_id: int32,
}
const ofAccessToken = {
  signed_access_token: SignedAccessToken,
  app_id: int32,
  expires_in: Type.Integer({ format: 'int64' }),
  is_private_distribution: Type.Boolean(),
}
const ofUser = { user_id: int32, token_type: Type.String() }

export const AccessTokenInfoResponse = Type.Object(
  { ...ofToken, ...ofAccessToken, ...ofUser },
  { title: 'AccessTokenInfoResponse' },
)

export const RefreshTokenInfoResponse = Type.Object(
  { ...ofToken, client_id: Type.String(), ...ofUser },
  { title: 'RefreshTokenInfoResponse' },
)

export const PublicAccessTokenInfoResponse = Type.Object(
  {
    active: Type.Literal(true),
    ...ofToken,
    ...ofAccessToken,
    client_id: Type.String(),
    ...ofUser,
    token_use: Type.Literal('access_token'),
  },
  { title: 'PublicAccessTokenInfoResponse' },
)

export const PublicRefreshTokenInfoResponse = Type.Object(
  {
    active: Type.Literal(true),
    ...ofToken,
    app_id: int32,
    client_id: Type.String(),
    ...ofUser,
    token_use: Type.Literal('refresh_token'),
  },
  { title: 'PublicRefreshTokenInfoResponse' },
)

/** The whole response for a token that is unknown, expired or revoked (documented and observed). */
export const InactiveToken = Type.Object({ active: Type.Literal(false) }, { title: 'InactiveToken' })

export const TokenInfoResponse = Type.Union([
  PublicAccessTokenInfoResponse,
  PublicRefreshTokenInfoResponse,
  InactiveToken,
])

/** Why no token is issued. The documented fidelity adds `category` and `correlationId`, which HubSpot's spec requires. */
export const OAuthErrorBody = Type.Object({
  error: Type.String(),
  error_description: Type.String(),
  status: Type.String(),
  message: Type.String(),
  category: Type.Optional(Type.String()),
  correlationId: Type.Optional(Type.String({ format: 'uuid' })),
})

/** The errors of the token operation: the first is documented; the statuses of the others are observed, their messages inferred. */
export const oauthErrors = {
  'bad-refresh-token': {
    error: 'invalid_grant',
    status: 'BAD_REFRESH_TOKEN',
    message: 'refresh token is invalid, expired or revoked',
  },
  'bad-auth-code': {
    error: 'invalid_grant',
    status: 'BAD_AUTH_CODE',
    message: 'missing or unknown auth code',
  },
  'bad-client-id': { error: 'invalid_client', status: 'BAD_CLIENT_ID', message: 'missing or unknown client id' },
  'bad-client-secret': {
    error: 'invalid_client',
    status: 'BAD_CLIENT_SECRET',
    message: 'missing or invalid client secret',
  },
  'bad-redirect-uri': {
    error: 'invalid_request',
    status: 'BAD_REDIRECT_URI',
    message: 'missing or invalid redirect uri',
  },
  'bad-scopes': {
    error: 'invalid_scope',
    status: 'BAD_SCOPES',
    message: 'the client does not have all requested scopes',
  },
  'bad-grant-type': {
    error: 'unsupported_grant_type',
    status: 'BAD_GRANT_TYPE',
    message: 'missing or unknown grant type',
  },
} as const satisfies Record<OAuthErrorName, object>
export type { OAuthErrorName } from '../../public/names.ts'

export function isOAuthErrorName(name: string): name is OAuthErrorName {
  return Object.hasOwn(oauthErrors, name)
}

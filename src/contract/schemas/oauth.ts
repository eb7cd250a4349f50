import { type Static, Type } from '@sinclair/typebox'

/** How long an access token is valid, in seconds (documented). */
export const accessTokenSeconds = 1800

/** The form that asks for tokens. Which members are required depends on the grant; the handler says which is missing. */
export const TokenForm = Type.Object({
  grant_type: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
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

/** Why no token is issued. The documented fidelity adds `category` and `correlationId`, which HubSpot's spec requires. */
export const OAuthErrorBody = Type.Object({
  error: Type.String(),
  error_description: Type.String(),
  status: Type.String(),
  message: Type.String(),
  category: Type.Optional(Type.String()),
  correlationId: Type.Optional(Type.String({ format: 'uuid' })),
})

/** The errors of the token operation: the first is documented, the statuses of the others observed, their words inferred. */
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
  'bad-grant-type': {
    error: 'unsupported_grant_type',
    status: 'BAD_GRANT_TYPE',
    message: 'missing or unknown grant type',
  },
} as const
export type OAuthErrorName = keyof typeof oauthErrors

import type { TSchema } from '@sinclair/typebox'
import { type OperationName, operations } from '../../contract/operations.ts'
import { InactiveToken, TokenInfoResponse, TokenResponse } from '../../contract/schemas/oauth.ts'
import type { Json } from '../json.ts'
import { type KnownClaim, type MemberRow, optional, text } from './known-claim.ts'
import { commonHeaders, limitHeaders } from './known-responses.ts'

/** A schema of this mock as JSON Schema. */
function jsonOf(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema))
}

/** OAuth calls: forms, and responses that are one of several. */
export function oauthRows(): MemberRow[] {
  const forms: readonly OperationName[] = ['oauth.token', 'oauth.introspect', 'oauth.revoke']
  const inBody = { at: 'body', operations: ['oauth.token'], ours: null } as const
  return [
    {
      path: [],
      at: 'body',
      operations: forms,
      theirs: { value: 'optional' },
      ours: { value: 'required' },
      id: 'required-form',
    },
    ...['client_assertion', 'client_assertion_type'].map((name): MemberRow => {
      return { ...inBody, path: [name], versions: ['v3', '2026-03'], theirs: optional(text), id: 'client-assertion' }
    }),
    ...grantTypeRows(inBody),
    ...['client_secret', 'refresh_token'].map((name): MemberRow => {
      const theirs = optional(text)
      return { ...inBody, at: 'query', path: [name], versions: ['v1'], theirs, id: 'secrets-in-query' }
    }),
    ...tokenRows(),
    ...tokenInfoRows(),
    ...onlyActiveRows(),
    ...undescribedRows(),
  ]
}

function grantTypeRows(inBody: Pick<MemberRow, 'at' | 'operations' | 'ours'>): MemberRow[] {
  const row = { ...inBody, path: ['grant_type'], keyword: 'enum', id: 'grant-types' } as const
  const onLatest = { value: ['authorization_code', 'refresh_token'] }
  const before = { value: ['authorization_code', 'client_credentials', 'refresh_token'] }
  return [
    { ...row, versions: ['2026-09'], theirs: onLatest },
    { ...row, versions: withTokens, theirs: before },
  ]
}

/** The versions whose file describes tokens and their details. */
const withTokens = ['v1', 'v3', '2026-03']

function tokenRows(): MemberRow[] {
  const uses = { AccessTokenResponse: 'access_token', ClientCredentialsTokenResponse: 'client_credentials' }
  const onToken = { at: 'success', operations: ['oauth.token'], versions: withTokens, id: 'token-members' } as const
  return Object.entries(uses).flatMap(([option, use]): MemberRow[] => {
    const row = (name: string) => ({ ...onToken, path: [`<${option}>`, name] })
    const alwaysSent = { theirs: { value: 'optional' }, ours: { value: 'required' } }
    return [
      { ...row('hub_id'), ...alwaysSent },
      { ...row('scopes'), ...alwaysSent },
      { ...row('id_token'), theirs: optional(text), ours: null },
      { ...row('user_id'), theirs: optional({ type: 'integer', format: 'int32' }), ours: null },
      { ...row('token_type'), keyword: 'enum', theirs: null, ours: { value: 'bearer' } },
      { ...row('token_use'), keyword: 'default', theirs: { value: use }, ours: null },
    ]
  })
}

function tokenInfoRows(): MemberRow[] {
  const uses = { PublicAccessTokenInfoResponse: 'access_token', PublicRefreshTokenInfoResponse: 'refresh_token' }
  const onInfo = { at: 'success', operations: ['oauth.introspect'], versions: withTokens } as const
  const rows = Object.entries(uses).flatMap(([option, use]): MemberRow[] => {
    const row = (name: string) => ({ ...onInfo, path: [`<${option}>`, name] })
    const alwaysSent = { theirs: { value: 'optional' }, ours: { value: 'required' }, id: 'always-sent' } as const
    return [
      { ...row('hub_domain'), ...alwaysSent },
      { ...row('user'), ...alwaysSent },
      { ...row('active'), keyword: 'enum', theirs: null, ours: { value: 'true' }, id: 'inactive-token' },
      { ...row('token_use'), keyword: 'default', theirs: { value: use }, ours: null, id: 'token-members' },
    ]
  })
  const ours: KnownClaim = { value: 'possible', schema: jsonOf(InactiveToken) }
  return [...rows, { ...onInfo, path: ['<InactiveToken>'], theirs: null, ours, id: 'inactive-token' }]
}

/** HubSpot's file of 2026-09 names only the member `active`. */
function onlyActiveRows(): MemberRow[] {
  const latest = { at: 'success', operations: ['oauth.introspect'], versions: ['2026-09'], id: 'only-active' } as const
  const theirs = { value: 'required', schema: { type: 'boolean' } }
  return [
    { ...latest, path: [], keyword: 'type', theirs: { value: 'object' }, ours: null },
    { ...latest, path: ['active'], theirs, ours: null },
    ...TokenInfoResponse.anyOf.map((option): MemberRow => {
      const ours: KnownClaim = { value: 'possible', schema: jsonOf(option) }
      return { ...latest, path: [`<${option.title}>`], theirs: null, ours }
    }),
  ]
}

/** HubSpot's files do not describe some successes. */
function undescribedRows(): MemberRow[] {
  const row = { path: [], at: 'success', theirs: null, id: 'undescribed-success' } as const
  const headers: Record<string, Json> = { ...commonHeaders, ...limitHeaders }
  const claim = (schema: TSchema): KnownClaim => ({ value: 'present', schema: jsonOf(schema), headers })
  return [
    { ...row, operations: ['oauth.revoke'], ours: claim(operations['oauth.revoke'].responses[200]) },
    { ...row, operations: ['oauth.token'], versions: ['2026-09'], ours: claim(TokenResponse) },
  ]
}

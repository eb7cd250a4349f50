import type { OperationName } from '../operations.ts'
import type { RecordedFact } from './evidence.ts'

const recordings = 'recorded responses of 2026-03, May 2026'
const clients = 'errors that users of clients report'

const fact = (about: string, source: string, ...operations: OperationName[]): RecordedFact => ({
  about,
  grade: 'observed',
  source,
  operations,
})

/** What real responses show, by its id. */
export const recordedFacts = {
  'batch-members': fact(
    'a batch has `completedAt, status, startedAt, results`, then `errors, numErrors` if some inputs failed',
    recordings,
    'batch.read',
  ),
  'campaign-members': fact(
    'a campaign has `id, properties, createdAt, updatedAt, businessUnits`, and `assets` last where it has them',
    recordings,
    'batch.read',
    'campaigns.list',
  ),
  'moment-form': fact('timestamps have three decimals and end with `Z`', recordings, 'batch.read', 'campaigns.list'),
  'empty-properties': fact('properties without a value are left out', recordings, 'batch.read', 'campaigns.list'),
  'present-assets': fact('`assets` has only the types that the campaign has', recordings, 'batch.read'),
  'default-unit': fact('the default business unit has the id 0', recordings, 'batch.read', 'campaigns.list'),
  'invalid-guid-entry': fact(
    'the entry for an id that is not a GUID, with its message and `subCategory`',
    recordings,
    'batch.read',
  ),
  'list-members': fact(
    'a list has `total, results, paging`; `total` counts all that match, and the last page has no `paging`',
    recordings,
    'campaigns.list',
  ),
  'list-without-assets': fact('campaigns of a list have no assets', recordings, 'campaigns.list'),
  'list-cursor': fact('a cursor is base64 of the offset, percent-encoded', recordings, 'campaigns.list'),
  'list-link': fact(
    'the link has the path of the call, then `limit`, `sort`, `properties` and `after`',
    recordings,
    'campaigns.list',
  ),
  'asset-page': fact('a page of assets has `results`, and no `total`', recordings, 'assets.list'),
  'contact-page': fact('a page of contacts has ids only, and no `total`', recordings, 'reports.contacts'),
  'account-members': fact('the details of an account have nine members', recordings, 'account.details'),
  'token-members': fact(
    'real clients work with a token that has `token_type, refresh_token, access_token, expires_in`',
    'tests of clients',
    'oauth.token',
  ),
  'revoke-success': fact('revocation responds with a 200', 'calls of api.hubapi.com by clients', 'oauth.revoke'),
  'missing-token': fact(
    'a 401 without a token has `x-hubspot-auth-failure`, and no `www-authenticate`',
    'calls of api.hubapi.com',
  ),
  'expired-token': fact('the message and the context of a 401 for an expired token', clients),
  'rate-limit-error': fact('a 429 has `errorType`, `policyName` and `groupName`, and no `category`', clients),
  'server-error': fact('a 500 has `correlationId, message, status`', clients),
  'invalid-json': fact('a 400 for invalid JSON names line and column', clients),
  'forbidden-write': fact('a write of a read-only property is a 400 with its own `subCategory`', clients),
  'long-url': fact('a URL of about 16 200 characters is a 414', 'issues of airbyte (#33976) and PostHog (#31617)'),
  'response-headers': fact(
    '`x-hubspot-correlation-id`, `vary`, `access-control-allow-credentials` and `x-content-type-options` on every response',
    'calls of api.hubapi.com',
  ),
  'doubled-cursor': fact('clients send a cursor encoded twice', 'requests of five clients'),
} as const satisfies Record<string, RecordedFact>

/** Whether the responses of an operation follow real ones, or only HubSpot's documentation. */
export function gradeOfOperation(name: OperationName): 'observed' | 'documented' {
  const facts: RecordedFact[] = Object.values(recordedFacts)
  return facts.some(({ operations }) => operations.includes(name)) ? 'observed' : 'documented'
}

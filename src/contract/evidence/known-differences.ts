import type { KnownDifference } from './evidence.ts'

const spec = "HubSpot's OpenAPI files"
const recordings = 'recorded responses of 2026-03, May 2026'

const documented = (hubspot: string, mock: string, source = spec): KnownDifference => ({
  hubspot,
  mock,
  grade: 'documented',
  source,
})
const observed = (hubspot: string, mock: string, source = recordings): KnownDifference => ({
  hubspot,
  mock,
  grade: 'observed',
  source,
})

/** Every difference from HubSpot that is intended, by its id. */
export const knownDifferences = {
  'own-server': documented('the server is api.hubapi.com', 'clients use the base URL of the mock'),
  'bearer-tokens': documented(
    'OAuth 2 and private apps, with scopes',
    'both are Bearer tokens in practice; the fixture defines the scopes of a token',
  ),
  'errors-as-json': documented('errors can have any media type', 'errors were recorded as JSON'),
  'limit-members': documented(
    'no `errorType`, `groupName` and `policyName` in errors',
    'sent, because they were recorded on every 429',
  ),
  'error-status': documented('no `status` in errors', 'sent, because it was recorded on every error'),
  'error-category': documented(
    'errors have a `category`',
    'recorded 429 and 500 have none: documented fidelity adds it, observed does not',
  ),
  'undocumented-headers': documented(
    'hardly any headers',
    'described, because real responses have them and other documentation describes them',
  ),
  'never-seen-members': documented(
    'batches have `links` and `requestedAt`, their errors an `id`',
    'never sent: no recorded response has them',
  ),
  'forward-paging': documented('pages have `paging.prev`', 'never sent: only next pages were seen'),
  'sub-category': documented(
    'the `subCategory` of an entry is an object without members',
    'a text in recorded responses: documented fidelity leaves it out, observed sends the text',
  ),
  'errors-in-207': documented('a 207 may have no `errors`', 'a 207 is sent only where some inputs failed'),
  'unit-width': documented(
    'on 2025-09 and 2026-09 the id of a business unit is an int32',
    'an int64, as on the other versions: one campaign is served on all',
  ),
  'maximum-inputs': documented(
    'some versions do not state the maximum of 50 inputs',
    'applies to all versions: the others state it in the description of the operation',
  ),
  'any-currency': documented(
    'a list of currency codes',
    'any code of three capitals, so that a new currency needs no new version of the mock',
  ),
  'utc-offset-width': documented('`utcOffsetMilliseconds` is an int64', 'an int32: a day has 86 400 000 milliseconds'),
  'always-sent': documented('optional members of token details', 'the mock always sends them'),
  'required-form': documented('the form of an OAuth call is optional', 'required: a call without a form fails'),
  'client-assertion': documented(
    'the token form has `client_assertion` and `client_assertion_type`',
    'not read: no client was seen to send them',
  ),
  'grant-types': documented(
    'the token form lists its grant types',
    'an unknown grant type gets a separate error, with the wording of OAuth',
  ),
  'secrets-in-query': documented(
    '`client_secret` and `refresh_token` can be in the query on v1',
    'read by the mock, but not described: a secret in a URL is a mistake',
  ),
  'inactive-token': documented(
    'introspection on v3 and 2026-03 describes only active tokens',
    'an inactive one is `{"active":false}`, as documented elsewhere and observed',
  ),
  'only-active': documented(
    'introspection on 2026-09 describes only the member `active`',
    'all members of the other versions are described',
  ),
  'token-members': documented(
    'tokens have an optional `id_token`, and `hub_id` and `scopes` may be missing',
    'no `id_token`, which no client was seen to read; `hub_id` and `scopes` are always sent',
  ),
  'undescribed-success': documented(
    'no success of revocation, nor of the token call on 2026-09, is described',
    'described: a 200 was observed',
  ),
  'not-served': documented(
    'calls that campaign integrations do not make, such as the API usage of private apps',
    'not served',
  ),
  'partial-failure-status': observed(
    'a partial failure is a 207, whose entries have neither `errors` nor `links`',
    'documented fidelity follows the spec of the path, observed the recordings',
  ),
  'unknown-properties': observed(
    'an unknown property name is a 400',
    'documented fidelity ignores it, as the spec says; observed refuses it',
  ),
  'html-errors': observed(
    '404, 405, 414 and errors of the gateway are HTML pages',
    'documented fidelity sends JSON, observed pages',
    'calls of api.hubapi.com by clients',
  ),
  'short-asset-page': observed(
    'a page of assets can have a next page though it has fewer than 50 assets',
    'the mock sends a next page only after 50',
  ),
  'secondly-headers': observed(
    'headers of the deprecated secondly limit are sent',
    'sent only with the error of that limit',
    'calls of api.hubapi.com by clients',
  ),
  'vary-encoding': observed(
    'some responses have `vary: origin, accept-encoding`',
    '`vary: origin`: the mock does not compress',
    'calls of api.hubapi.com by clients',
  ),
} as const satisfies Record<string, KnownDifference>

export type KnownDifferenceId = keyof typeof knownDifferences

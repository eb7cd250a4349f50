import type { Guess } from './evidence.ts'

const guess = (about: string, mock: string, source: string): Guess => ({ about, mock, grade: 'inferred', source })

/** Every case in which this mock guesses, by its id. */
export const guesses = {
  'one-date': guess(
    'one of the two dates alone',
    'no metrics, no error',
    'the spec: metrics need both dates, and neither is required',
  ),
  'invalid-dates': guess(
    'an invalid or empty date, or `endDate` before `startDate`',
    "400, `Invalid request: '<parameter>: <value> …'`",
    'the message of other invalid requests',
  ),
  'metric-types': guess(
    'which metric keys MARKETING_EVENT, OBJECT_LIST, AUTOMATION_PLATFORM_FLOW and MARKETING_SMS have',
    'the keys are observed, their types inferred',
    'the meaning of the keys',
  ),
  'asset-without-metrics': guess(
    'an asset whose fixture gives no metrics',
    '`metrics: {}` when both dates are given',
    'the type of `metrics` in the spec, a map',
  ),
  'conversion-rate': guess(
    '`CONVERSION_RATE` over several days',
    'submissions divided by views, from 0 to 1',
    'the name of the metric',
  ),
  'all-inputs-fail': guess('all inputs fail', 'a partial failure, with `results: []`', 'a recorded partial failure'),
  'unknown-guid': guess(
    'an unknown GUID',
    'the entry is documented, its message is a guess',
    'the recorded entry for an invalid GUID',
  ),
  'guid-case': guess('a GUID in capital letters', 'equals the one in small letters', 'the definition of a GUID'),
  'no-inputs': guess('`inputs: []`', '200, `COMPLETE`, no results', 'the spec, which has no minimum number of inputs'),
  'counted-duplicates': guess(
    '51 inputs with duplicates among them',
    '400: duplicates are removed after counting',
    'the maximum of a sibling API',
  ),
  'wrong-json-type': guess(
    'a wrong JSON type',
    '400: the text of the missing-field error up to its details, then the path, the expected type and the value',
    'the recorded error for a missing field',
  ),
  'missing-field-column': guess(
    'the column of a missing field',
    'right after the opening brace of the object that lacks it',
    'one recorded error',
  ),
  'invalid-json-reason': guess(
    'the reason why JSON is invalid',
    "our words after HubSpot's line and column",
    'one recorded error',
  ),
  'result-order': guess(
    'the order of the results',
    'the order of the ids in the request',
    'recorded batch reads; the documentation guarantees no order',
  ),
  'unfinished-batch': guess(
    'a batch that is not `COMPLETE`',
    'no results and no errors, unless the step says so',
    'the meaning of the status',
  ),
  'dated-asset-link': guess(
    'the link to further assets on the dated paths',
    'points to v3, as recorded there',
    'one recorded batch read',
  ),
  'asset-cursor': guess(
    'cursors of assets and contacts',
    'base64 of the offset, as recorded for lists',
    'recorded lists; one recorded cursor of assets is base64 of a larger number, which may be an id',
  ),
  'invalid-parameter': guess(
    'an unknown `sort`, `assetType`, `contactType` or `attributionModel`, an invalid `limit` or cursor',
    "400, `Invalid request: '<parameter>: <value> …'`",
    'the message of other invalid requests',
  ),
  'list-name-and-order': guess(
    'the `name` of a list, and the order of names',
    'matches a part of the name in any case; sorted by Unicode code units, ties by id',
    'the documentation, which says: a part of the name',
  ),
  'single-campaign-errors': guess(
    'one campaign with an unknown GUID, or an id that is not a GUID',
    '404 and 400, with the message of a batch entry',
    'the recorded entry of a batch; the status 400 is observed',
  ),
  'fixture-error': guess(
    'an id under `errors` of the fixture, in a call for that campaign',
    '403 or 404 by its category, otherwise 400',
    'the statuses of the categories elsewhere',
  ),
  'budget-without-items': guess(
    'budget totals of a campaign without items',
    'its roll-up properties; `remainingBudget` is the budget minus the spend',
    'the names of the members',
  ),
  'unknown-custom-property': guess(
    'a write of a custom property that no campaign of the portal has',
    'accepted, with an `x-mock-hint`',
    'the mock does not know the custom properties of a portal',
  ),
  'write-response': guess(
    'what a write responds with',
    'the properties that were sent',
    'examples of the documentation',
  ),
  'item-description': guess(
    'a PUT of a budget or spend item without a description',
    'removes the description',
    'the meaning of PUT',
  ),
  'clone-assets': guess(
    'the assets of a clone',
    'present at once, although its status is PENDING for two seconds',
    'the statuses in the spec',
  ),
  'unknown-v1-token': guess(
    'a v1 call for a token that is unknown, expired or revoked',
    '404',
    'other calls for something unknown',
  ),
  'oauth-errors': guess(
    'OAuth errors other than a bad refresh token',
    '400, in the form of the documented one; `unsupported_grant_type` for a missing or unknown `grant_type`',
    'the documented error; the statuses are observed',
  ),
  'revenue-default': guess(
    'revenue for an attribution model that is not in the fixture',
    '0',
    'revenue of a campaign without deals',
  ),
  'transport-errors': guess(
    'a body over 1 MiB, another content type, headers too large, a path or method not served, an incomplete request, bytes that are not HTTP',
    "413, 415, 431, 404, 405, 408, 400 with HubSpot's envelope",
    'the meaning of the statuses, and the envelope of other errors',
  ),
  'gateway-bodies': guess(
    'the bodies of 423, 477, 502 to 504, 521 to 524, and the seconds in `retry-after`',
    "HubSpot's envelope; 1",
    'the envelope of other errors',
  ),
  'uncounted-calls': guess(
    'a call over the rate limit',
    'is not counted; the daily limit restarts at midnight UTC',
    'clients that recover within the window',
  ),
  'numeric-rate-limit': guess(
    '`--rate-limit <n>`',
    'n calls in ten seconds, and the daily limit of Professional',
    'the limits of accounts',
  ),
  'server-error-category': guess(
    'the `category` of a 500 in `documented`',
    '`INTERNAL_ERROR`: the spec requires one, the recorded body has none',
    'the message of the recorded body',
  ),
} as const satisfies Record<string, Guess>

/** A place where this mock parts from HubSpot's OpenAPI file on purpose, and why. */
export interface KnownDifference {
  /** The fact that differs, as `drift` names it. */
  readonly place: string
  /** What HubSpot's file says there; null: nothing. */
  readonly theirs: string | null
  /** What this mock says there; null: nothing. */
  readonly ours: string | null
  readonly reason: string
  /** The versions it is true of; all, if none is named. */
  readonly versions?: readonly string[]
}

const with207 = ['v3', '2026-03', '2026-09-beta']
const without207 = ['2025-09', '2026-09']
const withoutMaximum = ['2025-09', '2026-09', '2026-09-beta']

const neverSeen = 'no real answer was seen to have it, so the mock never sends it'
const noPageBefore = 'a batch read answers the first page of assets: there is none before it'
const noSubCategory =
  'an object without members there, a text in recorded answers: documented fidelity leaves it out, observed sends the text'
const onlyWithErrors = 'a 207 is answered only where some inputs failed'
const onLimits = 'recorded on every 429'
const whereItListens = 'clients are pointed at the mock by its base URL'
const unsaidHeaders = 'sent with real answers, documented beside the file and not in it'
const sameTokens = 'both are Bearer tokens in practice; what a token may do is said in the fixture'

const previousPage =
  'optional · type: object · .before: required · .before type: string · .link: optional · .link type: string'
const links = 'optional · type: object · .* type: string'
const moment = 'optional · format: date-time · type: string'
const text = 'optional · type: string'

const wholeNumber = 'sent · type: integer'

/** HubSpot's files list no headers; the mock's document has those of its answers. */
const everyHeader = [
  ['x-hubspot-correlation-id', 'sent · format: uuid · type: string'],
  ['vary', 'sent · is origin: allowed · type: string'],
  ['access-control-allow-credentials', 'sent · is false: allowed · type: string'],
  ['x-content-type-options', 'sent · is nosniff: allowed · type: string'],
] as const
const allowanceHeaders = [
  ['x-hubspot-ratelimit-max', wholeNumber],
  ['x-hubspot-ratelimit-remaining', wholeNumber],
  ['x-hubspot-ratelimit-interval-milliseconds', wholeNumber],
  ['x-hubspot-ratelimit-daily', wholeNumber],
  ['x-hubspot-ratelimit-daily-remaining', wholeNumber],
] as const
const errorHeaders = [
  ['x-hubspot-auth-failure', 'sent · type: string'],
  ['retry-after', wholeNumber],
] as const

/** Where this mock is known to part from HubSpot's OpenAPI files. */
export const knownDifferences: readonly KnownDifference[] = [
  { place: '200.links', theirs: links, ours: null, reason: neverSeen },
  { place: '200.requestedAt', theirs: moment, ours: null, reason: neverSeen },
  { place: '200.results[].assets.*.paging.prev', theirs: previousPage, ours: null, reason: noPageBefore },
  { place: '207.links', theirs: links, ours: null, reason: neverSeen, versions: with207 },
  { place: '207.requestedAt', theirs: moment, ours: null, reason: neverSeen, versions: with207 },
  {
    place: '207.results[].assets.*.paging.prev',
    theirs: previousPage,
    ours: null,
    reason: noPageBefore,
    versions: with207,
  },
  { place: '207.errors', theirs: 'optional', ours: 'required', reason: onlyWithErrors, versions: with207 },
  { place: '207.numErrors', theirs: 'optional', ours: 'required', reason: onlyWithErrors, versions: with207 },
  { place: '207.errors[].id', theirs: text, ours: null, reason: neverSeen, versions: with207 },
  {
    place: '207.errors[].subCategory',
    theirs: 'optional · type: object',
    ours: null,
    reason: noSubCategory,
    versions: with207,
  },
  { place: '200.errors[].id', theirs: text, ours: null, reason: neverSeen, versions: without207 },
  {
    place: '200.errors[].subCategory',
    theirs: 'optional · type: object',
    ours: null,
    reason: noSubCategory,
    versions: without207,
  },
  {
    place: '200.results[].businessUnits[].id format',
    theirs: 'int32',
    ours: 'int64',
    reason: 'the other versions say int64, and one campaign is served on all',
    versions: without207,
  },
  {
    place: 'body.inputs maxItems',
    theirs: null,
    ours: '50',
    reason: 'the other versions say it, in the words of the operation',
    versions: withoutMaximum,
  },
  { place: 'default content */*', theirs: 'taken', ours: null, reason: 'errors were recorded as JSON' },
  { place: 'default content application/json', theirs: null, ours: 'taken', reason: 'errors were recorded as JSON' },
  {
    place: 'default.category',
    theirs: 'required',
    ours: 'optional',
    reason: 'recorded 429 and 500 have none: documented fidelity adds it, observed does not',
  },
  {
    place: 'default.status',
    theirs: null,
    ours: 'required · is error: allowed · type: string',
    reason: 'recorded on every error',
  },
  { place: 'default.errorType', theirs: null, ours: text, reason: onLimits },
  { place: 'default.groupName', theirs: null, ours: text, reason: onLimits },
  { place: 'default.policyName', theirs: null, ours: text, reason: onLimits },
  { place: 'security bearer', theirs: null, ours: 'accepted', reason: sameTokens },
  { place: 'security oauth2 marketing.campaigns.read', theirs: 'accepted', ours: null, reason: sameTokens },
  {
    place: 'security private_apps marketing.campaigns.read',
    theirs: 'accepted',
    ours: null,
    reason: sameTokens,
    versions: without207,
  },
  { place: 'scheme bearer', theirs: null, ours: 'scheme: bearer · type: http', reason: sameTokens },
  {
    place: 'scheme oauth2',
    theirs:
      'type: oauth2 · authorizationCode authorizationUrl https://app.hubspot.com/oauth/authorize tokenUrl https://api.hubapi.com/oauth/v1/token',
    ours: null,
    reason: sameTokens,
  },
  {
    place: 'scheme private_apps',
    theirs: 'in: header · name: private-app · type: apiKey',
    ours: null,
    reason: sameTokens,
    versions: without207,
  },
  { place: 'server https://api.hubapi.com', theirs: 'answers', ours: null, reason: whereItListens },
  { place: 'server /', theirs: null, ours: 'answers', reason: whereItListens },
  ...[...everyHeader, ...allowanceHeaders].flatMap(([name, ours]) => [
    { place: `200@${name}`, theirs: null, ours, reason: unsaidHeaders },
    { place: `207@${name}`, theirs: null, ours, reason: unsaidHeaders, versions: with207 },
  ]),
  ...[...everyHeader, ...errorHeaders].map(([name, ours]) => {
    return { place: `default@${name}`, theirs: null, ours, reason: unsaidHeaders }
  }),
]

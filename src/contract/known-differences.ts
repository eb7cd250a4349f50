import { AllowanceHeaders, AnswerHeaders, ErrorHeaders } from './answer-headers.ts'

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
  { place: 'scheme bearer', theirs: null, ours: 'bearer · http', reason: sameTokens },
  {
    place: 'scheme oauth2',
    theirs: 'authorizationCode https://api.hubapi.com/oauth/v1/token https://app.hubspot.com/oauth/authorize · oauth2',
    ours: null,
    reason: sameTokens,
  },
  {
    place: 'scheme private_apps',
    theirs: 'apiKey · header · private-app',
    ours: null,
    reason: sameTokens,
    versions: without207,
  },
  { place: 'server https://api.hubapi.com', theirs: 'answers', ours: null, reason: whereItListens },
  { place: 'server /', theirs: null, ours: 'answers', reason: whereItListens },
  ...headersOf('200'),
  ...headersOf('207', with207),
  ...headersOf('default'),
]

/** HubSpot's files list no headers; the mock's document has those of its answers. */
function headersOf(status: string, versions?: readonly string[]): KnownDifference[] {
  const own = status === 'default' ? ErrorHeaders : AllowanceHeaders
  return Object.entries({ ...AnswerHeaders, ...own }).map(([name, { type, format, enum: values }]) => {
    const said = [
      ...(format === undefined ? [] : [`format: ${format}`]),
      ...(values === undefined ? [] : [`is ${values}: allowed`]),
      `type: ${type}`,
    ]
    const place = `${status}@${name.toLowerCase()}`
    const known = { place, theirs: null, ours: ['sent', ...said].join(' · '), reason: unsaidHeaders }
    return versions === undefined ? known : { ...known, versions }
  })
}

import { type OperationRoute, responsesOf } from '../../contract/operation-routes.ts'
import type { OperationName } from '../../contract/operations.ts'
import { multiStatusVersions } from '../../contract/versions.ts'
import { type Json, textOf } from '../json.ts'
import type { Claim, Discrepancy } from './discrepancy.ts'
import { Facts, placeOf, Subject, valueText } from './fact.ts'
import { SchemaReader } from './schema-facts.ts'

/** What a document says at a place: a value, and the schema of what the other document does not have at all. */
interface KnownClaim {
  readonly value: Json
  readonly schema?: Json
}

/** Anything: what exactly stands there does not matter to the difference. */
const anything = 'anything'

/** A place at which this mock differs from HubSpot's OpenAPI file on purpose, and why. */
export class KnownDifference {
  readonly subject: Subject
  readonly keyword: string
  readonly item: string | undefined
  /** What HubSpot's file says there; null: nothing. */
  readonly theirs: KnownClaim | typeof anything | null
  /** What this mock says there; null: nothing. */
  readonly ours: KnownClaim | typeof anything | null
  readonly reason: string

  constructor(row: Row) {
    this.subject = row.subject
    this.keyword = row.keyword ?? 'presence'
    this.item = row.item
    this.theirs = row.theirs
    this.ours = row.ours
    this.reason = row.reason
  }

  /** Whether a discrepancy is this one. */
  matches(one: Discrepancy): boolean {
    const isPlace = one.subject.key === this.subject.key && one.keyword === this.keyword && one.item === this.item
    return isPlace && this.#isClaim(one.theirs, this.theirs) && this.#isClaim(one.ours, this.ours)
  }

  #isClaim(claim: Claim | null, known: KnownClaim | typeof anything | null): boolean {
    if (claim === null || known === null) return claim === known
    if (known === anything) return true
    if (claim.values.length !== 1 || textOf(claim.values[0]) !== textOf(known.value)) return false
    const wanted = new Facts()
    new SchemaReader({ openapi: '3.0.1' }, wanted).read(this.subject, known.schema)
    const text = (facts: Iterable<Parameters<typeof placeOf>[0] & Parameters<typeof valueText>[0]>) =>
      [...facts]
        .map((fact) => `${placeOf(fact)} ${valueText(fact)}`)
        .sort()
        .join()
    return text(claim.inside) === text(wanted)
  }
}

interface Row {
  readonly subject: Subject
  readonly keyword?: string
  readonly item?: string
  readonly theirs: KnownClaim | typeof anything | null
  readonly ours: KnownClaim | typeof anything | null
  readonly reason: string
}

/** The differences that are known of one operation on one version. */
export function knownDifferencesOf(route: OperationRoute): KnownDifference[] {
  const rows = [
    ...accessRows(route),
    ...errorRows(),
    ...Object.keys(responsesOf(route)).flatMap((status) => headerRows(route, status)),
    ...memberRows.flatMap((row) => rowsOf(row, route)),
  ]
  return rows.map((row) => new KnownDifference(row))
}

const text: Json = { type: 'string' }
const present = (schema: Json): KnownClaim => ({ value: 'present', schema })
const optional = (schema: Json): KnownClaim => ({ value: 'optional', schema })

const sameTokens = 'both are Bearer tokens in practice; the fixture says what a token may do'
const ownServer = 'clients are pointed at the mock by its base URL'

/** How clients authenticate, and where. */
function accessRows({ operation, version, scopes, name }: OperationRoute): Row[] {
  const subject = Subject.of('operation')
  const row = (keyword: string, item: string, theirs: Json, ours: Json, reason: string): Row => {
    const claim = (value: Json) => (value === null ? null : { value })
    return { subject, keyword, item, theirs: claim(theirs), ours: claim(ours), reason }
  }
  const servers = [
    row('server', 'https://api.hubapi.com', 'used', null, ownServer),
    row('server', '/', null, 'used', ownServer),
  ]
  if (operation.auth === 'none') return servers
  const isCampaigns = !operation.isSetUp
  const needed = isCampaigns ? scopes : ['oauth']
  const schemes =
    isCampaigns && !(multiStatusVersions as readonly string[]).includes(version)
      ? ['oauth2', 'private_apps']
      : ['oauth2']
  return [
    ...servers,
    ...schemes.flatMap((scheme) =>
      needed.map((scope) => row('security', `${scheme} ${scope}`, 'accepted', null, sameTokens)),
    ),
    ...schemes.map((scheme) => row('scheme', scheme, schemeValues[scheme] ?? null, null, sameTokens)),
    row('security', 'bearer', null, 'accepted', sameTokens),
    row('scheme', 'bearer', null, { scheme: 'bearer', type: 'http' }, sameTokens),
  ].filter(({ item }) => name !== 'account.details' || item !== 'private_apps')
}

const schemeValues: Readonly<Record<string, Json>> = {
  oauth2: {
    flows: {
      authorizationCode: {
        authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
        tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
      },
    },
    type: 'oauth2',
  },
  private_apps: { in: 'header', name: 'private-app', type: 'apiKey' },
}

const recordedAsJson = 'errors were recorded as JSON'
const onLimits = 'recorded on every 429'
const undocumentedHeader = 'sent with real responses, and documented outside of the file'

/** Members of every error, and its media type. */
function errorRows(): Row[] {
  const subject = Subject.of('response', 'default')
  const used = { value: 'used' }
  const members = ['errorType', 'groupName', 'policyName'].map((name): Row => {
    return { subject: subject.member(name), theirs: null, ours: optional(text), reason: onLimits }
  })
  const headers = ['x-hubspot-auth-failure', 'retry-after'].map((name): Row => {
    const schema = name === 'retry-after' ? { type: 'integer' } : text
    return { subject: subject.header(name), theirs: null, ours: present(schema), reason: undocumentedHeader }
  })
  return [
    { subject, keyword: 'content', item: '*/*', theirs: used, ours: null, reason: recordedAsJson },
    { subject, keyword: 'content', item: 'application/json', theirs: null, ours: used, reason: recordedAsJson },
    {
      subject: subject.member('category'),
      theirs: { value: 'required' },
      ours: { value: 'optional' },
      reason: 'recorded 429 and 500 have none: documented fidelity adds it, observed does not',
    },
    {
      subject: subject.member('status'),
      theirs: null,
      ours: { value: 'required', schema: { type: 'string', enum: ['error'] } },
      reason: 'recorded on every error',
    },
    ...members,
    ...headers,
    ...commonHeaderRows(subject),
  ]
}

/** HubSpot's files list hardly any headers; the mock's document has those of its responses. */
function headerRows(route: OperationRoute, status: string): Row[] {
  const subject = Subject.of('response', status)
  if (isWithoutSuccess(route)) return []
  const names = ['max', 'remaining', 'interval-milliseconds', 'daily', 'daily-remaining']
  const limits = names.map((name): Row => {
    const header = subject.header(`x-hubspot-ratelimit-${name}`)
    return { subject: header, theirs: null, ours: present({ type: 'integer' }), reason: undocumentedHeader }
  })
  return [...commonHeaderRows(subject), ...limits]
}

function commonHeaderRows(subject: Subject): Row[] {
  const headers: Record<string, Json> = {
    'x-hubspot-correlation-id': { type: 'string', format: 'uuid' },
    vary: { type: 'string', enum: ['origin'] },
    'access-control-allow-credentials': { type: 'string', enum: ['false'] },
    'x-content-type-options': { type: 'string', enum: ['nosniff'] },
  }
  return Object.entries(headers).map(([name, schema]) => {
    return { subject: subject.header(name), theirs: null, ours: present(schema), reason: undocumentedHeader }
  })
}

/** Operations whose success HubSpot's file does not describe. */
function isWithoutSuccess({ name, version }: OperationRoute): boolean {
  return name === 'oauth.revoke' || (name === 'oauth.token' && version === '2026-09')
}

/** A member or a keyword of bodies that differs, in some operations. */
interface MemberRow {
  /** The place, such as `['results', '[]', 'id']`; `*` stands for members without names. */
  readonly path: readonly string[]
  /** `body`, `query`, `207`, or `success` for each success status but 207. */
  readonly at: 'body' | 'query' | 'success' | '207'
  readonly operations: readonly OperationName[]
  readonly versions?: readonly string[]
  readonly keyword?: string
  readonly theirs: KnownClaim | typeof anything | null
  readonly ours: KnownClaim | typeof anything | null
  readonly reason: string
}

function rowsOf({ path, at, operations, versions, ...row }: MemberRow, route: OperationRoute): Row[] {
  if (!operations.includes(route.name) || !(versions?.includes(route.version) ?? true)) return []
  if (at === 'body') return [{ ...row, subject: Subject.of('body').at(path) }]
  if (at === 'query') return [{ ...row, subject: Subject.of('parameter', `query.${path.join('.')}`) }]
  const statuses = Object.keys(responsesOf(route)).filter((status) => (status === '207') === (at === '207'))
  return statuses.map((status) => ({ ...row, subject: Subject.of('response', status).at(path) }))
}

const neverSeen = 'no real response was seen to have it, so the mock never sends it'
const onlyForward = 'only next pages were seen'
const noSubCategory =
  'an object without members there, a text in recorded responses: documented fidelity leaves it out, observed sends the text'
const onlyWithErrors = 'a 207 is sent only where some inputs failed'
const alwaysSent = 'the mock always sends it'
const batches: readonly OperationName[] = ['batch.read', 'batch.create', 'batch.update']
const batchWrites: readonly OperationName[] = ['batch.create', 'batch.update']
const without207 = ['2025-09', '2026-09']
const previousPage: Json = {
  type: 'object',
  required: ['before'],
  properties: { before: text, link: text },
}
const links: Json = { type: 'object', additionalProperties: text }
const moment: Json = { type: 'string', format: 'date-time' }
const format = (value: string): KnownClaim => ({ value })

const bothBatches = (row: Omit<MemberRow, 'at'>): MemberRow[] => [
  { ...row, at: 'success' },
  { ...row, at: '207' },
]

const units = ['businessUnits', '[]', 'id']
const otherFormats = {
  keyword: 'format',
  theirs: format('int32'),
  ours: format('int64'),
  versions: without207,
  at: 'success',
  reason: 'the other versions say int64, and one campaign is served on all',
} as const

const memberRows: readonly MemberRow[] = [
  ...bothBatches({ path: ['links'], operations: batches, theirs: optional(links), ours: null, reason: neverSeen }),
  ...bothBatches({
    path: ['requestedAt'],
    operations: batches,
    theirs: optional(moment),
    ours: null,
    reason: neverSeen,
  }),
  ...bothBatches({
    path: ['results', '[]', 'assets', '*', 'paging', 'prev'],
    operations: ['batch.read'],
    theirs: optional(previousPage),
    ours: null,
    reason: onlyForward,
  }),
  ...(['errors', 'numErrors'] as const).map((name): MemberRow => {
    const [theirs, ours] = [{ value: 'optional' }, { value: 'required' }]
    return { path: [name], at: '207', operations: batches, theirs, ours, reason: onlyWithErrors }
  }),
  ...(['207', 'success'] as const).flatMap((at): MemberRow[] => {
    const versions = at === '207' ? [...multiStatusVersions] : without207
    const row = { at, versions, operations: batches, ours: null }
    return [
      { ...row, path: ['errors', '[]', 'id'], theirs: optional(text), reason: neverSeen },
      { ...row, path: ['errors', '[]', 'subCategory'], theirs: optional({ type: 'object' }), reason: noSubCategory },
    ]
  }),
  { ...otherFormats, path: ['results', '[]', ...units], operations: ['campaigns.list', 'batch.read', ...batchWrites] },
  { ...otherFormats, path: units, operations: ['campaigns.get', 'campaigns.create', 'campaigns.update'] },
  {
    path: ['inputs'],
    at: 'body',
    keyword: 'maxItems',
    operations: [...batches, 'batch.archive'],
    versions: ['2025-09', '2026-09', '2026-09-beta'],
    theirs: null,
    ours: { value: 50 },
    reason: 'the other versions say it, in the words of the operation',
  },
  {
    path: ['paging', 'prev'],
    at: 'success',
    operations: ['campaigns.list'],
    theirs: optional(previousPage),
    ours: null,
    reason: onlyForward,
  },
  {
    path: ['assets', '*', 'paging', 'prev'],
    at: 'success',
    operations: ['campaigns.get'],
    theirs: optional(previousPage),
    ours: null,
    reason: onlyForward,
  },
  {
    path: ['currencyCode'],
    at: 'success',
    keyword: 'enum',
    operations: ['budget.totals', 'reports.revenue'],
    theirs: anything,
    ours: null,
    reason: 'the mock takes any code of three capitals, so that a new currency needs no new version of it',
  },
  {
    path: ['utcOffsetMilliseconds'],
    at: 'success',
    keyword: 'format',
    operations: ['account.details'],
    theirs: format('int64'),
    ours: format('int32'),
    reason: 'a day has 86 400 000 milliseconds',
  },
  ...['hub_domain', 'user', 'signed_access_token', 'is_private_distribution'].flatMap((name): MemberRow[] =>
    (['oauth.accessToken', 'oauth.refreshToken'] as const)
      .filter((operation) => operation === 'oauth.accessToken' || ['hub_domain', 'user'].includes(name))
      .map((operation) => {
        const [theirs, ours] = [{ value: 'optional' }, { value: 'required' }]
        return { path: [name], at: 'success', operations: [operation], theirs, ours, reason: alwaysSent }
      }),
  ),
  ...oauthRows(),
]

/** OAuth responses are one of several, which the two documents write in different ways. */
function oauthRows(): MemberRow[] {
  const choice = 'the file has a choice of schemas as oneOf, the mock’s document as anyOf'
  const token = { path: [], at: 'success', operations: ['oauth.token', 'oauth.introspect'] } as const
  const onToken = { versions: ['v1', 'v3', '2026-03'] }
  const forms: readonly OperationName[] = ['oauth.token', 'oauth.introspect', 'oauth.revoke']
  const inBody = { at: 'body', operations: ['oauth.token'], ours: null } as const
  const latest = { ...token, operations: ['oauth.introspect'], versions: ['2026-09'] } as const
  return [
    {
      path: [],
      at: 'body',
      operations: forms,
      theirs: { value: 'optional' },
      ours: { value: 'required' },
      reason: 'a call without a form fails',
    },
    ...['client_assertion', 'client_assertion_type'].map((name): MemberRow => {
      const reason = 'no client was seen to send it: the mock does not read it'
      return { ...inBody, path: [name], versions: ['v3', '2026-03'], theirs: optional(text), reason }
    }),
    {
      ...inBody,
      path: ['grant_type'],
      keyword: 'enum',
      theirs: anything,
      reason: 'another grant type has an error of its own, in words of OAuth',
    },
    ...['client_secret', 'refresh_token'].map((name): MemberRow => {
      const reason = 'read by the mock, but not described: a secret in a URL is a mistake'
      return { ...inBody, at: 'query', path: [name], versions: ['v1'], theirs: anything, reason }
    }),
    { ...token, ...onToken, keyword: 'oneOf', theirs: anything, ours: null, reason: choice },
    { ...token, ...onToken, keyword: 'anyOf', theirs: null, ours: anything, reason: choice },
    { ...latest, keyword: 'anyOf', theirs: null, ours: anything, reason: 'the file names only the member active' },
    {
      ...latest,
      keyword: 'type',
      theirs: { value: 'object' },
      ours: null,
      reason: 'the file names only the member active',
    },
    {
      ...latest,
      path: ['active'],
      theirs: { value: 'required', schema: { type: 'boolean' } },
      ours: null,
      reason: 'the file names only the member active',
    },
    {
      path: [],
      at: 'success',
      operations: ['oauth.revoke'],
      theirs: null,
      ours: anything,
      reason: 'the file describes no success; a 200 was observed',
    },
    {
      path: [],
      at: 'success',
      operations: ['oauth.token'],
      versions: ['2026-09'],
      theirs: null,
      ours: anything,
      reason: 'the file describes no success',
    },
  ]
}

import { currencyCodes } from '../../contract/currency-codes.ts'
import type { OperationName } from '../../contract/operations.ts'
import { multiStatusVersions } from '../../contract/versions.ts'
import type { Json } from '../json.ts'
import { type KnownClaim, type MemberRow, optional, text } from './known-claim.ts'

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
  id: 'unit-width',
} as const

export const memberRows: readonly MemberRow[] = [
  ...bothBatches({
    path: ['links'],
    operations: batches,
    theirs: optional(links),
    ours: null,
    id: 'never-seen-members',
  }),
  ...bothBatches({
    path: ['requestedAt'],
    operations: batches,
    theirs: optional(moment),
    ours: null,
    id: 'never-seen-members',
  }),
  ...bothBatches({
    path: ['results', '[]', 'assets', '*', 'paging', 'prev'],
    operations: ['batch.read'],
    theirs: optional(previousPage),
    ours: null,
    id: 'forward-paging',
  }),
  ...(['errors', 'numErrors'] as const).map((name): MemberRow => {
    const [theirs, ours] = [{ value: 'optional' }, { value: 'required' }]
    return { path: [name], at: '207', operations: batches, theirs, ours, id: 'errors-in-207' }
  }),
  ...(['207', 'success'] as const).flatMap((at): MemberRow[] => {
    const versions = at === '207' ? [...multiStatusVersions] : without207
    const row = { at, versions, operations: batches, ours: null }
    return [
      { ...row, path: ['errors', '[]', 'id'], theirs: optional(text), id: 'never-seen-members' },
      { ...row, path: ['errors', '[]', 'subCategory'], theirs: optional({ type: 'object' }), id: 'sub-category' },
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
    id: 'maximum-inputs',
  },
  {
    path: ['paging', 'prev'],
    at: 'success',
    operations: ['campaigns.list'],
    theirs: optional(previousPage),
    ours: null,
    id: 'forward-paging',
  },
  {
    path: ['assets', '*', 'paging', 'prev'],
    at: 'success',
    operations: ['campaigns.get'],
    theirs: optional(previousPage),
    ours: null,
    id: 'forward-paging',
  },
  {
    path: ['currencyCode'],
    at: 'success',
    keyword: 'enum',
    operations: ['budget.totals', 'reports.revenue'],
    theirs: { value: currencyCodes },
    ours: null,
    id: 'any-currency',
  },
  {
    path: ['utcOffsetMilliseconds'],
    at: 'success',
    keyword: 'format',
    operations: ['account.details'],
    theirs: format('int64'),
    ours: format('int32'),
    id: 'utc-offset-width',
  },
  ...['hub_domain', 'user', 'signed_access_token', 'is_private_distribution'].flatMap((name): MemberRow[] =>
    (['oauth.accessToken', 'oauth.refreshToken'] as const)
      .filter((operation) => operation === 'oauth.accessToken' || ['hub_domain', 'user'].includes(name))
      .map((operation) => {
        const [theirs, ours] = [{ value: 'optional' }, { value: 'required' }]
        return { path: [name], at: 'success', operations: [operation], theirs, ours, id: 'always-sent' }
      }),
  ),
]

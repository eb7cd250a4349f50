import type { OperationRoute } from '../../contract/operation-routes.ts'
import type { Json } from '../json.ts'
import { Subject } from './fact.ts'
import { type KnownRow, optional, present, text } from './known-claim.ts'

/** Members of every error, and its media type. */
export function errorRows(): KnownRow[] {
  const subject = Subject.of('response', 'default')
  const used = { value: 'used' }
  const members = ['errorType', 'groupName', 'policyName'].map((name): KnownRow => {
    return { subject: subject.member(name), theirs: null, ours: optional(text), id: 'limit-members' }
  })
  const headers = ['x-hubspot-auth-failure', 'retry-after'].map((name): KnownRow => {
    const schema = name === 'retry-after' ? { type: 'integer' } : text
    return { subject: subject.header(name), theirs: null, ours: present(schema), id: 'undocumented-headers' }
  })
  return [
    { subject, keyword: 'content', item: '*/*', theirs: used, ours: null, id: 'errors-as-json' },
    { subject, keyword: 'content', item: 'application/json', theirs: null, ours: used, id: 'errors-as-json' },
    {
      subject: subject.member('category'),
      theirs: { value: 'required' },
      ours: { value: 'optional' },
      id: 'error-category',
    },
    {
      subject: subject.member('status'),
      theirs: null,
      ours: { value: 'required', schema: { type: 'string', enum: ['error'] } },
      id: 'error-status',
    },
    ...members,
    ...headers,
    ...commonHeaderRows(subject),
  ]
}

/** HubSpot's files list hardly any headers; the mock's document has those of its responses. */
export function headerRows(route: OperationRoute, status: string): KnownRow[] {
  const subject = Subject.of('response', status)
  if (isWithoutSuccess(route)) return []
  return [...commonHeaderRows(subject), ...headerRowsOf(subject, limitHeaders)]
}

const limitNames = ['max', 'remaining', 'interval-milliseconds', 'daily', 'daily-remaining']
export const limitHeaders = Object.fromEntries(
  limitNames.map((name) => [`x-hubspot-ratelimit-${name}`, { type: 'integer' }]),
)

export const commonHeaders: Readonly<Record<string, Json>> = {
  'x-hubspot-correlation-id': { type: 'string', format: 'uuid' },
  vary: { type: 'string', enum: ['origin'] },
  'access-control-allow-credentials': { type: 'string', enum: ['false'] },
  'x-content-type-options': { type: 'string', enum: ['nosniff'] },
}

function commonHeaderRows(subject: Subject): KnownRow[] {
  return headerRowsOf(subject, commonHeaders)
}

function headerRowsOf(subject: Subject, headers: Readonly<Record<string, Json>>): KnownRow[] {
  return Object.entries(headers).map(([name, schema]) => {
    return { subject: subject.header(name), theirs: null, ours: present(schema), id: 'undocumented-headers' }
  })
}

/** Operations whose success HubSpot's file does not describe. */
function isWithoutSuccess({ name, version }: OperationRoute): boolean {
  return name === 'oauth.revoke' || (name === 'oauth.token' && version === '2026-09')
}

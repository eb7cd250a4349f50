import { Type } from '@sinclair/typebox'
import { operations } from '../../contract/operations.ts'
import type * as api from '../../public/journal.ts'
import type { OperationName } from '../../public/names.ts'
import { type JournalEntry, viewEntry } from './journal-entry.ts'

/** The last moment that JavaScript has. */
const lastMomentMs = 8.64e15

const operationNames = Object.keys(operations)

/** The schema of the operation that exchanges are selected by. */
export const FilterOperation = Type.Union(
  operationNames.map((name) => Type.Literal(name as OperationName)),
  { description: `an operation: ${operationNames.join(', ')}` },
)

/** The schema of `JournalFilter`. */
export const JournalFilter = Type.Object(
  {
    operation: Type.Optional(FilterOperation),
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    scenario: Type.Optional(Type.String()),
    id: Type.Optional(Type.String({ title: 'a campaign id that the request names' })),
    since: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: lastMomentMs,
        title: 'the earliest arrival, in milliseconds since the epoch',
        description: 'milliseconds since the epoch',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 0, title: 'how many of the newest' })),
  },
  { additionalProperties: false },
)
export type JournalFilter = api.JournalFilter

/** Compares the raw record first, because only its ids and its path have to be prepared. */
export function matches(entry: JournalEntry, filter: JournalFilter): boolean {
  const { record } = entry
  const { operation, method, path, status, scenario, id, since } = filter
  return (
    (operation === undefined || record.operation === operation) &&
    (method === undefined || record.method === method) &&
    (status === undefined || record.status === status) &&
    (scenario === undefined || record.scenario === scenario) &&
    (since === undefined || record.at >= since) &&
    (path === undefined || viewEntry(entry).path === path) &&
    (id === undefined || viewEntry(entry).ids.includes(id))
  )
}

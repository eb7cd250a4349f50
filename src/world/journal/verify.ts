import { type Static, Type } from '@sinclair/typebox'
import type * as api from '../../public/journal.ts'
import type { Exchange } from './exchange.ts'
import { FilterOperation } from './journal-filter.ts'

const closed = { additionalProperties: false }

/** The schema of `Where`. */
export const Where = Type.Object(
  {
    operation: Type.Optional(FilterOperation),
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    ids: Type.Optional(Type.Array(Type.String())),
    properties: Type.Optional(Type.Array(Type.String())),
    scenario: Type.Optional(Type.String()),
  },
  closed,
)
export type Where = api.Where

const Count = Type.Integer({ minimum: 0 })

/** The schema of `Verification`. */
export const Verification = Type.Object(
  {
    where: Where,
    times: Type.Optional(
      Type.Union([Count, Type.Object({ atLeast: Type.Optional(Count), atMost: Type.Optional(Count) }, closed)], {
        description: 'a whole number, or {atLeast, atMost}',
      }),
    ),
  },
  closed,
)
export type Verification = api.Verification

const Difference = Type.Object({ field: Type.String(), wanted: Type.Unknown(), got: Type.Unknown() })

/** The schema of `Verdict`. */
export const Verdict = Type.Object({
  ok: Type.Boolean(),
  count: Type.Integer(),
  dropped: Type.Integer({ description: 'how many exchanges the journal has dropped, which were not counted' }),
  message: Type.String({ description: 'the result in a sentence for people' }),
  nearest: Type.Array(Type.Object({ correlationId: Type.String(), differs: Type.Array(Difference) })),
})
export type Verdict = api.Verdict

const maximumNearest = 3

/**
 * Counts the exchanges that match `where`. If there are too few, it returns those that differ least and their
 * differences; if there are too many, it returns the matching ones. It is not ok where dropped exchanges could make them
 * too many.
 * @param dropped how many exchanges the journal has dropped
 */
export function verify(exchanges: readonly Exchange[], verification: Verification, dropped: number): Verdict {
  const { where, times = { atLeast: 1 } } = verification
  const range = typeof times === 'number' ? { atLeast: times, atMost: times } : times
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = range
  const compared = exchanges
    .map((exchange) => ({ exchange, differs: differencesOf(exchange, where) }))
    .sort((a, b) => a.differs.length - b.differs.length)
  const count = compared.filter(({ differs }) => differs.length === 0).length
  const isAsExpected = count >= atLeast && count <= atMost
  const shown = isAsExpected ? [] : (count > atMost ? compared : compared.slice(count)).slice(0, maximumNearest)
  return {
    ok: isAsExpected && count + dropped <= atMost,
    count,
    dropped,
    message: messageOf(verification, count, dropped, shown),
    nearest: shown.map(({ exchange, differs }) => ({ correlationId: exchange.correlationId, differs })),
  }
}

interface Compared {
  readonly exchange: Exchange
  readonly differs: readonly Static<typeof Difference>[]
}

/** The result as a test prints it: what was expected and found, and the nearest requests with their differences. */
function messageOf(
  { where, times }: Verification,
  count: number,
  dropped: number,
  nearest: readonly Compared[],
): string {
  const lost = dropped === 0 ? '' : `, and ${dropped} more requests that the journal has dropped could match`
  const lines = nearest.map(({ exchange, differs }) => {
    const differences = differs.map(({ field, wanted, got }) => `${field} is ${show(got)}, not ${show(wanted)}`)
    return `  ${exchange.method} ${exchange.path} ${exchange.status}: ${differences.join(', ') || 'matches'}`
  })
  const first = `expected ${describeTimes(times)} with ${show(where)}, found ${count}${lost}`
  return lines.length === 0 ? first : [`${first}; the nearest:`, ...lines].join('\n')
}

function describeTimes(times: Verification['times'] = { atLeast: 1 }): string {
  if (typeof times === 'number') return `${times} request${times === 1 ? '' : 's'}`
  const { atLeast, atMost } = times
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ]
  return `${bounds.join(' and ') || 'any number of'} requests`
}

const maximumShownChars = 200

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= maximumShownChars ? text : `${text.slice(0, maximumShownChars)}…`
}

function differencesOf(exchange: Exchange, where: Where): Static<typeof Difference>[] {
  return Object.entries(where).flatMap(([field, wanted]) => {
    const got: unknown = Reflect.get(exchange, field)
    return wanted === undefined || unordered(wanted) === unordered(got) ? [] : [{ field, wanted, got }]
  })
}

/** A value as text that is the same for two lists with the same items in different orders. */
function unordered(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
}

import { Type } from '@sinclair/typebox'
import type * as api from '../../public/journal.ts'
import type { Exchange } from './exchange.ts'
import { FilterOperation } from './journal-filter.ts'
import { type ComparedExchange, describeNearest, nearestOf, show } from './nearest.ts'

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
  const compared = exchanges.map((exchange) => ({ exchange, differs: differencesOf(exchange, where) }))
  const [matching, others] = [compared.filter(isMatch), compared.filter((one) => !isMatch(one))]
  const count = matching.length
  const isAsExpected = count >= atLeast && count <= atMost
  const nearest = isAsExpected ? [] : nearestOf(count > atMost ? matching : others)
  const lost = dropped === 0 ? '' : `, and ${dropped} more requests that the journal has dropped could match`
  const details = isAsExpected ? '' : describeNearest(nearest, exchanges.length)
  return {
    ok: isAsExpected && count + dropped <= atMost,
    count,
    dropped,
    message: `expected ${describeTimes(times)} with ${show(where)}, found ${count}${lost}${details}`,
    nearest: nearest.map(({ exchange, differs }) => ({ correlationId: exchange.correlationId, differs: [...differs] })),
  }
}

function isMatch({ differs }: ComparedExchange): boolean {
  return differs.length === 0
}

/** A number of requests in words. */
export function describeTimes(times: number | api.Times): string {
  if (typeof times === 'number') return `${times} ${times === 1 ? 'request' : 'requests'}`
  const { atLeast, atMost } = times
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ]
  return `${bounds.join(' and ') || 'any number of'} ${(atMost ?? atLeast) === 1 ? 'request' : 'requests'}`
}

/** The conditions that an exchange does not meet. @param where members of an exchange with the wanted values */
export function differencesOf(exchange: Exchange, where: object): api.Difference[] {
  return Object.entries(where).flatMap(([field, wanted]) => {
    const got: unknown = Reflect.get(exchange, field)
    return wanted === undefined || unordered(wanted) === unordered(got) ? [] : [{ field, wanted, got }]
  })
}

/** A value as text that is the same for two lists with the same items in different orders. */
function unordered(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
}

import { type Static, Type } from '@sinclair/typebox'
import type * as api from '../../public/journal.ts'
import type { Exchange } from './exchange.ts'

const closed = { additionalProperties: false }

/** The schema of `Where`. */
export const Where = Type.Object(
  {
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
  nearest: Type.Array(Type.Object({ correlationId: Type.String(), differs: Type.Array(Difference) })),
})
export type Verdict = api.Verdict

const maximumNearest = 3

/**
 * Counts the exchanges that match `where`. If there are too few, it returns those that differ least and their
 * differences; if there are too many, it returns the matching ones.
 */
export function verify(exchanges: readonly Exchange[], { where, times = { atLeast: 1 } }: Verification): Verdict {
  const range = typeof times === 'number' ? { atLeast: times, atMost: times } : times
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = range
  const compared = exchanges
    .map((exchange) => ({ correlationId: exchange.correlationId, differs: differencesOf(exchange, where) }))
    .sort((a, b) => a.differs.length - b.differs.length)
  const count = compared.filter(({ differs }) => differs.length === 0).length
  const ok = count >= atLeast && count <= atMost
  const shown = count > atMost ? compared : compared.slice(count)
  return { ok, count, nearest: ok ? [] : shown.slice(0, maximumNearest) }
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

import { type Static, Type } from '@sinclair/typebox'
import type { Exchange } from './journal.ts'

const closed = { additionalProperties: false }

/** What exchanges are to be counted. `ids` and `properties` mean exactly these, in any order. */
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
export type Where = Static<typeof Where>

const Count = Type.Integer({ minimum: 0 })

/** A question to the journal: how often it is to have happened. Without a number: at least once. */
export const Verification = Type.Object(
  {
    where: Where,
    times: Type.Optional(Count),
    atLeast: Type.Optional(Count),
    atMost: Type.Optional(Count),
  },
  closed,
)
export type Verification = Static<typeof Verification>

const Difference = Type.Object({ field: Type.String(), wanted: Type.Unknown(), got: Type.Unknown() })

/** What came of it, with the exchanges that come nearest where it does not hold. */
export const Verdict = Type.Object({
  ok: Type.Boolean(),
  count: Type.Integer(),
  nearest: Type.Array(Type.Object({ correlationId: Type.String(), differs: Type.Array(Difference) })),
})
export type Verdict = Static<typeof Verdict>

const mostNearest = 3

/** Counts the exchanges that are as `where` says; where the number is wrong, names those that differ least, and in what. */
export function verify(exchanges: readonly Exchange[], verification: Verification): Verdict {
  const { where, times, atLeast = times ?? (verification.atMost === undefined ? 1 : 0) } = verification
  const { atMost = times ?? Number.POSITIVE_INFINITY } = verification
  const compared = exchanges.map((exchange) => ({
    correlationId: exchange.correlationId,
    differs: differencesOf(exchange, where),
  }))
  const missed = compared.filter(({ differs }) => differs.length > 0)
  const count = compared.length - missed.length
  const ok = count >= atLeast && count <= atMost
  const nearest = ok ? [] : missed.sort((a, b) => a.differs.length - b.differs.length).slice(0, mostNearest)
  return { ok, count, nearest }
}

function differencesOf(exchange: Exchange, where: Where): Static<typeof Difference>[] {
  return Object.entries(where).flatMap(([field, wanted]) => {
    const got: unknown = Reflect.get(exchange, field)
    return unordered(wanted) === unordered(got) ? [] : [{ field, wanted, got }]
  })
}

/** Two lists of the same members are written alike. */
function unordered(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...new Set(value)].sort() : value)
}

import { isDeepStrictEqual } from 'node:util'

/** Recorded values that depend on the period of the request. */
export class PeriodValues<T> {
  /** By their periods, such as `2026-05-01/2026-05-31`; undefined for a request without both dates. */
  readonly #values = new Map<string | undefined, T>()

  /** Adds a value. A later one takes the place of one of the same period. */
  set(period: string | undefined, value: T): void {
    this.#values.set(period, value)
  }

  /**
   * The value for any period, and those of single periods where they differ from it. A value that was recorded without a
   * period, or else the last one, is the one for any period.
   */
  split(): { any: T | undefined; periods: [string, T][] } {
    const values = [...this.#values.values()]
    const any = this.#values.has(undefined) ? this.#values.get(undefined) : values.at(-1)
    const isSame = values.every((value) => isDeepStrictEqual(value, any))
    const periods = [...this.#values].flatMap(([period, value]): [string, T][] => {
      return period === undefined || isSame ? [] : [[period, value]]
    })
    return { any, periods }
  }
}

/** The period of a query, as a fixture names it; undefined without both dates. */
export function periodIn(query: URLSearchParams): string | undefined {
  const [start, end] = [query.get('startDate'), query.get('endDate')]
  return start === null || end === null ? undefined : `${start}/${end}`
}

import { isDeepStrictEqual } from 'node:util'

/** Recorded values that depend on the period of the request. */
export class PeriodValues<T> {
  /** By their periods, such as `2026-05-01/2026-05-31`; undefined for a request without both dates. */
  readonly #values = new Map<string | undefined, T>()

  /** Adds a value. It replaces an earlier value for the same period. */
  set(period: string | undefined, value: T): void {
    this.#values.set(period, value)
  }

  /**
   * The default value, and the values by period if they differ from it. The default is the value that was recorded without
   * a period, otherwise the last one.
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

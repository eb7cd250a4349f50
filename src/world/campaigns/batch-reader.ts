import { parse } from 'node:querystring'
import type { BatchReadQuery, BatchStatus, InputError, RecordedError, StandardError } from '../../contract/batch.ts'
import type { FidelityRules } from '../../contract/fidelity.ts'
import { type Clock, timestamp } from '../clock.ts'
import { isDay } from '../day.ts'
import { type AnswerText, takeNamesApart } from '../exchange.ts'
import { InvalidRequest, Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import type { BatchOutcome } from './batch-lookup.ts'
import type { Period, View } from './campaign.ts'
import type { Campaigns } from './campaigns.ts'
import { ErrorRenderings, joinList, Renderings } from './rendering.ts'

/** What one call asks for. */
export interface BatchAsked {
  readonly campaigns: Campaigns
  readonly ids: readonly string[]
  readonly query: BatchReadQuery
  /** What the query asks to see. */
  readonly view: View
  /** What plays, if anything does. */
  readonly step: Step
  /** The status of an answer in which some inputs failed. */
  readonly partialFailure: 200 | 207
}

/** What it is answered with. */
export interface BatchAnswer {
  readonly statusCode: 200 | 207
  readonly body: Buffer
  /** The same text, to be made again. */
  readonly text: AnswerText
  /** How many of the ids were found, whatever a step shows of them. */
  readonly found: number
  readonly failed: number
}

/** Answers batches of ids with campaigns and errors, as JSON. */
export class BatchReader {
  readonly #clock: Clock
  readonly #rules: FidelityRules
  readonly #renderings = new Renderings()
  readonly #errors: ErrorRenderings

  constructor(clock: Clock, rules: FidelityRules) {
    this.#clock = clock
    this.#rules = rules
    this.#errors = new ErrorRenderings((error) => sayError(error, rules))
  }

  /**
   * @param sheet memory to write the body into, where there is some at hand
   * @throws {Refusal} if a property is asked for that may not be
   */
  read({ campaigns, ids, query, view, step, partialFailure }: BatchAsked, sheet?: Buffer): BatchAnswer {
    if (this.#rules.unknownProperties === 'forbidden') refuseUnknownProperties(query.properties, campaigns)
    const startedAt = timestamp(this.#clock.now())
    const outcome = campaigns.read(ids)
    const { found, failed } = play(step, outcome)
    const written = {
      completedAt: timestamp(this.#clock.now()),
      status: step.status ?? 'COMPLETE',
      startedAt,
      results: this.#renderings.render(found, view),
      errors: this.#errors.render(failed),
    }
    const body = write(written, sheet)
    return {
      statusCode: failed.length === 0 ? 200 : this.#rules.partialFailure === 207 ? 207 : partialFailure,
      body,
      text: new WrittenText(written, body.length),
      found: outcome.found.length,
      failed: outcome.failed.length,
    }
  }
}

/** The text of an answer, as long as nobody wants it: no more than the pieces it was written of. */
class WrittenText implements AnswerText {
  readonly bytes: number
  readonly #written: Written

  constructor(written: Written, bytes: number) {
    this.#written = written
    this.bytes = bytes
  }

  make(): string {
    return write(this.#written).toString()
  }
}

/** A query as Node reads it: any text is one. */
export function parseQuery(text: string): Record<string, string | string[] | undefined> {
  return parse(text, '&', '=', { maxKeys: 0 })
}

/**
 * HubSpot's clients write `properties` repeated, joined with commas, or both; spaces around a name do not count.
 * A single value given more than once counts as given first.
 */
export function takeQueryApart({
  properties,
  startDate,
  endDate,
}: Record<string, string | string[] | undefined>): BatchReadQuery {
  return {
    ...(properties === undefined ? {} : { properties: takeNamesApart([properties].flat()) }),
    ...(startDate === undefined ? {} : { startDate: [startDate].flat()[0] ?? '' }),
    ...(endDate === undefined ? {} : { endDate: [endDate].flat()[0] ?? '' }),
  }
}

/**
 * What of its campaigns a call wants to see.
 * @param baseUrl where the client reached this mock, so that links lead back to it
 * @throws {InvalidRequest} if a date is none
 */
export function viewOf(query: BatchReadQuery, baseUrl: string): View {
  const properties = query.properties === undefined ? [] : [...new Set(query.properties)].sort()
  return { properties, period: periodOf(query), baseUrl }
}

interface Written {
  completedAt: string
  status: BatchStatus
  startedAt: string
  /** Each one JSON already, as are the errors. */
  results: readonly Buffer[]
  errors: readonly string[]
}

/** The answer as JSON, its members in the order they were recorded in; `errors` only where there are some. */
function write({ completedAt, status, startedAt, results, errors }: Written, sheet?: Buffer): Buffer {
  const head = `{"completedAt":"${completedAt}","status":"${status}","startedAt":"${startedAt}","results":[`
  const failures = errors.length === 0 ? '' : `,"errors":[${errors.join()}],"numErrors":${errors.length}`
  return joinList(head, results, `]${failures}}`, sheet)
}

/** @throws {Refusal} if a name is asked for that no campaign has, or `properties=` is there without a name */
function refuseUnknownProperties(asked: readonly string[] | undefined, campaigns: Campaigns): void {
  if (asked === undefined) return
  const forbidden = asked.filter((name) => !campaigns.knowsProperty(name))
  if (asked.length > 0 && forbidden.length === 0) return
  const words = { forbidden: forbidden.join(', '), allowed: campaigns.propertyNames.join(', ') }
  throw new Refusal('forbidden-properties', words, 'leave them out, or start with --fidelity documented')
}

/** The period of the metrics: there is one only when both dates are given; one alone is no error (inferred). */
function periodOf({ startDate, endDate }: BatchReadQuery): Period | undefined {
  refuseNoDay('startDate', startDate)
  refuseNoDay('endDate', endDate)
  if (startDate === undefined || endDate === undefined) return undefined
  if (endDate < startDate) throw new InvalidRequest('endDate', `${endDate} is before startDate ${startDate}`)
  return { start: startDate, end: endDate }
}

function refuseNoDay(name: string, value: string | undefined): void {
  if (value !== undefined && !isDay(value)) throw new InvalidRequest(name, `${value} is not a date (YYYY-MM-DD)`)
}

/** What of an outcome a step lets through. A batch that is not complete shows nothing unless the step says so. */
function play({ status = 'COMPLETE', results }: Step, { found, failed }: BatchOutcome): BatchOutcome {
  const shown = results ?? (status === 'COMPLETE' ? 'all' : 'none')
  if (shown === 'all') return { found, failed }
  const most = shown === 'none' ? 0 : shown
  return { found: found.slice(0, most), failed: status !== 'COMPLETE' && most === 0 ? [] : failed }
}

/** An entry of `errors`, as the one or the other has it. */
function sayError(error: InputError, { batchErrors }: FidelityRules): StandardError | RecordedError {
  if (batchErrors === 'RecordedError') return error
  const { status, category, message, context } = error
  return { status, category, message, context, errors: [], links: {} }
}

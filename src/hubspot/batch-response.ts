import { type BatchStatus, isBatchStatus } from '../contract/schemas/batch.ts'
import { joinList } from '../world/campaigns/rendering.ts'
import { timestamp } from '../world/clock.ts'
import type { ResponseText } from '../world/journal/exchange.ts'
import type { Step } from '../world/scenarios/step.ts'
import type { HubspotContext } from './context.ts'
import type { AdmittedExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'

/** The result of a batch: each campaign and each error is JSON already. */
export interface BatchResult {
  readonly status: BatchStatus
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly results: readonly Buffer[]
  readonly errors: readonly string[]
}

/** The batch status of a step; the default is COMPLETE. */
export function batchStatusOf({ status = 'COMPLETE' }: Step): BatchStatus {
  return isBatchStatus(status) ? status : 'COMPLETE'
}

/** The inputs of a batch that succeeded, and those that failed. */
interface Outcome<Found, Failed> {
  readonly found: readonly Found[]
  readonly failed: readonly Failed[]
}

/** The part of an outcome that a step shows. A batch that is not complete shows nothing unless the step says so. */
export function shownPart<Found, Failed>(
  step: Step,
  { found, failed }: Outcome<Found, Failed>,
): Outcome<Found, Failed> {
  const status = batchStatusOf(step)
  const shown = step.results ?? (status === 'COMPLETE' ? 'all' : 'none')
  if (shown === 'all') return { found, failed }
  const count = shown === 'none' ? 0 : shown
  return { found: found.slice(0, count), failed: status !== 'COMPLETE' && count === 0 ? [] : failed }
}

/**
 * The response of a batch.
 * @param successStatus the status of a batch in which no input failed
 */
export function batchResponse(
  result: BatchResult,
  { route, portal }: AdmittedExchange,
  { rules, buffers }: HubspotContext,
  successStatus = 200,
): OperationResponse {
  const completedAt = timestamp(portal.clock.now())
  let memory: Buffer | undefined
  const body = writeBatch(result, completedAt, (bytes) => (memory = buffers.take(bytes)))
  const { partialFailure = 207 } = route
  const failureStatus = rules.partialFailure === 207 || partialFailure === 207 ? 207 : successStatus
  return {
    status: result.errors.length === 0 ? successStatus : failureStatus,
    body,
    journalText: new BatchText(result, completedAt, body.length),
    release: () => memory && buffers.release(memory),
  }
}

/** The members in the order in which they were recorded; `errors` only where there are some [observed]. */
function writeBatch(
  { status, startedAt, results, errors }: BatchResult,
  completedAt: string,
  allocate?: (bytes: number) => Buffer,
): Buffer {
  const started = timestamp(startedAt)
  const head = `{"completedAt":"${completedAt}","status":"${status}","startedAt":"${started}","results":[`
  const failures = errors.length === 0 ? '' : `,"errors":[${errors.join()}],"numErrors":${errors.length}`
  return joinList(head, results, `]${failures}}`, allocate)
}

/** The text of a batch response for the journal. It keeps only the parts, which other responses share. */
class BatchText implements ResponseText {
  readonly bytes: number
  readonly #result: BatchResult
  readonly #completedAt: string

  constructor(result: BatchResult, completedAt: string, bytes: number) {
    this.#result = result
    this.#completedAt = completedAt
    this.bytes = bytes
  }

  make(): string {
    return writeBatch(this.#result, this.#completedAt).toString()
  }
}

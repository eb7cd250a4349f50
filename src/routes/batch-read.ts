import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import {
  BatchInputPublicCampaignReadInput,
  BatchReadQuery,
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  type BatchStatus,
  type InputError,
  RecordedBatchResponseWithErrors,
  type RecordedError,
  type StandardError,
} from '../contract/batch.ts'
import type { FidelityRules } from '../contract/fidelity.ts'
import { batchReadPaths } from '../contract/paths.ts'
import type { Period, View } from '../world/campaign.ts'
import type { BatchOutcome, Campaigns } from '../world/campaigns.ts'
import { type Clock, timestamp } from '../world/clock.ts'
import { isDay } from '../world/day.ts'
import { takeNamesApart } from '../world/exchange.ts'
import { InvalidRequest, Refusal } from '../world/refusal.ts'
import { joinList, Renderings } from '../world/rendering.ts'
import type { Step } from '../world/step.ts'

interface Asked {
  Body: BatchInputPublicCampaignReadInput
  Querystring: BatchReadQuery
}

interface Options {
  clock: Clock
  rules: FidelityRules
}

/** Reads a batch of campaigns and returns them along with their assets: one handler for all of its paths. */
export const batchReadRoute: FastifyPluginAsync<Options> = async (app, { clock, rules }) => {
  const renderings = new Renderings()
  for (const { url, partialFailure } of batchReadPaths) {
    app.post<Asked>(
      url,
      {
        preValidation: takePropertiesApart,
        schema: {
          operationId: `post-${url}`,
          tags: ['Batch'],
          summary: 'Read a batch of campaigns',
          security: [{ bearer: [] }],
          querystring: BatchReadQuery,
          body: BatchInputPublicCampaignReadInput,
          response: responsesOf(partialFailure, rules),
        },
      },
      (request, reply) => {
        const startedAt = timestamp(clock.now())
        const { campaigns } = request.portal
        const step = request.playing?.step ?? {}
        const view = viewOf(request.query, campaigns, rules, baseUrlOf(request))
        const ids = request.body.inputs.map(({ id }) => id)
        const outcome = campaigns.read(ids)
        request.lookup = { found: outcome.found.length, failed: outcome.failed.length }
        const { found, failed } = play(step, outcome)
        if (failed.length > 0) reply.statusCode = rules.partialFailure === 207 ? 207 : partialFailure
        const answer = {
          completedAt: timestamp(clock.now()),
          status: step.status ?? 'COMPLETE',
          startedAt,
          results: renderings.render(found, view),
          errors: sayErrors(failed, rules),
        }
        const written = write(answer)
        request.answerText = { bytes: written.length, make: () => write(answer).toString() }
        reply.send(written)
      },
    )
  }
}

interface Written {
  completedAt: string
  status: BatchStatus
  startedAt: string
  /** Each one JSON already. */
  results: readonly Buffer[]
  errors: readonly (StandardError | RecordedError)[]
}

/** The answer as JSON, its members in the order they were recorded in; `errors` only where there are some. */
function write({ completedAt, status, startedAt, results, errors }: Written): Buffer {
  const head = `{"completedAt":"${completedAt}","status":"${status}","startedAt":"${startedAt}","results":[`
  const failures = errors.length === 0 ? '' : `,"errors":${JSON.stringify(errors)},"numErrors":${errors.length}`
  return joinList(head, results, `]${failures}}`)
}

/** What the spec of a path lists: a 207, or errors in its 200. As observed there is a 207 everywhere. */
function responsesOf(partialFailure: 200 | 207, rules: FidelityRules) {
  const isRecorded = rules.batchErrors === 'RecordedError'
  const WithErrors = isRecorded ? RecordedBatchResponseWithErrors : BatchResponsePublicCampaignWithAssetsWithErrors
  const with207 = { 200: BatchResponsePublicCampaignWithAssets, 207: WithErrors }
  if (partialFailure === 207 || rules.partialFailure === 207) return with207
  return { 200: BatchResponsePublicCampaignWithAssetsMaybeWithErrors }
}

/**
 * HubSpot's clients write `properties` repeated, joined with commas, or both; spaces around a name do not count.
 * A single value given more than once counts as given first.
 */
function takePropertiesApart(request: FastifyRequest, _reply: unknown, done: () => void): void {
  if (!request.url.includes('?')) {
    done()
    return
  }
  const { properties, startDate, endDate } = request.query as Record<string, string | string[] | undefined>
  request.query = {
    ...(properties === undefined ? {} : { properties: takeNamesApart([properties].flat()) }),
    ...(startDate === undefined ? {} : { startDate: [startDate].flat()[0] }),
    ...(endDate === undefined ? {} : { endDate: [endDate].flat()[0] }),
  }
  done()
}

function viewOf(query: BatchReadQuery, campaigns: Campaigns, rules: FidelityRules, baseUrl: string): View {
  if (rules.unknownProperties === 'forbidden') refuseUnknownProperties(query.properties, campaigns)
  const properties = query.properties === undefined ? [] : [...new Set(query.properties)].sort()
  return { properties, period: periodOf(query), baseUrl }
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

function sayErrors(failed: readonly InputError[], { batchErrors }: FidelityRules): (StandardError | RecordedError)[] {
  if (batchErrors === 'RecordedError') return [...failed]
  return failed.map(({ status, category, message, context }) => ({
    status,
    category,
    message,
    context,
    errors: [],
    links: {},
  }))
}

/** Where the client reached this mock, so that links lead back to it, through a mapped port too. */
function baseUrlOf(request: FastifyRequest): string {
  return request.host ? `${request.protocol}://${request.host}` : request.server.listeningOrigin
}

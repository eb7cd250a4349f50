import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import {
  BatchInputPublicCampaignReadInput,
  BatchReadQuery,
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  type InputError,
  type RecordedError,
  type StandardError,
} from '../contract/batch.ts'
import type { FidelityRules } from '../contract/fidelity.ts'
import { batchReadPaths } from '../contract/paths.ts'
import { type Period, present, type View } from '../world/campaign.ts'
import type { BatchOutcome, Campaigns } from '../world/campaigns.ts'
import { type Clock, timestamp } from '../world/clock.ts'
import { isDay } from '../world/day.ts'
import { takeNamesApart } from '../world/exchange.ts'
import { InvalidRequest, Refusal } from '../world/refusal.ts'
import type { Step } from '../world/step.ts'

interface Options {
  clock: Clock
  rules: FidelityRules
}

/** Reads a batch of campaigns and returns them along with their assets: one handler for all of its paths. */
export const batchReadRoute: FastifyPluginAsyncTypebox<Options> = async (app, { clock, rules }) => {
  for (const { url, partialFailure } of batchReadPaths) {
    app.post(
      url,
      {
        preValidation: takePropertiesApart,
        schema: {
          summary: 'Read a batch of campaigns',
          security: [{ bearer: [] }],
          querystring: BatchReadQuery,
          body: BatchInputPublicCampaignReadInput,
          response: responsesOf(partialFailure, rules),
        },
      },
      async (request, reply) => {
        const startedAt = timestamp(clock.now())
        const { campaigns } = request.portal
        const step = request.playing?.step ?? {}
        const view = viewOf(request.query, campaigns, rules, baseUrlOf(request))
        const ids = request.body.inputs.map(({ id }) => id)
        const outcome = campaigns.read(ids)
        request.lookup = { found: outcome.found.length, failed: outcome.failed.length }
        const { found, failed } = play(step, outcome)
        const results = found.map((campaign) => present(campaign, view))
        const answer = { completedAt: timestamp(clock.now()), status: step.status ?? 'COMPLETE', startedAt, results }
        if (failed.length === 0) return answer
        reply.statusCode = rules.partialFailure === 207 ? 207 : partialFailure
        return { ...answer, errors: sayErrors(failed, rules), numErrors: failed.length }
      },
    )
  }
}

/** What the spec of a path lists: a 207, or errors in its 200. As observed there is a 207 everywhere. */
function responsesOf(partialFailure: 200 | 207, rules: FidelityRules) {
  const with207 = { 200: BatchResponsePublicCampaignWithAssets, 207: BatchResponsePublicCampaignWithAssetsWithErrors }
  if (partialFailure === 207 || rules.partialFailure === 207) return with207
  return { 200: BatchResponsePublicCampaignWithAssetsMaybeWithErrors }
}

/**
 * HubSpot's clients write `properties` repeated, joined with commas, or both; spaces around a name do not count.
 * A single value given more than once counts as given first.
 */
async function takePropertiesApart(request: FastifyRequest): Promise<void> {
  const { properties, startDate, endDate } = request.query as Record<string, string | string[] | undefined>
  request.query = {
    ...(properties === undefined ? {} : { properties: takeNamesApart([properties].flat()) }),
    ...(startDate === undefined ? {} : { startDate: [startDate].flat()[0] }),
    ...(endDate === undefined ? {} : { endDate: [endDate].flat()[0] }),
  }
}

function viewOf(query: BatchReadQuery, campaigns: Campaigns, rules: FidelityRules, baseUrl: string): View {
  if (rules.unknownProperties === 'forbidden') refuseUnknownProperties(query.properties, campaigns)
  const properties = [...new Set(query.properties)].sort()
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
  for (const [name, value] of Object.entries({ startDate, endDate })) {
    if (value !== undefined && !isDay(value)) throw new InvalidRequest(name, `${value} is not a date (YYYY-MM-DD)`)
  }
  if (startDate === undefined || endDate === undefined) return undefined
  if (endDate < startDate) throw new InvalidRequest('endDate', `${endDate} is before startDate ${startDate}`)
  return { start: startDate, end: endDate }
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

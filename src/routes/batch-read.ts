import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import {
  BatchInputPublicCampaignReadInput,
  BatchReadQuery,
  BatchResponsePublicCampaignWithAssets,
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
import { InvalidRequest, Refusal } from '../world/refusal.ts'
import type { Step } from '../world/scenario.ts'

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
          querystring: BatchReadQuery,
          body: BatchInputPublicCampaignReadInput,
          response: {
            200: BatchResponsePublicCampaignWithAssets,
            207: BatchResponsePublicCampaignWithAssetsWithErrors,
          },
        },
      },
      async (request, reply) => {
        const startedAt = timestamp(clock.now())
        const { campaigns } = request.portal
        const step = request.playing?.step ?? {}
        const view = viewOf(request.query, campaigns, rules, baseUrlOf(request))
        const outcome = campaigns.read(request.body.inputs.map(({ id }) => id))
        request.tally = { found: outcome.found.length, failed: outcome.failed.length }
        const { found, failed } = play(step, outcome)
        const results = found.map((campaign) => present(campaign, view))
        const answer = { completedAt: timestamp(clock.now()), status: step.status ?? 'COMPLETE', startedAt, results }
        if (failed.length === 0) return answer
        reply.code(rules.partialFailure === 207 ? 207 : partialFailure)
        return { ...answer, errors: sayErrors(failed, rules), numErrors: failed.length }
      },
    )
  }
}

/**
 * HubSpot's clients write `properties` repeated, joined with commas, or both; spaces around a name do not count.
 * A single value given more than once counts as given first.
 */
async function takePropertiesApart(request: FastifyRequest): Promise<void> {
  const { properties, startDate, endDate } = request.query as Record<string, string | string[] | undefined>
  const names = properties === undefined ? undefined : [properties].flat().flatMap((part) => part.split(','))
  request.query = {
    ...(names === undefined ? {} : { properties: names.map((name) => name.trim()).filter((name) => name !== '') }),
    ...(startDate === undefined ? {} : { startDate: [startDate].flat()[0] }),
    ...(endDate === undefined ? {} : { endDate: [endDate].flat()[0] }),
  }
}

function viewOf(query: BatchReadQuery, campaigns: Campaigns, rules: FidelityRules, baseUrl: string): View {
  if (rules.unknownProperties === 'forbidden') refuseUnknownProperties(query.properties, campaigns.propertyNames)
  const properties = [...new Set(query.properties)].sort()
  return { properties, period: periodOf(query), baseUrl }
}

/** @throws {Refusal} if a name is asked for that no campaign has, or `properties=` is there without a name */
function refuseUnknownProperties(asked: readonly string[] | undefined, known: ReadonlySet<string>): void {
  if (asked === undefined) return
  const forbidden = asked.filter((name) => !known.has(name))
  if (asked.length > 0 && forbidden.length === 0) return
  throw new Refusal('forbidden-properties', { forbidden: forbidden.join(', '), allowed: [...known].sort().join(', ') })
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
  return {
    found: found.slice(0, shown === 'none' ? 0 : shown),
    failed: status !== 'COMPLETE' && shown === 'none' ? [] : failed,
  }
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

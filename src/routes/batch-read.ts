import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import {
  BatchInputPublicCampaignReadInput,
  BatchReadQuery,
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  RecordedBatchResponseWithErrors,
} from '../contract/batch.ts'
import type { FidelityRules } from '../contract/fidelity.ts'
import { batchReadPaths } from '../contract/paths.ts'
import { type BatchReader, takeQueryApart, viewOf } from '../world/campaigns/batch-reader.ts'

interface Asked {
  Body: BatchInputPublicCampaignReadInput
  Querystring: BatchReadQuery
}

interface Options {
  reader: BatchReader
  rules: FidelityRules
}

/** Reads a batch of campaigns and returns them along with their assets: one handler for all of its paths. */
export const batchReadRoute: FastifyPluginAsync<Options> = async (app, { reader, rules }) => {
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
        const { statusCode, body, text, found, failed } = reader.read({
          campaigns: request.portal.campaigns,
          ids: request.body.inputs.map(({ id }) => id),
          query: request.query,
          view: viewOf(request.query, baseUrlOf(request)),
          step: request.playing?.step ?? {},
          partialFailure,
        })
        request.lookup = { found, failed }
        request.answerText = text
        reply.code(statusCode).send(body)
      },
    )
  }
}

/** What the spec of a path lists: a 207, or errors in its 200. As observed there is a 207 everywhere. */
function responsesOf(partialFailure: 200 | 207, rules: FidelityRules) {
  const isRecorded = rules.batchErrors === 'RecordedError'
  const WithErrors = isRecorded ? RecordedBatchResponseWithErrors : BatchResponsePublicCampaignWithAssetsWithErrors
  const with207 = { 200: BatchResponsePublicCampaignWithAssets, 207: WithErrors }
  if (partialFailure === 207 || rules.partialFailure === 207) return with207
  return { 200: BatchResponsePublicCampaignWithAssetsMaybeWithErrors }
}

function takePropertiesApart(request: FastifyRequest, _reply: unknown, done: () => void): void {
  if (request.url.includes('?')) request.query = takeQueryApart(Object(request.query))
  done()
}

/** Where the client reached this mock, so that links lead back to it, through a mapped port too. */
function baseUrlOf(request: FastifyRequest): string {
  return request.host ? `${request.protocol}://${request.host}` : request.server.listeningOrigin
}

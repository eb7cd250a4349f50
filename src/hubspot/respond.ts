import type { FastifyReply } from 'fastify'
import type { HubspotContext } from './context.ts'
import { hintHeader, hintOf } from './hint.ts'
import { type OpenExchange, recordExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'
import { expectsContinue } from './plugins/expect-continue.ts'
import { dripResponse, truncateResponse } from './plugins/fault.ts'
import { addRateLimitHeaders } from './plugins/rate-limit.ts'
import { onResponseEnded } from './response-ended.ts'

/**
 * Sends the response of an exchange: the one place that writes status and headers and records the response. The journal
 * has it before the client does.
 */
export function respond(
  exchange: OpenExchange,
  context: HubspotContext,
  reply: FastifyReply,
  response: OperationResponse,
): void {
  const { record, played } = exchange
  const headers = context.commonHeaders(record.correlationId)
  addRateLimitHeaders(headers, exchange)
  if (played !== undefined) headers['x-mock-scenario'] = played.scenario
  Object.assign(headers, response.headers)
  const hint = hintOf(exchange)
  // The response of a refusal has its hint already.
  if (hint !== undefined && exchange.refusal === undefined) Object.assign(headers, hintHeader(hint))
  reply.code(response.status).headers(headers)
  // The headers of a step win over all others, whatever their spelling.
  if (played?.step.headers !== undefined) reply.headers(played.step.headers)
  exchange.isFinished = true
  record.status = response.status
  record.hint = hint ?? response.headers?.['x-mock-hint'] ?? null
  record.responseHeaders = played?.step.headers === undefined ? headers : { ...headers, ...played.step.headers }
  record.responseBody = response.journalText ?? response.body?.toString() ?? ''
  recordExchange(exchange)
  if (response.release !== undefined) onResponseEnded(reply.raw, response.release)
  send(exchange, context, reply, response.body)
}

/**
 * Node puts the headers of a text after a `100 Continue` that waits behind another response, but those of bytes before
 * it: a client that expects one gets text.
 */
function send(
  exchange: OpenExchange,
  context: HubspotContext,
  reply: FastifyReply,
  body: OperationResponse['body'],
): void {
  const fault = exchange.played?.step.fault
  if (fault === 'truncate') truncateResponse(reply, Buffer.from(body ?? ''))
  else if (fault === 'drip') dripResponse(exchange, context, reply, Buffer.from(body ?? ''))
  else context.sendQueue.send(reply, expectsContinue(reply.request.raw) ? body?.toString() : body)
}

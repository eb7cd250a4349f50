import { htmlContentType, jsonContentType } from '../../contract/response-headers.ts'
import { isOAuthErrorName } from '../../contract/schemas/oauth.ts'
import { ScenarioRefusal } from '../../world/refusal.ts'
import type { OwnError } from '../../world/scenarios/step.ts'
import type { HubspotContext } from '../context.ts'
import { oauthErrorResponse } from '../oauth-error.ts'
import type { OpenExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'

/**
 * The response of a step that has an `error`: whatever the body says, but once the body has been read, so that the
 * journal has it.
 * @returns a response of the tester's own; undefined if the step has no error
 * @throws {ScenarioRefusal} for an error by name
 */
export function stepErrorResponse(exchange: OpenExchange, context: HubspotContext): OperationResponse | undefined {
  const { played, portal } = exchange
  const error = played?.step.error
  if (error === undefined || portal === undefined) return undefined
  if (typeof error === 'string' && isOAuthErrorName(error)) return oauthErrorResponse(error, exchange, context)
  if (typeof error !== 'object') throw new ScenarioRefusal(error, portal.clock.now(), portal.words)
  return ownResponse(error)
}

/** A text is sent as a page, everything else as JSON. */
function ownResponse({ status, body, headers }: OwnError): OperationResponse {
  const isText = typeof body === 'string'
  return {
    status,
    body: isText ? body : JSON.stringify(body),
    headers: { 'content-type': isText ? htmlContentType : jsonContentType, ...headers },
  }
}

import { ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { CallErrorName } from '../../contract/errors.ts'
import type { FidelityRules } from '../../contract/fidelity.ts'
import type { CommonHeaders } from '../../world/common-headers.ts'
import { Refusal } from '../../world/refusal.ts'
import { errorResponse } from './error-response.ts'

/** What a response needs that is written to a socket, without a request. */
export interface SocketResponseOptions {
  readonly correlationId: string
  readonly rules: FidelityRules
  readonly commonHeaders: CommonHeaders
}

const errorsByCode: Readonly<Record<string, CallErrorName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/** Responds to bytes that Node cannot read as HTTP, or that stopped arriving: there is no request yet. */
export function respondToClientError(
  error: Error & { code?: string },
  socket: Duplex,
  options: SocketResponseOptions,
): void {
  if (!socket.writable) return void socket.destroy()
  const response = openResponseOf(socket)
  // The response to the complete request before these bytes is sent, and nothing after it.
  if (response !== undefined) return void response.once('close', () => socket.destroy())
  writeRefusal(new Refusal(errorsByCode[String(error.code)] ?? 'malformed-request'), socket, options)
}

/** Refuses a request that only a proxy serves. @param isProxy whether this mock is a proxy for HubSpot's hosts */
export function refuseProxying(socket: Duplex, isProxy: boolean, options: SocketResponseOptions): void {
  const hint = isProxy ? hubspotOnlyHint : noProxyHint
  writeRefusal(new Refusal('method-not-allowed', { allow: 'POST' }, hint), socket, options)
}

const noProxyHint =
  "this mock is not a proxy: exec --intercept makes it one for HubSpot's hosts, and on loopback for others"
const hubspotOnlyHint =
  "other machines can reach this mock, so it is a proxy for HubSpot's hosts only: bind it to 127.0.0.1 to reach others"

/** The response to a complete request that is in progress on a socket. Only Node's own field on the socket has it. */
function openResponseOf(socket: Duplex): ServerResponse | undefined {
  const response: unknown = Reflect.get(socket, '_httpMessage')
  if (!(response instanceof ServerResponse)) return undefined
  return response.headersSent || response.req.complete ? response : undefined
}

function writeRefusal(
  refusal: Refusal,
  socket: Duplex,
  { correlationId, rules, commonHeaders }: SocketResponseOptions,
): void {
  const { status, headers, body = '' } = errorResponse(refusal, correlationId, rules)
  const lines = Object.entries({
    ...headers,
    ...commonHeaders(correlationId),
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy())
}

import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { delayOf } from '../../world/scenarios/step.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { pauseResponse } from './delay.ts'

/** A dripping body is sent in this many pieces at most, over this time unless its step says another. */
const dripPieces = 20
const dripMs = 1000

/** Breaks the connection without a response, if the step says so. */
export function breakConnection(exchange: OpenExchange, _context: HubspotContext, reply: FastifyReply): void {
  const fault = exchange.played?.step.fault
  if (fault !== 'reset' && fault !== 'empty') return
  exchange.isFinished = true
  reply.hijack()
  const { socket } = reply.request.raw
  if (fault === 'reset') transportOf(socket).resetAndDestroy()
  // With a FIN and not an RST: everything that the client sent has been read.
  else socket.destroySoon()
}

/** The TCP connection of a socket: TLS has one below it, which only Node's own field has. */
function transportOf(socket: Socket): Socket {
  const parent: unknown = Reflect.get(socket, '_parent')
  return parent instanceof Socket ? parent : socket
}

/** Sends the status, the headers and the first half of the body, then closes the connection. */
export function truncateResponse(reply: FastifyReply, body: Buffer): void {
  reply.hijack()
  for (const [name, value = ''] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value)
  reply.raw.writeHead(reply.statusCode, { 'content-length': body.length })
  // A status without a body writes nothing that would send the headers.
  reply.raw.flushHeaders()
  const half = body.subarray(0, Math.floor(body.length / 2))
  reply.raw.write(half, () => reply.raw.socket?.destroySoon())
}

/** Sends the body in small pieces. */
export function dripResponse(exchange: OpenExchange, context: HubspotContext, reply: FastifyReply, body: Buffer): void {
  const step = exchange.played?.step
  const totalMs = step?.delay === undefined ? dripMs : delayOf(step)
  reply.header('content-length', body.length)
  reply.send(
    Readable.from(pieces(body, totalMs, (milliseconds) => pauseResponse(milliseconds, exchange, context, reply))),
  )
}

async function* pieces(
  body: Buffer,
  totalMs: number,
  wait: (milliseconds: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.ceil(body.length / dripPieces))
  const betweenMs = (totalMs * size) / Math.max(1, body.length)
  for (let at = 0; at < body.length; at += size) {
    if (at > 0) await wait(betweenMs)
    yield body.subarray(at, at + size)
  }
}

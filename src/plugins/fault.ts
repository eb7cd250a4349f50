import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { maximumBodyBytes } from '../contract/batch.ts'
import { delayOf } from '../world/step.ts'

/** So many pieces a dripping body comes in, at most; and so long it takes unless its step says. */
const drops = 20
const dripMs = 1000

/** Breaks the transport as the step says: before an answer is made, or the answer on its way. */
export const faultPlugin = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      const fault = request.playing?.step.fault
      if (fault !== 'reset' && fault !== 'empty') return done()
      reply.hijack()
      void breakOff(request, fault)
    })
    app.addHook('onSend', (request, reply, payload, done) => {
      const step = request.playing?.step
      if (step?.fault === 'truncate') return truncate(reply, bytesOf(payload))
      if (step?.fault !== 'drip') return done(null, payload)
      const bytes = bytesOf(payload)
      reply.header('content-length', bytes.length)
      done(null, Readable.from(drip(bytes, step.delay === undefined ? dripMs : delayOf(step), reply)))
    })
  },
  { name: 'fault', fastify: '5.x', dependencies: ['delay'] },
)

async function breakOff(request: FastifyRequest, fault: 'reset' | 'empty'): Promise<void> {
  request.bodyText = await bodyOf(request)
  const { socket } = request.raw
  if (fault === 'reset') socket.resetAndDestroy()
  // In a FIN, not in an RST: what the client sent has been read.
  else socket.destroySoon()
}

/** So long what a client is still sending is waited for. */
const mostRestMs = 100

/** What has come of a body before the connection breaks, for the journal; whoever waits for a 100 sends none. */
async function bodyOf({ raw }: FastifyRequest): Promise<string> {
  if (raw.headers.expect !== undefined) return ''
  const pieces: Buffer[] = []
  let bytes = 0
  raw.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes <= maximumBodyBytes) pieces.push(piece)
  })
  raw.resume()
  const enough = new AbortController()
  const timer = setTimeout(() => enough.abort(), mostRestMs)
  await finished(raw, { signal: enough.signal }).catch(() => {})
  clearTimeout(timer)
  return Buffer.concat(pieces).toString()
}

function truncate(reply: FastifyReply, bytes: Buffer): void {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.raw.writeHead(reply.statusCode, { 'content-length': bytes.length })
  // A status without a body has nothing whose writing would bring the headers out.
  reply.raw.flushHeaders()
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  reply.raw.write(half, () => reply.raw.socket?.destroySoon())
}

async function* drip(bytes: Buffer, overMs: number, reply: FastifyReply): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.ceil(bytes.length / drops))
  const betweenMs = (overMs * size) / Math.max(1, bytes.length)
  for (let at = 0; at < bytes.length && !reply.raw.destroyed; at += size) {
    if (at > 0) await reply.pause(betweenMs)
    yield bytes.subarray(at, at + size)
  }
}

function bytesOf(payload: unknown): Buffer {
  return payload instanceof Buffer ? payload : Buffer.from(typeof payload === 'string' ? payload : '')
}

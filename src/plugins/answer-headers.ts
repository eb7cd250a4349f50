import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { answerHeaders, correlationIdHeader, jsonContentType } from '../contract/answer-headers.ts'
import type { Clock } from '../world/clock.ts'

interface Options {
  /** This package's version, told in `x-mock-version`. */
  version: string
  /** Where the `date` comes from, if it is not to be the real one. */
  clock?: Clock | undefined
}

/** Every answer carries HubSpot's headers, a correlation id of its own, and which mock it came from. */
export const answerHeadersPlugin = fp<Options>(
  async (app, { version, clock }) => {
    app.addHook('onRequest', (_request, reply, done) => {
      writeAnswerHeaders(reply, version, clock)
      done()
    })
  },
  { name: 'answer-headers', fastify: '5.x' },
)

/** For the answers that are given before any hook runs. The request's id is the correlation id. */
export function writeAnswerHeaders(reply: FastifyReply, version: string, clock?: Clock): void {
  reply.headers({
    'content-type': jsonContentType,
    [correlationIdHeader]: reply.request.id,
    ...answerHeaders,
    'x-mock-version': version,
  })
  if (clock !== undefined) reply.header('date', new Date(clock.now()).toUTCString())
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { BadInput } from '../public/errors.ts'
import { EventStream } from './event-stream.ts'
import type { ControlOptions } from './options.ts'

/** Sends the exchanges of the journal as server-sent events, while they happen. */
export const requestEventsRoute: FastifyPluginAsyncTypebox<Pick<ControlOptions, 'world' | 'closing'>> = async (
  app,
  { world, closing },
) => {
  const stream = new EventStream(world)
  closing.onClose(() => stream.close())
  app.get(
    '/_mock/requests/events',
    {
      // A response to HEAD could not end.
      exposeHeadRoute: false,
      schema: {
        operationId: 'mock.journal.events',
        summary: 'Follow the journal as server-sent events: exchange, clear and dropped',
        querystring: Type.Object(
          { after: Type.Optional(Type.Integer({ minimum: 0, title: 'the id of an event; 0 for all exchanges' })) },
          { additionalProperties: false },
        ),
        produces: ['text/event-stream'],
        response: { 200: Type.String() },
      },
    },
    async ({ controls, query, headers }, reply) => {
      // On a reconnect the header is newer than the URL.
      const after = eventIdIn(headers['last-event-id']) ?? query.after
      stream.refuseIfFull()
      reply.headers(streamHeaders).hijack()
      for (const [name, value = ''] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value)
      stream.add(reply.raw, controls.journal.portalName, after)
    },
  )
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Without this nginx collects the events before it passes them on.
  'x-accel-buffering': 'no',
}

/** @throws {BadInput} if the header is not the id of an event */
function eventIdIn(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined
  if (/^\d{1,15}$/.test(String(header))) return Number(header)
  throw new BadInput(
    `Last-Event-ID: expected the id of an event, got ${JSON.stringify(header)}`,
    'send the id of an event, or leave the header out',
  )
}

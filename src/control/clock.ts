import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { BadInput } from '../public/errors.ts'

export const ClockState = Type.Object({
  now: Type.String({ description: 'such as 2026-05-01T00:00:00.000Z' }),
  running: Type.Boolean({ description: 'whether time passes by itself' }),
})

/** One change of the clock, or a moment and whether it runs from there. */
const ClockChange = Type.Object(
  {
    advance: Type.Optional(Type.String({ description: 'how far to move it forward, such as 61s' })),
    now: Type.Optional(Type.String({ description: 'the moment to move it to' })),
    running: Type.Optional(Type.Boolean({ description: 'whether time passes by itself' })),
  },
  { additionalProperties: false, minProperties: 1 },
)

/** The clock of the mock, or of the portal of the caller's token. */
export const clockRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/clock',
    { schema: { operationId: 'mock.clock.state', summary: 'Read the clock', response: { 200: ClockState } } },
    async ({ controls }) => controls.clock.state,
  )

  app.put(
    '/_mock/clock',
    {
      schema: {
        operationId: 'mock.clock.set',
        summary: 'Move, stop or start the clock',
        body: ClockChange,
        response: { 200: ClockState },
      },
    },
    async ({ controls: { clock }, body: { advance, now, running } }) => {
      if (advance !== undefined && now !== undefined) {
        throw new BadInput('the body has both advance and now', 'send one of the two')
      }
      if (advance !== undefined) clock.advance(advance)
      if (now !== undefined) clock.set(now)
      if (running === true) clock.start()
      if (running === false) clock.stop()
      return clock.state
    },
  )
}

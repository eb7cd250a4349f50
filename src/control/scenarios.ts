import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { Controls } from '../world/controls.ts'
import { BadInput } from '../world/refusal.ts'
import { Steps } from '../world/scenarios/step.ts'

/** What plays now; all null where nothing does. */
const Playing = Type.Object({
  name: Type.Union([Type.String(), Type.Null()]),
  step: Type.Union([Type.Integer(), Type.Null()], { description: 'counted from 1; null when all are played' }),
  left: Type.Union([Type.Number(), Type.Null()], { description: 'calls or milliseconds; null without end' }),
})
type Playing = Static<typeof Playing>

/** The scripts, and which of them plays. */
export const scenarioRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/scenarios',
    { schema: { summary: 'The scripts by name', response: { 200: Type.Record(Type.String(), Steps) } } },
    async ({ controls }) => controls.scenarios.list(),
  )

  app.put(
    '/_mock/scenarios/:name',
    {
      schema: {
        summary: 'Define a script: a list of steps',
        params: Type.Object({ name: Type.String() }),
        body: Steps,
        response: { 200: Type.Object({ name: Type.String(), steps: Steps }) },
      },
    },
    async ({ controls, params: { name }, body: steps }) => {
      controls.scenarios.define(name, steps)
      return { name, steps }
    },
  )

  app.get(
    '/_mock/scenario',
    { schema: { summary: 'What plays now', response: { 200: Playing } } },
    async ({ controls }) => playingIn(controls),
  )

  app.put(
    '/_mock/scenario',
    {
      schema: {
        summary: 'Play a script by its name, or steps that have none',
        body: Type.Object(
          { name: Type.Optional(Type.String()), steps: Type.Optional(Steps) },
          { additionalProperties: false },
        ),
        response: { 200: Playing },
      },
    },
    async ({ controls, body: { name, steps } }) => {
      const what = steps ?? name
      if (what === undefined || (steps !== undefined && name !== undefined)) {
        throw new BadInput('the body has to hold a name or steps, one of the two', '{"name":"backlog"}')
      }
      controls.scenarios.play(what)
      return playingIn(controls)
    },
  )

  app.delete(
    '/_mock/scenario',
    { schema: { summary: 'Stop what plays', response: { 200: Playing } } },
    async ({ controls }) => {
      controls.scenarios.stop()
      return playingIn(controls)
    },
  )
}

function playingIn(controls: Controls): Playing {
  return controls.scenarios.playing ?? { name: null, step: null, left: null }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import { AnyName } from '../contract/schemas/any-name.ts'
import { BadInput } from '../public/errors.ts'
import type { Controls } from '../world/controls/controls.ts'
import { Scenario, Steps } from '../world/scenarios/step.ts'

/** The active scenario; all members are null if there is none. */
export const ActiveScenario = Type.Object({
  name: Type.Union([Type.String(), Type.Null()]),
  step: Type.Union([Type.Integer(), Type.Null()], {
    description: 'the next step, counted from 1; null after the last one',
  }),
  left: Type.Union([Type.Number(), Type.Null()], {
    description: 'how many calls or milliseconds the step has left; null if it has no end',
  }),
})
export type ActiveScenario = Static<typeof ActiveScenario>

const repeatedSteps = { steps: Steps, repeat: Type.Optional(Type.Boolean()) }

/** Lists, defines, plays and stops scenarios. */
export const scenarioRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/scenarios',
    {
      schema: {
        operationId: 'mock.scenarios.list',
        summary: 'List the scenarios by name',
        response: { 200: Type.Record(AnyName, Scenario) },
      },
    },
    async ({ controls }) => controls.scenarios.list(),
  )

  app.put(
    '/_mock/scenarios/:name',
    {
      schema: {
        operationId: 'mock.scenarios.define',
        summary: 'Define a scenario: a list of steps, or steps that repeat',
        params: Type.Object({ name: Type.String() }),
        body: Scenario,
        response: { 200: Type.Object({ name: Type.String(), ...repeatedSteps }) },
      },
    },
    async ({ controls, params: { name }, body: scenario }) => {
      controls.scenarios.define(name, scenario)
      return { name, ...(Array.isArray(scenario) ? { steps: scenario } : scenario) }
    },
  )

  app.get(
    '/_mock/scenario',
    {
      schema: {
        operationId: 'mock.scenarios.playing',
        summary: 'Read the active scenario',
        response: { 200: ActiveScenario },
      },
    },
    async ({ controls }) => activeScenarioOf(controls),
  )

  app.put(
    '/_mock/scenario',
    {
      schema: {
        operationId: 'mock.scenarios.play',
        summary: 'Play a scenario by its name, or a list of steps',
        body: Type.Object(
          { name: Type.Optional(Type.String()), ...Type.Partial(Type.Object(repeatedSteps)).properties },
          { additionalProperties: false },
        ),
        response: { 200: ActiveScenario },
      },
    },
    async ({ controls, body: { name, ...repeated } }) => {
      const { steps, repeat = false } = repeated
      const scenario = steps === undefined ? name : repeat ? { repeat, steps } : steps
      if (scenario === undefined || (name !== undefined && Object.keys(repeated).length > 0)) {
        throw new BadInput('body: expected a name or steps, one of the two', 'such as {"name":"backlog"}')
      }
      controls.scenarios.play(scenario)
      return activeScenarioOf(controls)
    },
  )

  app.delete(
    '/_mock/scenario',
    {
      schema: {
        operationId: 'mock.scenarios.stop',
        summary: 'Stop the active scenario',
        response: { 200: ActiveScenario },
      },
    },
    async ({ controls }) => {
      controls.scenarios.stop()
      return activeScenarioOf(controls)
    },
  )

  app.post(
    '/_mock/scenario/release',
    {
      schema: {
        operationId: 'mock.scenarios.release',
        summary: 'Release the responses that steps with hold are holding',
        response: { 200: Type.Object({ released: Type.Integer() }) },
      },
    },
    async ({ controls }) => ({ released: controls.scenarios.release() }),
  )
}

function activeScenarioOf(controls: Controls): ActiveScenario {
  return controls.scenarios.playing ?? { name: null, step: null, left: null }
}

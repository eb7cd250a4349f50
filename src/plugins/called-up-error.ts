import fp from 'fastify-plugin'
import { htmlContentType, jsonContentType } from '../contract/answer-headers.ts'
import type { Clock } from '../world/clock.ts'
import { CalledUp } from '../world/refusal.ts'

interface Options {
  clock: Clock
}

/**
 * Answers with the error of the step, if it has one: once delays and faults are over, and the body has come, so that
 * the journal tells what was asked; whatever the body says.
 */
export const calledUpErrorPlugin = fp<Options>(
  async (app, { clock }) => {
    app.addHook('preValidation', ({ playing, portal }, reply, done) => {
      const error = playing?.step.error
      if (error === undefined) return done()
      if (typeof error === 'string') return done(new CalledUp(error, clock.now(), portal.words))
      const isText = typeof error.body === 'string'
      reply.code(error.status).header('content-type', isText ? htmlContentType : jsonContentType)
      reply.headers(error.headers ?? {}).send(isText ? error.body : JSON.stringify(error.body))
    })
  },
  { name: 'called-up-error', fastify: '5.x', dependencies: ['fault'] },
)

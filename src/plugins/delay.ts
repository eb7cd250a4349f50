import { setTimeout as pause } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { whenGone } from '../gone.ts'
import { delayOf } from '../world/step.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Waits; ends early when the client gives up or the mock closes. */
    pause: (milliseconds: number) => Promise<void>
  }
}

/** Waits as long as the step says. A client that gives up, or a mock that closes, ends the wait. */
export const delayPlugin = fp(
  async (app) => {
    const waiting = new Set<AbortController>()
    app.closing.addEventListener('abort', () => {
      for (const wait of waiting) wait.abort()
    })
    app.decorateReply('pause', async function (this, milliseconds: number): Promise<void> {
      if (app.closing.aborted) return
      const wait = new AbortController()
      waiting.add(wait)
      const cancel = whenGone(this.raw, () => wait.abort())
      await pause(milliseconds, undefined, { signal: wait.signal }).catch(() => {})
      cancel()
      waiting.delete(wait)
    })
    app.addHook('onRequest', (request, reply, done) => {
      const step = request.playing?.step
      if (step?.delay === undefined || step.fault === 'drip') return done()
      void reply.pause(delayOf(step)).then(() => done())
    })
  },
  { name: 'delay', fastify: '5.x', dependencies: ['scenario', 'drain'] },
)

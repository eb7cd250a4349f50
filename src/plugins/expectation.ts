import type { IncomingMessage } from 'node:http'
import fp from 'fastify-plugin'

/**
 * Says `100 Continue` when a body is about to be read, and not before: what is refused or broken without its body is
 * to be the first byte that a client sees. Another expectation is passed over.
 */
export const expectationPlugin = fp(
  async (app) => {
    const expecting = new WeakSet<IncomingMessage>()
    app.server.on('checkExpectation', (request, response) => app.routing(request, response))
    app.server.on('checkContinue', (request, response) => {
      expecting.add(request)
      app.routing(request, response)
    })
    app.addHook('preParsing', (request, reply, payload, done) => {
      if (expecting.has(request.raw)) reply.raw.writeContinue()
      done(null, payload)
    })
    // Where an answer still waits for one before it, Node would put the headers of bytes before the 100, of a text after.
    app.addHook('onSend', (request, _reply, payload, done) => {
      done(null, expecting.has(request.raw) && payload instanceof Buffer ? payload.toString() : payload)
    })
  },
  { name: 'expectation', fastify: '5.x' },
)

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** The requests that wait for `100 Continue`, with the response that can send it. */
const expecting = new WeakMap<IncomingMessage, ServerResponse>()

/** Whether the client waits for `100 Continue` before it sends its body. */
export function expectsContinue(request: IncomingMessage): boolean {
  return expecting.has(request)
}

/** Tells a client that waits for it to send its body. */
export function sendContinue(request: IncomingMessage): void {
  expecting.get(request)?.writeContinue()
}

/**
 * Routes a request with an `Expect` header like any other. `100 Continue` is sent when a body is about to be read and
 * not before: a refusal or a broken connection must be the first thing that the client sees.
 */
export function routeExpectations(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
  app.server.on('checkContinue', (request, response) => {
    expecting.set(request, response)
    app.routing(request, response)
  })
}

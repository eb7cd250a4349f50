import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'

/** The requests that wait for `100 Continue`, with the response that can send it. */
const expecting = new WeakMap<IncomingMessage, ServerResponse>()

/** Whether the client waits for `100 Continue` before it sends its body. */
export function expectsContinue(request: IncomingMessage): boolean {
  return expecting.has(request)
}

/** Sends `100 Continue` to a client that waits for it. */
export function sendContinue(request: IncomingMessage): void {
  expecting.get(request)?.writeContinue()
}

/**
 * Routes a request with an `Expect` header like any other. `100 Continue` is sent when a body is about to be read and
 * not before: a refusal or a broken connection must be the first thing that the client sees.
 */
export function routeExpectations(server: Server, handler: RequestListener): void {
  server.on('checkExpectation', handler)
  server.on('checkContinue', (request, response) => {
    expecting.set(request, response)
    handler(request, response)
  })
}

import type { ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { CloseSignal } from '../../text/close-signal.ts'
import { pause, setImmediate } from '../../text/system-timers.ts'

/** What has happened on one connection. */
interface Connection {
  requests: number
  /** The response to the newest request: responses leave in the order of the requests. */
  newest: ServerResponse | undefined
}

/** The connections count as idle when no request has arrived for this long: one can be on its way. */
const quietMs = 2
/** The same where a client sends one request after another on a connection, as a load test does. */
const busyQuietMs = 10
/** How long responses that nobody reads can keep the mock open. */
const maximumMs = 900

/**
 * Closes without losing a response. When the app closes it accepts no new connection, answers every request on those
 * that are open, tells each client that the response is the last, and closes the connections once all are quiet. Node's
 * own close resets a kept-alive connection while a request is on its way, and waits for connections that never send one.
 */
export function closeGracefully(app: FastifyInstance, closing: CloseSignal): void {
  const connections = new Map<Socket, Connection>()
  let requests = 0
  app.server.on('connection', (socket) => {
    connections.set(socket, { requests: 0, newest: undefined })
    socket.once('close', () => connections.delete(socket))
  })
  app.server.on('request', (request, response) => {
    requests += 1
    const connection = connections.get(request.socket)
    if (connection === undefined) return
    connection.requests += 1
    connection.newest = response
  })
  app.addHook('preClose', async () => {
    closing.close()
    // One turn of the event loop accepts the connections that already wait.
    await new Promise((resolve) => setImmediate(resolve))
    Server.prototype.close.call(app.server)
    await waitUntilQuiet(connections, () => requests)
    for (const socket of connections.keys()) socket.destroy()
  })
}

async function waitUntilQuiet(
  connections: ReadonlyMap<Socket, Connection>,
  countRequests: () => number,
): Promise<void> {
  const isBusy = [...connections.values()].some((connection) => connection.requests > 1)
  const stepMs = isBusy ? busyQuietMs : quietMs
  for (let waitedMs = 0; waitedMs < maximumMs && connections.size > 0; waitedMs += stepMs) {
    const before = countRequests()
    await pause(stepMs)
    if (countRequests() === before && ![...connections.values()].some(isResponding)) return
  }
}

/** A request that has not arrived completely has no response under way. */
function isResponding({ newest }: Connection): boolean {
  return newest !== undefined && !newest.writableFinished && newest.req.complete
}

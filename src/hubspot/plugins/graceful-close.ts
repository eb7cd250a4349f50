import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
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
export class GracefulClose {
  readonly #connections = new Map<Socket, Connection>()
  readonly #servers: Server[] = []
  #requests = 0

  /** Watches the connections of a server. An app on `localhost` can have two. */
  watch(server: Server): void {
    this.#servers.push(server)
    // A TLS server has the encrypted connection first, and the one of the requests after the handshake.
    for (const event of ['connection', 'secureConnection']) {
      server.on(event, (socket: Socket) => {
        this.#connections.set(socket, { requests: 0, newest: undefined })
        socket.once('close', () => this.#connections.delete(socket))
      })
    }
    server.on('request', (request, response) => {
      this.#requests += 1
      const connection = this.#connections.get(request.socket)
      if (connection === undefined) return
      connection.requests += 1
      connection.newest = response
    })
  }

  /** Closes all servers. @param closing ends what waits, such as delays */
  async close(closing: CloseSignal): Promise<void> {
    closing.close()
    // One turn of the event loop accepts the connections that already wait.
    await new Promise((resolve) => setImmediate(resolve))
    for (const server of this.#servers) NetServer.prototype.close.call(server)
    await waitUntilQuiet(this.#connections, () => this.#requests)
    for (const socket of this.#connections.keys()) socket.destroy()
  }
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

import type { ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the mock begins to close: whatever waits is to wait no longer. */
    closing: AbortSignal
  }
}

/** What was asked on a socket. */
interface Asked {
  times: number
  /** The answer to the last of it: they leave in the order they were asked for. */
  last: ServerResponse | undefined
}

/** A request that has not come whole has no answer on its way. */
function isAnswering({ last }: Asked): boolean {
  return last !== undefined && !last.writableFinished && last.req.complete
}

/** So long nobody may ask before what is still open counts as idle: a request can be on its way. */
const quietMs = 2
/** The same where a client asks again and again on one connection, as one under load does. */
const busyQuietMs = 10
/** So long answers may take that nobody reads. */
const mostMs = 900

/**
 * Ends well: when the app closes it takes no new connection, answers what is asked on those there are, telling each
 * client that it was the last, and once all is quiet closes them. Node's own close resets a connection that is kept
 * alive while a request is on its way, and waits for one on which nothing ever comes.
 */
export const drainPlugin = fp(
  async (app) => {
    const closing = new AbortController()
    app.decorate('closing', closing.signal)
    const sockets = new Map<Socket, Asked>()
    let begun = 0
    app.server.on('connection', (socket) => {
      sockets.set(socket, { times: 0, last: undefined })
      socket.once('close', () => sockets.delete(socket))
    })
    app.server.on('request', (request, response) => {
      begun += 1
      const asked = sockets.get(request.socket)
      if (asked === undefined) return
      asked.times += 1
      asked.last = response
    })
    app.addHook('preClose', async () => {
      closing.abort()
      // Who has just connected is let in: a turn of the loop accepts what waits.
      await nextTurn()
      Server.prototype.close.call(app.server)
      const waitMs = [...sockets.values()].some(({ times }) => times > 1) ? busyQuietMs : quietMs
      for (let waited = 0; waited < mostMs && sockets.size > 0; waited += waitMs) {
        const before = begun
        await pause(waitMs)
        if (begun === before && ![...sockets.values()].some(isAnswering)) break
      }
      for (const socket of sockets.keys()) socket.destroy()
    })
  },
  { name: 'drain', fastify: '5.x' },
)

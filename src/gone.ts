import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What is to happen when a socket closes: one listener each, however many requests were pipelined on it. */
const waiting = new WeakMap<Socket, Set<() => void>>()

/**
 * Runs something once when an answer is out or will never be: a response that waits behind another on its socket
 * does not learn that the socket has closed.
 * @returns a way to call it off
 */
export function whenGone(response: ServerResponse, then: () => void): () => void {
  const { socket } = response.req
  const all = waiting.get(socket) ?? listenTo(socket)
  const run = () => {
    cancel()
    then()
  }
  const cancel = () => {
    all.delete(run)
    response.off('close', run)
  }
  all.add(run)
  response.once('close', run)
  return cancel
}

function listenTo(socket: Socket): Set<() => void> {
  const all = new Set<() => void>()
  waiting.set(socket, all)
  socket.once('close', () => {
    for (const run of [...all]) run()
  })
  return all
}

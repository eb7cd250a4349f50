import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What is to happen when an answer is out or will never be. */
type Callbacks = Set<() => void>

const waiting = new WeakMap<ServerResponse, Callbacks>()

/** The answers under way on a socket: one listener each, however many requests were pipelined on it. */
const under = new WeakMap<Socket, Set<Callbacks>>()

/**
 * Runs something once when an answer is out or will never be: a response that waits behind another on its socket
 * does not learn that the socket has closed.
 * @returns a way to call it off
 */
export function whenGone(response: ServerResponse, then: () => void): () => void {
  const callbacks = waiting.get(response) ?? listenTo(response)
  callbacks.add(then)
  return () => void callbacks.delete(then)
}

function listenTo(response: ServerResponse): Callbacks {
  const callbacks: Callbacks = new Set()
  waiting.set(response, callbacks)
  const { socket } = response.req
  const all = under.get(socket) ?? listenToSocket(socket)
  all.add(callbacks)
  response.once('close', () => {
    all.delete(callbacks)
    run(callbacks)
  })
  return callbacks
}

function listenToSocket(socket: Socket): Set<Callbacks> {
  const all = new Set<Callbacks>()
  under.set(socket, all)
  socket.once('close', () => {
    for (const callbacks of all) run(callbacks)
  })
  return all
}

function run(callbacks: Callbacks): void {
  for (const then of callbacks) {
    callbacks.delete(then)
    then()
  }
}

import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What to call when a response ends. It is kept on the response itself, which is faster than a map. */
const callbacks = Symbol('response ended')
/** The responses that are open on a socket: one listener for all, however many requests were pipelined. */
const openResponses = Symbol('open responses')

type Response = ServerResponse & { [callbacks]?: (() => void)[] }
type Connection = Socket & { [openResponses]?: Set<Response> }

/**
 * Calls a function once, when a response has been sent or can no longer be sent. Node emits `close` on the response
 * alone: a response that waits behind another one on its socket gets no event when the socket closes.
 * @returns a function that cancels the call
 */
export function onResponseEnded(response: ServerResponse, callback: () => void): () => void {
  const target: Response = response
  const waiting = target[callbacks] ?? watch(target)
  waiting.push(callback)
  return () => {
    const index = waiting.indexOf(callback)
    if (index >= 0) waiting.splice(index, 1)
  }
}

function watch(response: Response): (() => void)[] {
  const socket: Connection = response.req.socket
  const open = socket[openResponses] ?? watchSocket(socket)
  open.add(response)
  response.on('close', end)
  response[callbacks] = []
  return response[callbacks]
}

function end(this: Response): void {
  const socket: Connection = this.req.socket
  socket[openResponses]?.delete(this)
  for (const callback of this[callbacks]?.splice(0) ?? []) callback()
}

function watchSocket(socket: Connection): Set<Response> {
  const open = new Set<Response>()
  socket[openResponses] = open
  socket.once('close', () => {
    for (const response of open) end.call(response)
  })
  return open
}

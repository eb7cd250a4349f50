import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What is to happen when an answer is out or will never be: on the answer, which costs less than a map beside it. */
const callbacks = Symbol('when gone')
/** The answers under way on a socket: one listener each, however many requests were pipelined on it. */
const underWay = Symbol('under way')

type Answer = ServerResponse & { [callbacks]?: (() => void)[] }
type Connection = Socket & { [underWay]?: Set<Answer> }

/**
 * Runs something once when an answer is out or will never be: a response that waits behind another on its socket
 * does not learn that the socket has closed.
 * @returns a way to call it off
 */
export function whenGone(response: ServerResponse, then: () => void): () => void {
  const answer: Answer = response
  const waiting = answer[callbacks] ?? begin(answer)
  waiting.push(then)
  return () => {
    const at = waiting.indexOf(then)
    if (at >= 0) waiting.splice(at, 1)
  }
}

function begin(answer: Answer): (() => void)[] {
  const socket: Connection = answer.req.socket
  const all = socket[underWay] ?? listenTo(socket)
  all.add(answer)
  answer.on('close', end)
  answer[callbacks] = []
  return answer[callbacks]
}

function end(this: Answer): void {
  const socket: Connection = this.req.socket
  socket[underWay]?.delete(this)
  for (const then of this[callbacks]?.splice(0) ?? []) then()
}

function listenTo(socket: Connection): Set<Answer> {
  const all = new Set<Answer>()
  socket[underWay] = all
  socket.once('close', () => {
    for (const answer of all) end.call(answer)
  })
  return all
}

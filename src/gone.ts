import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** An answer under way, and what is to happen when it is out or will never be. */
class UnderWay {
  readonly #callbacks: (() => void)[] = []

  add(then: () => void): void {
    this.#callbacks.push(then)
  }

  remove(then: () => void): void {
    const at = this.#callbacks.indexOf(then)
    if (at >= 0) this.#callbacks.splice(at, 1)
  }

  end(): void {
    for (const then of this.#callbacks.splice(0)) then()
  }
}

const answers = new WeakMap<ServerResponse, UnderWay>()

/** The answers under way on a socket: one listener each, however many requests were pipelined on it. */
const onSocket = new WeakMap<Socket, Set<UnderWay>>()

/**
 * Runs something once when an answer is out or will never be: a response that waits behind another on its socket
 * does not learn that the socket has closed.
 * @returns a way to call it off
 */
export function whenGone(response: ServerResponse, then: () => void): () => void {
  const answer = answers.get(response) ?? begin(response)
  answer.add(then)
  return () => answer.remove(then)
}

function begin(response: ServerResponse): UnderWay {
  const answer = new UnderWay()
  answers.set(response, answer)
  const { socket } = response.req
  const all = onSocket.get(socket) ?? listenTo(socket)
  all.add(answer)
  response.once('close', () => {
    all.delete(answer)
    answer.end()
  })
  return answer
}

function listenTo(socket: Socket): Set<UnderWay> {
  const all = new Set<UnderWay>()
  onSocket.set(socket, all)
  socket.once('close', () => {
    for (const answer of all) answer.end()
  })
  return all
}

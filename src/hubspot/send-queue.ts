import type { FastifyReply } from 'fastify'
import { setImmediate } from '../text/system-timers.ts'

/** A body up to this size is sent as text: Node writes it together with the headers. */
const smallBytes = 8 * 1024

interface WaitingResponse {
  readonly reply: FastifyReply
  readonly body: Buffer | string | undefined
}

/**
 * Sends the responses of one turn of the event loop together, after all requests of that turn have been handled. A
 * client that waits is then woken once and not by every single response, which costs more than making the response.
 */
export class SendQueue {
  #waiting: WaitingResponse[] = []

  /** @param body undefined for a status without a body */
  send(reply: FastifyReply, body: Buffer | string | undefined): void {
    const isSmall = typeof body === 'object' && body.length <= smallBytes
    const length = this.#waiting.push({ reply, body: isSmall ? body.toString() : body })
    if (length === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { reply, body } of waiting) reply.send(body)
  }
}

import type { FastifyReply } from 'fastify'
import type { CloseSignal } from '../../text/close-signal.ts'
import { delayOf } from '../../world/scenarios/step.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { onResponseEnded } from '../response-ended.ts'

/** Waits as long as the step says. A `drip` needs its delay for the body. */
export function delayResponse(
  exchange: OpenExchange,
  context: HubspotContext,
  reply: FastifyReply,
): Promise<void> | undefined {
  const step = exchange.played?.step
  if (step?.delay === undefined || step.fault === 'drip') return undefined
  return pauseResponse(delayOf(step), exchange, context, reply)
}

/** Waits by the clock of the portal; stops early when the client gives up or the mock closes. */
export function pauseResponse(
  milliseconds: number,
  { portal }: OpenExchange,
  { closing }: HubspotContext,
  reply: FastifyReply,
): Promise<void> {
  if (closing.isClosing || portal === undefined) return Promise.resolve()
  return portal.clock.wait(milliseconds, (end) => onEnd(end, closing, reply))
}

/** Holds the response, if the step says so, until it is released, the client gives up or the mock closes. */
export function holdResponse(
  { played, portal }: OpenExchange,
  { closing }: HubspotContext,
  reply: FastifyReply,
): Promise<void> | undefined {
  if (!played?.step.hold || portal === undefined || closing.isClosing) return undefined
  return portal.holds.wait((end) => onEnd(end, closing, reply))
}

/** Calls a function when the client gives up or the mock closes. @returns a function that cancels the call */
function onEnd(end: () => void, closing: CloseSignal, reply: FastifyReply): () => void {
  const cancels = [onResponseEnded(reply.raw, end), closing.onClose(end)]
  return () => {
    for (const cancel of cancels) cancel()
  }
}

import type { FastifyReply } from 'fastify'
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
  { closing, world }: HubspotContext,
  reply: FastifyReply,
): Promise<void> {
  if (closing.isClosing) return Promise.resolve()
  return (portal?.clock ?? world.clock).wait(milliseconds, (end) => {
    const cancels = [onResponseEnded(reply.raw, end), closing.onClose(end)]
    return () => {
      for (const cancel of cancels) cancel()
    }
  })
}

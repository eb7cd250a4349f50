import type { FastifyReply } from 'fastify'
import { pause } from '../../text/system-timers.ts'
import { delayOf } from '../../world/scenarios/step.ts'
import type { HubspotContext } from '../context.ts'
import type { OpenExchange } from '../open-exchange.ts'
import { onResponseEnded } from '../response-ended.ts'

/** Waits as long as the step says. A `drip` needs its delay for the body. */
export function delayResponse(
  { played }: OpenExchange,
  context: HubspotContext,
  reply: FastifyReply,
): Promise<void> | undefined {
  const step = played?.step
  if (step?.delay === undefined || step.fault === 'drip') return undefined
  return pauseResponse(delayOf(step), context, reply)
}

/** Waits; stops early when the client gives up or the mock closes. */
export function pauseResponse(milliseconds: number, { closing }: HubspotContext, reply: FastifyReply): Promise<void> {
  if (closing.isClosing) return Promise.resolve()
  return pause(milliseconds, (end) => {
    const cancels = [onResponseEnded(reply.raw, end), closing.onClose(end)]
    return () => {
      for (const cancel of cancels) cancel()
    }
  })
}

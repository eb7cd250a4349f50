import { windowMs } from '../../contract/rate-limits.ts'
import type { Send } from './live-call.ts'

/** Five requests a second: half of the smallest limit that HubSpot grants, which is 100 in ten seconds. */
const paceMs = 200
const tooManyRequests = 429

/**
 * Sends requests at a pace that HubSpot's limits allow. After a 429, since other clients use the same limit, it waits for the
 * next window and sends the request once more.
 * @param wait waits for this many milliseconds
 */
export function sendPaced(send: Send, wait: (ms: number) => Promise<unknown>): Send {
  return async (request) => {
    await wait(paceMs)
    const response = await send(request)
    if (response.status !== tooManyRequests) return response
    await wait(windowMs)
    return send(request)
  }
}

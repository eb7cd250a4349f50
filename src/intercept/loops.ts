import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { isLoopback } from '../text/loopback.ts'
import { targetOf } from './upstream-proxies.ts'

/** A name for a proxy that no other has, as it writes it to `Via` (RFC 9110, 7.6.3). */
export function newProxyName(): string {
  return `hubspot-campaigns-mock-${randomUUID()}`
}

/** The value of `Via` for a request that a proxy passes on: it names the proxies before this one as well. */
export function viaOf({ headers: { via }, httpVersion }: IncomingMessage, proxyName: string): string {
  const own = `${httpVersion} ${proxyName}`
  return via === undefined ? own : `${via}, ${own}`
}

/**
 * Why passing a request on would only lead back to this mock, and the fix; undefined if it would not.
 * @param upstream the proxy that the request goes through
 */
export function findLoop(
  { headers: { via = '' }, socket }: IncomingMessage,
  proxyName: string,
  upstream: URL | undefined,
): string | undefined {
  if (upstream !== undefined && isOwnAddress(upstream, socket)) {
    return `the proxy ${upstream.host} of HTTP_PROXY, HTTPS_PROXY or ALL_PROXY is this mock itself: unset the variable, or set another proxy`
  }
  if (!via.includes(proxyName)) return undefined
  return 'the request has passed this mock before: set HTTP_PROXY, HTTPS_PROXY and ALL_PROXY to a proxy that does not lead back here'
}

/** Whether a proxy is at the address to which a client is connected. Only a mock on loopback passes requests on. */
function isOwnAddress(proxy: URL, { localPort }: Socket): boolean {
  return targetOf(proxy).port === localPort && isLoopback(proxy.hostname)
}

import http, { type ClientRequest, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { isHubspotHost } from '../contract/hubspot-hosts.ts'
import { itemAt } from '../text/item-at.ts'
import { isLoopback } from '../text/loopback.ts'
import { readTarget, type Target } from './target.ts'
import { credentialsOf, targetOf, type UpstreamProxies, upstreamFor } from './upstream-proxies.ts'

/** How a mock handles requests in absolute form, as sent to a proxy, to hosts other than HubSpot's. */
export interface ForwardOptions {
  /** Whether they are passed on. */
  readonly hasTunnel: boolean
  /** The proxies that they go through. */
  readonly upstream: UpstreamProxies
  /** Refuses the request. */
  readonly refuse: (socket: Duplex) => void
}

/** A request to another host. */
interface ForwardRequest {
  readonly scheme: 'http' | 'https'
  readonly target: Target
  /** The path with the query, as the client wrote it. */
  readonly path: string
}

/** A handler that passes requests to other hosts on, and those to HubSpot's hosts and to the mock to another handler. */
export function forwardOthers(handler: RequestListener, options: ForwardOptions): RequestListener {
  return (request, response) => {
    const { url = '/' } = request
    const other = url.startsWith('/') ? undefined : readOther(url, request.socket.localPort, options.hasTunnel)
    if (other === undefined) handler(request, response)
    else if (options.hasTunnel) forward(other, request, response, options.upstream)
    else options.refuse(request.socket)
  }
}

/** The request to another host that a URL is for; undefined for one to HubSpot or to the mock itself. */
function readOther(url: string, ownPort: number | undefined, isOnLoopback: boolean): ForwardRequest | undefined {
  const [, scheme = '', authority = '', path = ''] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  const isSecure = scheme.toLowerCase() === 'https'
  const target = readTarget(authority.slice(authority.lastIndexOf('@') + 1), isSecure ? 443 : 80)
  if (target === undefined || isHubspotHost(target.host)) return undefined
  // A mock that other machines can reach does not know all of its own names: any name with its port can be one.
  if (target.port === ownPort && (!isOnLoopback || isLoopback(target.host))) return undefined
  return { scheme: isSecure ? 'https' : 'http', target, path: path.startsWith('/') ? path : `/${path}` }
}

function forward(
  other: ForwardRequest,
  request: IncomingMessage,
  response: ServerResponse,
  proxies: UpstreamProxies,
): void {
  const attempt = (act: () => void) => {
    try {
      act()
    } catch (error) {
      // Node can read some headers that it refuses to write.
      respondBadGateway(response, String(Object(error).message))
    }
  }
  attempt(() => {
    const outgoing = open(other, request, proxies)
    outgoing.on('continue', () => response.writeContinue())
    outgoing.on('response', (incoming) => attempt(() => passOn(incoming, response)))
    outgoing.on('error', ({ message }) => respondBadGateway(response, message))
    response.once('close', () => outgoing.destroy())
    request.pipe(outgoing)
  })
}

/** Opens the request to the other host, or to the proxy that it goes through. */
function open(
  { scheme, target, path }: ForwardRequest,
  request: IncomingMessage,
  proxies: UpstreamProxies,
): ClientRequest {
  const proxy = upstreamFor(proxies, scheme, target)
  const credentials = proxy && credentialsOf(proxy)
  const headers = endToEnd(request.rawHeaders, requestHopByHop)
  const { request: send } = (proxy?.protocol ?? `${scheme}:`) === 'https:' ? https : http
  return send({
    ...(proxy === undefined ? target : targetOf(proxy)),
    method: request.method,
    path: proxy === undefined ? path : request.url,
    headers: credentials === undefined ? headers : [...headers, 'Proxy-Authorization', credentials],
    agent: false,
  })
}

/** Sends the response of another host to the client. If that response is aborted, this one is aborted as well. */
function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  incoming.once('error', () => response.destroy())
  response.sendDate = false
  response.writeHead(
    Number(incoming.statusCode),
    incoming.statusMessage,
    endToEnd(incoming.rawHeaders, responseHopByHop),
  )
  incoming.pipe(response)
}

function respondBadGateway(response: ServerResponse, reason: string): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end(`hubspot-campaigns-mock cannot pass this request on: ${reason}\n`)
}

/** Headers for one connection only (RFC 9110, 7.6.1). Node writes its own for each connection. */
const requestHopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]
const responseHopByHop = ['connection', 'keep-alive', 'proxy-connection', 'trailer', 'transfer-encoding', 'upgrade']

/** Removes the headers that apply to one connection only. @param raw alternating names and values */
function endToEnd(raw: readonly string[], hopByHop: readonly string[]): string[] {
  const pairs = Array.from({ length: raw.length / 2 }, (_, i) => [itemAt(raw, 2 * i), itemAt(raw, 2 * i + 1)] as const)
  const named = pairs.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? value.split(',') : []))
  const dropped = new Set([...hopByHop, ...named.map((name) => name.trim().toLowerCase())])
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat()
}

import http, { type ClientRequest, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { isHubspotHost } from '../contract/hubspot-hosts.ts'
import { itemAt } from '../text/item-at.ts'
import { isLoopback } from '../text/loopback.ts'
import { findLoop, viaOf } from './loops.ts'
import { readTarget, type Target } from './target.ts'
import { credentialsOf, targetOf, type UpstreamProxies, upstreamFor } from './upstream-proxies.ts'

/** How a mock handles requests in absolute form, as sent to a proxy, to hosts other than HubSpot's. */
export interface ForwardOptions {
  /** Whether they are passed on. */
  readonly hasTunnel: boolean
  /** The proxies that they go through. */
  readonly upstream: UpstreamProxies
  /** The name of this mock in `Via`. */
  readonly proxyName: string
  /** Refuses the request. */
  readonly refuse: (socket: Duplex) => void
}

/** A request to another host. */
interface ForwardRequest {
  readonly scheme: 'http' | 'https'
  readonly target: Target
  /** The host and port, as the client wrote them. */
  readonly authority: string
  /** The path with the query, as the client wrote it; `*` for OPTIONS without a path. */
  readonly path: string
}

/** A handler that passes requests to other hosts on, and those to HubSpot's hosts and to the mock to another handler. */
export function forwardOthers(handler: RequestListener, options: ForwardOptions): RequestListener {
  return (request, response) => {
    const { url = '/' } = request
    const other = url.startsWith('/') ? undefined : readOther(request, options.hasTunnel)
    if (other === undefined) handler(request, response)
    else if (options.hasTunnel) forward(other, request, response, options)
    else options.refuse(request.socket)
  }
}

/** The request to another host that a URL is for; undefined for one to HubSpot or to the mock itself. */
function readOther({ url = '/', method, socket }: IncomingMessage, isOnLoopback: boolean): ForwardRequest | undefined {
  const [, scheme = '', userAndHost = '', path = ''] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  const isSecure = scheme.toLowerCase() === 'https'
  const authority = userAndHost.slice(userAndHost.lastIndexOf('@') + 1)
  const target = readTarget(authority, isSecure ? 443 : 80)
  if (target === undefined || isHubspotHost(target.host)) return undefined
  // A mock that other machines can reach does not know all of its own names: any name with its port can be one.
  if (target.port === socket.localPort && (!isOnLoopback || isLoopback(target.host))) return undefined
  return { scheme: isSecure ? 'https' : 'http', target, authority, path: originPathOf(path, method) }
}

/** The path as a server expects it (RFC 9112, 3.2.1 and 3.2.4). */
function originPathOf(path: string, method: string | undefined): string {
  if (path === '' && method === 'OPTIONS') return '*'
  return path.startsWith('/') ? path : `/${path}`
}

function forward(
  other: ForwardRequest,
  request: IncomingMessage,
  response: ServerResponse,
  { upstream, proxyName }: ForwardOptions,
): void {
  const proxy = upstreamFor(upstream, other.scheme, other.target)
  const loop = findLoop(request, proxyName, proxy)
  if (loop !== undefined) return void respondBadGateway(response, loop)
  const attempt = (act: () => void) => {
    try {
      act()
    } catch (error) {
      // Node can read some headers that it refuses to write.
      respondBadGateway(response, String(Object(error).message))
    }
  }
  attempt(() => {
    const outgoing = open(other, request, proxy, proxyName)
    outgoing.on('continue', () => response.writeContinue())
    outgoing.on('response', (incoming) => attempt(() => passOn(incoming, response)))
    outgoing.on('error', ({ message }) => respondBadGateway(response, message))
    response.once('close', () => outgoing.destroy())
    request.pipe(outgoing)
  })
}

/** Opens the request to the other host, or to the proxy that it goes through. */
function open(
  { scheme, target, authority, path }: ForwardRequest,
  request: IncomingMessage,
  proxy: URL | undefined,
  proxyName: string,
): ClientRequest {
  const credentials = proxy && credentialsOf(proxy)
  const passedOn = endToEnd(request.rawHeaders, requestHopByHop)
  // The URL decides: a Host that differs from it is replaced (RFC 9112, 3.2.2).
  const headers = ['Host', authority, ...passedOn, 'Via', viaOf(request, proxyName)]
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

/** Headers for one connection only (RFC 9110, 7.6.1), and `Host` and `Via`. This mock and Node write their own for each connection. */
const requestHopByHop = [
  'host',
  'via',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]
const responseHopByHop = ['connection', 'keep-alive', 'proxy-connection', 'trailer', 'transfer-encoding', 'upgrade']

/** Headers that say where a body ends. No message can drop them: its body would be read as the next message. */
const framing = ['content-length', 'transfer-encoding']

/** Removes the headers that apply to one connection only. @param raw alternating names and values */
function endToEnd(raw: readonly string[], hopByHop: readonly string[]): string[] {
  const pairs = Array.from({ length: raw.length / 2 }, (_, i) => [itemAt(raw, 2 * i), itemAt(raw, 2 * i + 1)] as const)
  const named = pairs.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? value.split(',') : []))
  const droppable = named.map((name) => name.trim().toLowerCase()).filter((name) => !framing.includes(name))
  const dropped = new Set([...hopByHop, ...droppable])
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat()
}

import type { IncomingMessage, Server } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { isHubspotHost } from '../contract/hubspot-hosts.ts'
import { findLoop, viaOf } from './loops.ts'
import { readTarget, type Target, writeTarget } from './target.ts'
import { credentialsOf, targetOf, type UpstreamProxies, upstreamFor } from './upstream-proxies.ts'

/** How a mock handles CONNECT, with which clients ask a proxy for a connection to a host. */
export interface ConnectOptions {
  /** Takes over a connection to a port of one of HubSpot's hosts; undefined if the mock does not intercept them. */
  readonly intercept: ((socket: Duplex, port: number) => void) | undefined
  /** Whether connections to other hosts are passed on. */
  readonly hasTunnel: boolean
  /** The proxies that those go through. */
  readonly upstream: UpstreamProxies
  /** The name of this mock in `Via`. */
  readonly proxyName: string
  /** Refuses the request. */
  readonly refuse: (socket: Duplex) => void
}

const established = 'HTTP/1.1 200 Connection Established\r\n\r\n'

/** Handles CONNECT on a server: connects HubSpot's hosts to the mock itself, and tunnels or refuses connections to other hosts. */
export function handleConnect(server: Server, options: ConnectOptions): void {
  const { intercept, hasTunnel, refuse } = options
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node leaves this socket without a listener, and an unhandled error would end the process.
    socket.on('error', () => socket.destroy())
    const target = readTarget(String(request.url))
    if (intercept === undefined) refuse(socket)
    else if (target === undefined) endWith(socket, '400 Bad Request')
    else if (isHubspotHost(target.host)) {
      socket.write(established)
      if (head.length > 0) socket.unshift(head)
      intercept(socket, target.port)
    } else if (hasTunnel) openTunnel({ target, request, client: socket, head }, options)
    else refuse(socket)
  })
}

/** The port of plain HTTP. A tunnel to any other port is assumed to be for HTTPS. */
const httpPort = 80

/** A request for a connection to another host. */
interface TunnelRequest {
  readonly target: Target
  readonly request: IncomingMessage
  readonly client: Duplex
  /** The bytes that the client sent after the request. */
  readonly head: Buffer
}

/** Connects a client with another host, and passes on every byte unchanged. */
function openTunnel(tunnel: TunnelRequest, { upstream, proxyName }: ConnectOptions): void {
  const { target, request, client, head } = tunnel
  const proxy = upstreamFor(upstream, target.port === httpPort ? 'http' : 'https', target)
  const loop = findLoop(request, proxyName, proxy)
  if (loop !== undefined) return void endWith(client, '502 Bad Gateway', `X-Mock-Hint: ${loop}\r\n`)
  const remote = connectTo(proxy, target)
  let isOpen = false
  remote.once(proxy?.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    isOpen = true
    // The other proxy confirms the connection itself.
    if (proxy === undefined) client.write(established)
    else remote.write(connectRequest(target, proxy, viaOf(request, proxyName)))
    if (head.length > 0) remote.write(head)
    remote.pipe(client).pipe(remote)
  })
  remote.on('error', () => {
    if (isOpen) client.destroy()
    else endWith(client, '502 Bad Gateway')
  })
  client.once('close', () => remote.destroy())
}

/** A connection to a proxy, or to the target itself. Each end can close its direction while the other goes on. */
function connectTo(proxy: URL | undefined, target: Target): Socket {
  if (proxy === undefined) return connectTcp({ ...target, allowHalfOpen: true })
  const { host, port } = targetOf(proxy)
  if (proxy.protocol === 'http:') return connectTcp({ host, port, allowHalfOpen: true })
  return connectTls({ host, port, servername: isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] })
}

function endWith(client: Duplex, status: string, header = ''): void {
  client.end(`HTTP/1.1 ${status}\r\n${header}Connection: close\r\n\r\n`, () => client.destroy())
}

function connectRequest(target: Target, proxy: URL, via: string): string {
  const name = writeTarget(target)
  const credentials = credentialsOf(proxy)
  const authorization = credentials === undefined ? '' : `Proxy-Authorization: ${credentials}\r\n`
  return `CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\nVia: ${via}\r\n${authorization}\r\n`
}

import type { IncomingMessage, Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isHubspotHost } from './hubspot-hosts.ts'

/** What a mock does with CONNECT, by which clients ask a proxy for a connection to a host. */
export interface ConnectOptions {
  /** Takes over a connection to one of HubSpot's hosts; undefined if the mock does not intercept them. */
  readonly intercept: ((socket: Duplex) => void) | undefined
  /** Whether connections to other hosts are passed on. */
  readonly hasTunnel: boolean
  /** The proxy that those go through; undefined for none. */
  readonly upstream: URL | undefined
  /** Refuses the request. */
  readonly refuse: (socket: Duplex) => void
}

const established = 'HTTP/1.1 200 Connection Established\r\n\r\n'

/** Handles CONNECT on a server: HubSpot's hosts lead to the mock itself, others to where they are, or nowhere. */
export function handleConnect(server: Server, options: ConnectOptions): void {
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node leaves this socket without a listener, and an unhandled error would end the process.
    socket.on('error', () => socket.destroy())
    const target = request.url ?? ''
    if (options.intercept !== undefined && isHubspotHost(target)) {
      socket.write(established)
      if (head.length > 0) socket.unshift(head)
      options.intercept(socket)
    } else if (options.hasTunnel && options.intercept !== undefined) openTunnel(target, socket, head, options.upstream)
    else options.refuse(socket)
  })
}

/** Connects a client with another host, and passes on every byte unchanged. */
function openTunnel(target: string, client: Duplex, head: Buffer, upstream: URL | undefined): void {
  const [, host = '', port = '443'] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(target) ?? []
  const address = upstream === undefined ? { host, port: Number(port) } : addressOf(upstream)
  const remote = connect(address)
  const end = () => {
    client.destroy()
    remote.destroy()
  }
  remote.once('connect', () => {
    // The other proxy confirms the connection itself.
    if (upstream === undefined) client.write(established)
    else remote.write(connectRequest(target, upstream))
    if (head.length > 0) remote.write(head)
    remote.pipe(client).pipe(remote)
  })
  remote.on('error', () => refuseUnreachable(client, remote))
  for (const socket of [client, remote]) socket.once('close', end)
}

function refuseUnreachable(client: Duplex, remote: Socket): void {
  remote.destroy()
  if (client.writable) client.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n')
}

function addressOf({ hostname, port }: URL): { host: string; port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
}

function connectRequest(target: string, { username, password }: URL): string {
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const authorization = username === '' ? '' : `Proxy-Authorization: Basic ${credentials}\r\n`
  return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`
}

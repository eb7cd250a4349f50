import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { isHubspotHost } from './hubspot-hosts.ts'

/** What a mock does with CONNECT, by which clients ask a proxy for a connection to a host. */
export interface ConnectOptions {
  /** Takes over a connection to a port of one of HubSpot's hosts; undefined if the mock does not intercept them. */
  readonly intercept: ((socket: Duplex, port: number) => void) | undefined
  /** Whether connections to other hosts are passed on. */
  readonly hasTunnel: boolean
  /** The proxy that those go through; undefined for none. */
  readonly upstream: URL | undefined
  /** Refuses the request. */
  readonly refuse: (socket: Duplex) => void
}

interface Target {
  readonly host: string
  readonly port: number
}

const established = 'HTTP/1.1 200 Connection Established\r\n\r\n'

/** Handles CONNECT on a server: HubSpot's hosts lead to the mock itself, others to where they are, or nowhere. */
export function handleConnect(server: Server, options: ConnectOptions): void {
  const { intercept, hasTunnel, upstream, refuse } = options
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node leaves this socket without a listener, and an unhandled error would end the process.
    socket.on('error', () => socket.destroy())
    const target = readTarget(request.url ?? '')
    if (intercept === undefined) refuse(socket)
    else if (target === undefined) endWith(socket, '400 Bad Request')
    else if (isHubspotHost(target.host)) {
      socket.write(established)
      if (head.length > 0) socket.unshift(head)
      intercept(socket, target.port)
    } else if (hasTunnel) openTunnel(target, socket, head, upstream)
    else refuse(socket)
  })
}

const maximumPort = 65_535

/** The host and port of a target such as `example.com:443` or `[::1]:443`; undefined for any other text. */
function readTarget(text: string): Target | undefined {
  const [, host = '', digits] = /^([\w.-]+|\[[\da-f:.]+\]):(\d{1,5})$/i.exec(text) ?? []
  const port = Number(digits)
  return port >= 1 && port <= maximumPort ? { host: host.replace(/^\[|\]$/g, ''), port } : undefined
}

/** Connects a client with another host, and passes on every byte unchanged. */
function openTunnel(target: Target, client: Duplex, head: Buffer, upstream: URL | undefined): void {
  const remote = connect(upstream === undefined ? target : addressOf(upstream))
  let isOpen = false
  remote.once('connect', () => {
    isOpen = true
    // The other proxy confirms the connection itself.
    if (upstream === undefined) client.write(established)
    else remote.write(connectRequest(target, upstream))
    if (head.length > 0) remote.write(head)
    remote.pipe(client).pipe(remote)
  })
  remote.on('error', () => {
    if (isOpen) client.destroy()
    else endWith(client, '502 Bad Gateway')
  })
  client.once('close', () => remote.destroy())
}

function endWith(client: Duplex, status: string): void {
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => client.destroy())
}

function addressOf({ hostname, port }: URL): Target {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
}

function connectRequest({ host, port }: Target, { username, password }: URL): string {
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const authorization = username === '' ? '' : `Proxy-Authorization: Basic ${credentials}\r\n`
  return `CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n${authorization}\r\n`
}

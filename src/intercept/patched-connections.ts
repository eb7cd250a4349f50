import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import net, { isIP, type Socket } from 'node:net'
import tls from 'node:tls'
import { isHubspotHost, originHeader } from '../contract/hubspot-hosts.ts'
import { type CurrentBase, replaceMember } from './patch.ts'
import { targetOf } from './upstream-proxies.ts'

/** The arguments of `connect` that are needed here. It takes options, or a port and a host, and a callback. */
interface ConnectArguments {
  readonly host: string
  /** A connection to a proxy, inside of which the new one is opened. */
  readonly tunnel: Socket | undefined
  readonly callback: (() => void) | undefined
}

/**
 * Leads connections to HubSpot's hosts to a mock, for clients that use neither `fetch` nor `node:https`, such as undici with
 * an agent of its own.
 * @returns a function that undoes it
 */
export function patchConnections(currentBase: CurrentBase): () => void {
  const { connect } = net
  const { connect: connectTls } = tls
  const opened = new Set<Socket>()
  const open = (base: URL): Socket => {
    const target = targetOf(base)
    const isTls = base.protocol === 'https:'
    const name = isIP(target.host) === 0 ? { servername: target.host } : {}
    const socket = isTls ? connectTls({ ...target, ...name }) : connect(target)
    opened.add(socket)
    return socket.once('close', () => opened.delete(socket))
  }
  const patch = (original: typeof connect | typeof connectTls, adapt: (socket: Socket) => Socket, event: string) =>
    ((...args: unknown[]): Socket => {
      const base = currentBase()
      const { host, tunnel, callback } = readArguments(args)
      if (base === undefined || !isHubspotHost(host)) return Reflect.apply(original, undefined, args)
      tunnel?.destroy()
      const socket = base.protocol === 'https:' ? open(base) : adapt(open(base))
      return callback === undefined ? socket : socket.once(event, callback)
    }) as typeof connect & typeof connectTls
  const mark = (message: unknown) => void (currentBase() && markUndiciRequest(message))
  subscribe('undici:request:create', mark)
  const undos = [
    replaceMember(
      net,
      'connect',
      patch(connect, (socket) => socket, 'connect'),
    ),
    replaceMember(tls, 'connect', patch(connectTls, asSecure, 'secureConnect')),
  ]
  return () => {
    unsubscribe('undici:request:create', mark)
    for (const undo of undos) undo()
    // Clients keep connections for later calls, which then lead to HubSpot again.
    for (const socket of opened) socket.end()
  }
}

function readArguments(args: readonly unknown[]): ConnectArguments {
  const options = Object(args.find((arg) => typeof arg === 'object'))
  const host = args.slice(1).find((arg) => typeof arg === 'string') ?? options.host ?? options.servername
  const callback = args.find((arg): arg is () => void => typeof arg === 'function')
  return { host: String(host), tunnel: options.socket, callback }
}

/** Adds the members of a TLS connection that clients use to a plain connection. */
function asSecure(socket: Socket): Socket {
  const members = { encrypted: true, authorized: true, authorizationError: null, alpnProtocol: false }
  Object.assign(socket, members, { getPeerCertificate: () => ({}), getSession: () => undefined })
  return socket.once('connect', () => socket.emit('secureConnect'))
}

/** Adds the origin to a request of undici, which announces each request on a channel of Node. */
function markUndiciRequest(message: unknown): void {
  const { request } = Object(message)
  const { origin } = new URL(String(request.origin))
  if (isHubspotHost(new URL(origin).host)) request.addHeader(originHeader, origin)
}

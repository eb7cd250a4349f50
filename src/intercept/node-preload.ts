import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { isHubspotHost } from './hubspot-hosts.ts'

/** Stops an interception. */
export type StopIntercepting = () => void

/**
 * Leads the calls of this process to HubSpot's hosts to a mock instead: those of `fetch`, `node:https` and `node:http`,
 * and so of every client that uses them. Calls to other hosts are not touched.
 * @param baseUrl the base URL of the mock
 * @returns a function that undoes it
 */
export function interceptProcess(baseUrl: string): StopIntercepting {
  const base = new URL(baseUrl)
  const { fetch } = globalThis
  const originals = { http: pick(http), https: pick(https) }
  globalThis.fetch = (input, init) => fetch(...redirectFetch(base, input, init))
  replaceRequest(http, redirectRequest(base, originals.http.request, originals.http.request))
  replaceRequest(https, redirectRequest(base, originals.https.request, originals.http.request))
  syncBuiltinESMExports()
  return () => {
    globalThis.fetch = fetch
    Object.assign(http, originals.http)
    Object.assign(https, originals.https)
    syncBuiltinESMExports()
  }
}

function replaceRequest(module: typeof http | typeof https, request: (...args: unknown[]) => ClientRequest): void {
  const get = (...args: unknown[]) => {
    const sent = request(...args)
    sent.end()
    return sent
  }
  Object.assign(module, { request, get })
}

function pick({ request, get }: typeof http | typeof https) {
  return { request, get }
}

function redirectFetch(
  base: URL,
  input: string | URL | Request,
  init: RequestInit | undefined,
): [Request | string | URL, RequestInit | undefined] {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!isHubspotHost(url.host)) return [input, init]
  const target = new URL(url.pathname + url.search, base)
  return input instanceof Request ? [new Request(target, new Request(input, init)), undefined] : [target, init]
}

type Callback = (response: IncomingMessage) => void
/** A `request` function that leads calls to HubSpot's hosts to a mock, by the `request` of plain HTTP. */
function redirectRequest(base: URL, original: object, plain: typeof http.request) {
  return (...args: unknown[]): ClientRequest => {
    const { options, callback } = readArguments(args)
    const host = String(options.hostname ?? options.host ?? 'localhost')
    if (!isHubspotHost(host)) return Reflect.apply(original as typeof plain, undefined, args)
    // These are for the connection to HubSpot, which is not made.
    const { agent: _agent, host: _host, createConnection: _connection, ...rest } = options
    return plain({ ...rest, protocol: base.protocol, hostname: base.hostname, port: base.port }, callback)
  }
}

/** `request` takes a URL, options, or both, and a callback. */
function readArguments(args: readonly unknown[]): { options: RequestOptions; callback: Callback | undefined } {
  const [first, second] = args
  const url = typeof first === 'string' || first instanceof URL ? urlOptions(new URL(first)) : Object(first)
  const options = { ...url, ...(typeof second === 'object' ? second : {}) }
  const callback = args.find((arg): arg is Callback => typeof arg === 'function')
  return { options, callback }
}

function urlOptions({ protocol, hostname, port, pathname, search }: URL): RequestOptions {
  return { protocol, hostname, port, path: pathname + search }
}

import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { isHubspotHost, originHeader } from '../contract/hubspot-hosts.ts'
import { type CurrentBase, replaceMember } from './patch.ts'

type Callback = (response: IncomingMessage) => void
/** The arguments of `request` after the URL has become options. */
interface RequestArguments {
  /** `_defaultAgent` is the agent that Node's own modules, and clients that wrap them, use where `agent` is not set. */
  readonly options: RequestOptions & { readonly _defaultAgent?: { readonly protocol?: string } }
  readonly callback: Callback | undefined
}

/** Leads calls of `node:http` and `node:https` to HubSpot's hosts to a mock. @returns a function that undoes it */
export function patchRequests(currentBase: CurrentBase): () => void {
  const originals = { 'http:': http.request, 'https:': https.request }
  const undos = [http, https].flatMap((module) => {
    const scheme = module === https ? 'https:' : 'http:'
    const request = (...args: unknown[]): ClientRequest => {
      const base = currentBase()
      const redirected = base && redirect(readArguments(args), scheme, base)
      if (base === undefined || redirected === undefined) return Reflect.apply(originals[scheme], module, args)
      return originals[base.protocol === 'https:' ? 'https:' : 'http:'](redirected.options, redirected.callback)
    }
    const get = (...args: unknown[]) => {
      const sent = request(...args)
      sent.end()
      return sent
    }
    return [
      replaceMember<Pick<typeof http, 'request'>, 'request'>(module, 'request', request),
      replaceMember<Pick<typeof http, 'get'>, 'get'>(module, 'get', get),
    ]
  })
  return () => {
    for (const undo of undos) undo()
  }
}

/** The call to the mock in the place of one to HubSpot; undefined for a call to another host. */
function redirect({ options, callback }: RequestArguments, scheme: string, base: URL): RequestArguments | undefined {
  // The agents are for the connection to HubSpot, which is not made.
  const { agent: _agent, host: _host, createConnection: _connection, _defaultAgent: defaultAgent, ...rest } = options
  const path = options.path ?? '/'
  // A client with a proxy sends the whole URL in the place of the path, to the proxy.
  const [absolute] = /^https?:\/\/[^/?#]+/i.exec(path) ?? []
  const { protocol = defaultAgent?.protocol ?? scheme } = options
  const origin = hubspotOrigin(absolute ?? `${protocol}//${options.hostname ?? options.host}`)
  if (origin === undefined) return undefined
  const target = {
    protocol: base.protocol,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port,
    path: absolute === undefined ? path : path.slice(absolute.length),
    headers: withHeader(options.headers, originHeader, origin),
  }
  return { options: { ...rest, ...target }, callback }
}

function hubspotOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && isHubspotHost(url.host) ? url.origin : undefined
}

/** Headers are an object, a list of names and values in turn, or a list of pairs. */
function withHeader(headers: RequestOptions['headers'], name: string, value: string): RequestOptions['headers'] {
  if (!Array.isArray(headers)) return { ...headers, [name]: value }
  return Array.isArray(headers[0]) ? [...headers, [name, value]] : [...headers, name, value]
}

/** `request` takes a URL, options, or both, and a callback. */
function readArguments(args: readonly unknown[]): RequestArguments {
  const [first, second] = args
  const url = typeof first === 'string' || first instanceof URL ? urlOptions(first) : Object(first)
  const options = { ...url, ...(typeof second === 'object' ? second : {}) }
  const callback = args.find((arg): arg is Callback => typeof arg === 'function')
  return { options, callback }
}

function urlOptions(text: string | URL): RequestOptions {
  if (!URL.canParse(String(text))) return {}
  const { protocol, hostname, port, pathname, search, username, password } = new URL(text)
  const auth = username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }
  return { protocol, hostname, port, path: pathname + search, ...auth }
}

import type { IncomingMessage } from 'node:http'
import { isHubspotHost, originHeader } from '../../contract/hubspot-hosts.ts'
import { ownPaths } from '../../contract/operation-routes.ts'

const schemes = new WeakMap<object, string>()

/** The scheme of the address that a client used, where the request says it; undefined for other requests. */
export function schemeOf(request: IncomingMessage): string | undefined {
  return schemes.get(request)
}

type RequestHead = Pick<IncomingMessage, 'url' | 'headers'>

/**
 * The path and query of a request. A client that uses a proxy sends the whole URL instead, in absolute form; its host then
 * replaces the Host header (RFC 9112, 3.2.2), so that links lead back to the address that the client used.
 */
export function originFormOf(request: RequestHead): string {
  const { url = '/' } = request
  if (url.startsWith('/')) return restoreOrigin(request, url)
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (authority === '') return url
  schemes.set(request, scheme.toLowerCase())
  // A user name and a password before the host are secrets.
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/**
 * Restores the address of HubSpot that the client used in a process that is intercepted. It comes in a header, which is not
 * part of the request as the client sent it. The control API only accepts the address of the mock.
 */
function restoreOrigin(request: RequestHead, url: string): string {
  const { [originHeader]: origin } = request.headers
  if (origin === undefined) return url
  delete request.headers[originHeader]
  const [, scheme = '', host = ''] = /^(https?):\/\/(.+)$/i.exec(String(origin)) ?? []
  if (!isHubspotHost(host) || ownPaths.test(url)) return url
  schemes.set(request, scheme)
  request.headers.host = host
  return url
}

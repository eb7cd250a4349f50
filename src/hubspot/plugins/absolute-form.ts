import type { IncomingMessage } from 'node:http'

const schemes = new WeakMap<object, string>()

/** The scheme of the URL that a request in absolute form has; undefined for other requests. */
export function schemeOf(request: IncomingMessage): string | undefined {
  return schemes.get(request)
}

/**
 * The path and query of a request. A client that uses a proxy sends the whole URL instead, in absolute form; its host then
 * replaces the Host header (RFC 9112, 3.2.2), so that links lead back to the address that the client used.
 */
export function originFormOf(request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const { url = '/' } = request
  if (url.startsWith('/')) return url
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (authority === '') return url
  schemes.set(request, scheme.toLowerCase())
  // A user name and a password before the host are secrets.
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1)
  return rest.startsWith('/') ? rest : `/${rest}`
}

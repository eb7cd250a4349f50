import type { FastifyRequest } from 'fastify'
import { schemeOf } from './plugins/absolute-form.ts'

/** How the links in responses get their base URL. */
export interface LinkOptions {
  /** The base URL of all links; undefined for the address that the client used. */
  readonly publicUrl: string | undefined
  /** Whether to believe the headers by which a proxy tells the address that the client used. */
  readonly trustProxy: boolean
}

/** The base URL under which the client reached this mock, so that links lead back to it. */
export function baseUrlOf(request: FastifyRequest, { publicUrl, trustProxy }: LinkOptions): string {
  if (publicUrl !== undefined) return publicUrl
  const { proto, host } = trustProxy ? forwardedBy(request.headers) : nothingForwarded
  const name = host ?? request.host
  return name ? `${proto ?? schemeOf(request.raw) ?? request.protocol}://${name}` : request.server.listeningOrigin
}

interface Forwarded {
  readonly proto?: string | undefined
  readonly host?: string | undefined
}

const nothingForwarded: Forwarded = {}

/** The address in `Forwarded` (RFC 7239) or in the `X-Forwarded-*` headers. Of several proxies, the first counts. */
function forwardedBy(headers: FastifyRequest['headers']): Forwarded {
  const [forwarded = ''] = first(headers['forwarded']).split(',')
  const standard = { proto: parameter(forwarded, 'proto'), host: parameter(forwarded, 'host') }
  const [name, port] = [first(headers['x-forwarded-host']), first(headers['x-forwarded-port'])]
  const isPortMissing = name !== '' && port !== '' && !/:\d+$/.test(name)
  const proto = standard.proto ?? valid(first(headers['x-forwarded-proto']), /^https?$/i)?.toLowerCase()
  const isDefaultPort = port === (proto === 'https' ? '443' : '80')
  const host = isPortMissing && !isDefaultPort ? `${name}:${port}` : name
  return { proto, host: standard.host ?? valid(host, hostPattern) }
}

const hostPattern = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i

function parameter(forwarded: string, name: 'proto' | 'host'): string | undefined {
  const [, value = ''] = new RegExp(`(?:^|;) *${name}="?([^";]*)`, 'i').exec(forwarded) ?? []
  return name === 'proto' ? valid(value, /^https?$/i)?.toLowerCase() : valid(value, hostPattern)
}

function valid(value: string, pattern: RegExp): string | undefined {
  return pattern.test(value) ? value : undefined
}

function first(header: string | string[] | undefined): string {
  return String([header].flat()[0] ?? '')
    .replace(/,.*$/s, '')
    .trim()
}

import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Target } from './target.ts'

/** The proxies of a user, through which hosts other than HubSpot's are reached. */
export interface UpstreamProxies {
  /** For plain HTTP; undefined for none. Its protocol is `http:` or `https:`. */
  readonly http: URL | undefined
  /** For HTTPS; undefined for none. Its protocol is `http:` or `https:`. */
  readonly https: URL | undefined
  /** The entries of NO_PROXY: hosts that are reached without a proxy. */
  readonly noProxy: readonly string[]
}

export const noProxies: UpstreamProxies = { http: undefined, https: undefined, noProxy: [] }

/** The proxy for a target; undefined if it is reached directly. */
export function upstreamFor(
  proxies: UpstreamProxies,
  scheme: 'http' | 'https',
  { host, port }: Target,
): URL | undefined {
  return proxies.noProxy.some((entry) => isCovered(host, entry, port)) ? undefined : proxies[scheme]
}

/** The host and port of a proxy. */
export function targetOf({ hostname, port, protocol }: URL): Target {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) }
}

/** The value of `Proxy-Authorization` for the user and password in the URL of a proxy; undefined without a user. */
export function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '') return undefined
  const credentials = `${decode(username)}:${decode(password)}`
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

/** Text with percent-encoding decoded. A percent sign that is not part of an encoding stays, as for curl. */
function decode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => Buffer.from(encoded.replaceAll('%', ''), 'hex').toString())
}

/**
 * Whether an entry of NO_PROXY covers a host: `*`, a name with its subdomains, `.name`, `*.name`, an address, a range
 * such as `10.0.0.0/8`; each can have a port.
 */
export function isCovered(host: string, entry: string, port?: number): boolean {
  const name = host.replace(/\.$/, '').toLowerCase()
  const [, range = '', bits] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(entry) ?? []
  if (isIP(range)) return isInRange(name, range, Number(bits))
  const { host: given, port: givenPort } = readEntry(entry.toLowerCase())
  if (givenPort !== undefined && port !== undefined && givenPort !== port) return false
  if (given.startsWith('*')) return name.endsWith(given.slice(1))
  const suffix = given.replace(/^\.|\.$/g, '')
  return suffix !== '' && (name === suffix || name.endsWith(`.${suffix}`))
}

/** The host of an entry, without brackets around an IPv6 address, and its port. */
function readEntry(entry: string): { readonly host: string; readonly port: number | undefined } {
  const [, host = entry, port] = isIPv6(entry) ? [] : (/^(.+):(\d+)$/.exec(entry) ?? [])
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? undefined : Number(port) }
}

function isInRange(address: string, range: string, bits: number): boolean {
  if (isIP(address) === 0 || isIP(address) !== isIP(range) || bits > (isIPv6(range) ? 128 : 32)) return false
  const family = isIPv6(range) ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  list.addSubnet(range, bits, family)
  return list.check(address, family)
}

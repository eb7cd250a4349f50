import { isCovered, type UpstreamProxies } from '../intercept/upstream-proxies.ts'
import { UsageError } from './flags.ts'
import type { Terminal } from './terminal.ts'

type Environment = Terminal['env']

/**
 * The proxies that a user has, through which a mock that intercepts reaches other hosts. Lowercase names come first, as for
 * curl and Python.
 * @throws {UsageError} if one is not a URL, or of a kind that the mock cannot use
 */
export function upstreamProxiesOf(env: Environment): UpstreamProxies {
  return {
    http: firstProxy(env, ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']),
    https: firstProxy(env, ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']),
    noProxy: noProxyEntries(env),
  }
}

function firstProxy(env: Environment, names: readonly string[]): URL | undefined {
  const name = names.find((name) => env[name])
  const given = name === undefined ? undefined : env[name]?.trim()
  if (name === undefined || !given) return undefined
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  // The value may have a password, so that the messages do not repeat it.
  if (url === undefined || url.hostname === '')
    throw new UsageError(`${name}: not the URL of a proxy: use one such as http://proxy.example:3128`)
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  const kind = url.protocol.slice(0, -1)
  throw new UsageError(
    `${name}: exec --intercept cannot use a ${kind} proxy: use an http:// or https:// one, or unset ${name}`,
  )
}

/** The variables of a command whose proxy is a mock: it is reached directly, and other hosts as the user says. */
export function proxyVariables(url: string, env: Environment): { NO_PROXY: string } & Record<string, string> {
  return {
    http_proxy: url,
    HTTP_PROXY: url,
    https_proxy: url,
    HTTPS_PROXY: url,
    // An entry for HubSpot's hosts would let intercepted calls reach HubSpot.
    ...noProxyVariables(noProxyEntries(env).filter((entry) => !coversHubspot(entry))),
  }
}

/** Adds this machine to the hosts that are reached without a proxy: an `HTTP_PROXY` in CI must not get the calls. */
export function withoutProxy(env: Environment): Record<string, string> {
  return noProxyVariables(noProxyEntries(env))
}

function noProxyVariables(entries: readonly string[]): { NO_PROXY: string; no_proxy: string } {
  const value = [...new Set([...entries, 'localhost', '127.0.0.1', '::1'])].join(',')
  return { NO_PROXY: value, no_proxy: value }
}

function noProxyEntries(env: Environment): string[] {
  return `${env['no_proxy'] ?? ''},${env['NO_PROXY'] ?? ''}`.split(/[\s,]+/).filter((entry) => entry !== '')
}

/** Whether an entry of NO_PROXY covers one of HubSpot's hosts, in the reading of any client. */
function coversHubspot(entry: string): boolean {
  return /hubapi\.com\.?(:\d+)?$/i.test(entry) || isCovered('api.hubapi.com', entry)
}

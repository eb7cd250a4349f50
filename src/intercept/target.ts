/** A host, without brackets around an IPv6 address, and a port. */
export interface Target {
  readonly host: string
  readonly port: number
}

const maximumPort = 65_535

/**
 * Reads a target such as `example.com:443` or `[::1]:443`.
 * @param defaultPort the port of a target without one
 * @returns undefined for text that is not a target
 */
export function readTarget(text: string, defaultPort?: number): Target | undefined {
  const [, host = '', digits] = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i.exec(text) ?? []
  const port = Number(digits ?? defaultPort)
  return host !== '' && port >= 1 && port <= maximumPort ? { host: host.replace(/^\[|\]$/g, ''), port } : undefined
}

/** A target as in a Host header. */
export function writeTarget({ host, port }: Target): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

import type { Controls } from './controls.ts'
import type { Fixture } from './fixture.ts'
import type { Fidelity, RateLimitName } from './names.ts'
import type { PortalControls, PortalOptions, PortalSummary } from './portal.ts'

/**
 * The options of `buildApp`. All are optional.
 * @example
 * const options: AppOptions = { campaigns: 1000, seed: 42, fidelity: 'observed' }
 */
export interface AppOptions {
  /** A fixture, or the path of a fixture file or of a folder of them. Default: the campaigns of the README. */
  fixtures?: string | Fixture | undefined
  /** How many campaigns to generate. Default: as in the fixture, otherwise none. */
  campaigns?: number | undefined
  /** The seed of generated campaigns: the same seed gives the same campaigns. Default: as in the fixture, otherwise 1. */
  seed?: number | undefined
  /** Bearer tokens that are valid, in addition to those of the fixture. Default: every token, unless the fixture has some. */
  tokens?: readonly string[] | undefined
  /** The rate limit of a portal. With `off`, the default, no call is refused. */
  rateLimit?: RateLimitName | undefined
  /**
   * Refuses requests of which HubSpot would ignore a part, such as an unknown parameter: they get a 400 with a hint.
   * Default: false, which responds normally and sends the hint.
   */
  strict?: boolean | undefined
  /** Stops the clock and counts correlation ids, so that the same requests get the same bytes. Default: false. */
  frozen?: boolean | undefined
  /** The clock of the mock. Default: the system's clock, or a stopped one if `frozen`. */
  clock?: Clock | undefined
  /** Whether to follow HubSpot's spec or HubSpot's recorded responses, where the two differ. Default: `documented`. */
  fidelity?: Fidelity | undefined
  /**
   * The address to listen on. Default: 127.0.0.1, which only this machine can reach. On an address that is not
   * loopback, other machines can reach the control API, too.
   */
  host?: string | undefined
  /**
   * Serves HubSpot's hosts as a proxy: `CONNECT api.hubapi.com:443` leads to this mock, with a certificate of an authority
   * made for this run. Other hosts are reached unchanged, if the mock listens on loopback. Default: false.
   */
  intercept?: boolean | undefined
  /** Serves HTTPS as well: with a certificate of an authority made for this run, or with your own. Default: false. */
  tls?: boolean | OwnCertificate | undefined
  /** The base URL of links in responses, such as `https://hubspot.example`. Default: the address that the client used. */
  publicUrl?: string | undefined
  /** Uses `Forwarded` and `X-Forwarded-*` headers for the links in responses. Default: false. */
  trustProxy?: boolean | undefined
  /** The token that calls of the control API must send as `X-Mock-Control-Token`. Default: none. */
  controlToken?: string | undefined
  /**
   * Marks this mock as one of several behind a load balancer: calls of the control API that would change all portals
   * are refused, because they reach one of the mocks only. Default: false.
   */
  replica?: boolean | undefined
  /** Where to log, such as an instance of pino. Default: false, which logs nothing. */
  logger?: Logger | false | undefined
}

/**
 * The options of `startMock`. All are optional.
 * @example
 * const options: MockOptions = { fixtures: './test/fixtures', rateLimit: 'professional', frozen: true }
 */
export interface MockOptions extends AppOptions {
  /** The port to listen on. 0, the default, picks a free port. */
  port?: number | undefined
  /** The port for HTTPS. 0, the default, picks a free port. */
  tlsPort?: number | undefined
  /** Reload the fixture when its file or folder changes. An invalid fixture is logged, and the previous one stays. */
  watch?: boolean | undefined
}

/**
 * A running mock. Give `url` to the client under test. The methods do the same as the control API for the whole mock;
 * `portal(token)` has the same methods for one portal.
 * @example
 * await using mock = await startMock()
 * mock.scenarios.play('rate-limited')
 */
export interface Mock extends Controls {
  /** The base URL of the mock, without a slash at the end. */
  readonly url: string
  /** The base URL for HTTPS; undefined without the option `tls`. */
  readonly httpsUrl: string | undefined
  /** The certificate authority of this run as PEM, for clients to trust; undefined without TLS, or with your own certificate. */
  readonly ca: string | undefined
  /**
   * Restores the state after start: campaigns, scenarios, portals, journal, clock and rate limits. Takes well under a
   * millisecond.
   * @example
   * mock.campaigns.put({ id: 'spring' })
   * mock.reset()
   */
  reset(): void
  /**
   * The same methods for the portal of one token. Give each test a token of its own, and no test affects another.
   * @throws {BadInput} if the token or an option is invalid
   * @example
   * const portal = mock.portal('token-of-this-test', { label: 'retries after a 429' })
   * portal.scenarios.play('backlog')
   */
  portal(token: string, options?: PortalOptions): PortalControls
  /**
   * Lists the portals that were used or changed, the most recently used one first.
   * @example
   * for (const { label, name, requests } of mock.portals()) console.log(label ?? name, requests)
   */
  portals(): PortalSummary[]
  /**
   * Waits for responses in progress, then closes the port and frees all resources. Can be called more than once.
   * @example
   * await mock.close()
   */
  close(): Promise<void>
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A certificate with its private key, both as PEM.
 * @example
 * const tls: OwnCertificate = { cert: '-----BEGIN CERTIFICATE-----…', key: '-----BEGIN PRIVATE KEY-----…' }
 */
export interface OwnCertificate {
  /** The certificate, followed by intermediate ones. */
  readonly cert: string
  /** The private key. */
  readonly key: string
}

/**
 * The clock of a mock, which a test can replace by its own. Steps with `for`, token expiry, rate limits and the timestamps
 * in responses use it.
 * @example
 * let now = Date.parse('2026-05-20T18:40:27Z')
 * const clock: Clock = { now: () => now }
 * await using withClock = await startMock({ clock })
 * now += 500
 */
export interface Clock {
  /** Returns milliseconds since the epoch. */
  now(): number
}

/**
 * A logger: an instance of pino, or an object with the same methods.
 * @example
 * const log = (...parts: unknown[]) => console.error(...parts)
 * const logger: Logger = { level: 'info', child: () => logger, trace: log, debug: log, info: log, warn: log, error: log, fatal: log }
 * await using logged = await startMock({ logger })
 */
export interface Logger {
  /** The lowest level that is logged. */
  level: string
  /** Logs a line, with or without an object before the message. */
  trace(...parts: never[]): void
  /** Logs a line, with or without an object before the message. */
  debug(...parts: never[]): void
  /** Logs a line, with or without an object before the message. */
  info(...parts: never[]): void
  /** Logs a line, with or without an object before the message. */
  warn(...parts: never[]): void
  /** Logs a line, with or without an object before the message. */
  error(...parts: never[]): void
  /** Logs a line, with or without an object before the message. */
  fatal(...parts: never[]): void
  /** Creates a logger whose lines have these members as well. */
  child(members: never): Logger
}

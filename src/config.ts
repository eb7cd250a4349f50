import { type Static, Type } from '@sinclair/typebox'
import { Fidelity } from './contract/fidelity.ts'
import { RateLimitName } from './contract/rate-limits.ts'
import { BadInput } from './public/errors.ts'
import { describe, findProblems, withoutUndefined } from './text/schema-problems.ts'
import { mostGenerated } from './world/fixtures/fixture.ts'
import { refuseFirst } from './world/refusal.ts'

const LogLevel = Type.Union(
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const).map((level) => Type.Literal(level)),
  { description: 'trace, debug, info, warn, error, fatal or silent', default: 'info', title: 'log level' },
)

/** A token that clients can send: `~` separates it from the name of a scenario. */
const Token = Type.String({
  pattern: '^[\\x21-\\x7d]+$',
  description: 'a non-empty token of ASCII characters without spaces or ~',
  writeOnly: true,
})

/**
 * The flags of `start`. Name, type, default and check of a flag, of its environment variable and of the library option
 * follow from it. `title` is the help text, `description` says in messages what is expected.
 */
export const StartConfig = Type.Object({
  port: Type.Integer({ minimum: 0, maximum: 65535, default: 4010, title: 'port to listen on; 0 picks a free port' }),
  host: Type.String({ minLength: 1, default: '127.0.0.1', title: 'address to listen on' }),
  fixtures: Type.Optional(Type.String({ minLength: 1, title: 'fixture file, or folder of fixture files' })),
  watch: Type.Boolean({ default: false, title: 'reload fixtures when they change' }),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      title: 'seed of generated campaigns: the same seed gives the same campaigns',
    }),
  ),
  campaigns: Type.Optional(
    Type.Integer({ minimum: 0, maximum: mostGenerated, title: 'number of campaigns to generate' }),
  ),
  tokens: Type.Optional(
    Type.Array(Token, {
      title: 'Bearer tokens to accept, separated by commas; if neither this nor the fixture has any, all are accepted',
      description: 'a list of tokens',
      writeOnly: true,
    }),
  ),
  fidelity: Type.Union(Fidelity.anyOf, {
    description: Fidelity.description ?? '',
    default: 'documented',
    title: "follow HubSpot's spec or its recorded responses",
  }),
  rateLimit: Type.Union(RateLimitName.anyOf, {
    description: RateLimitName.description ?? '',
    default: 'off',
    title: 'return 429 for calls over this limit',
  }),
  strict: Type.Boolean({
    default: false,
    title: 'refuse requests that get a hint, such as those with an unknown parameter',
  }),
  frozen: Type.Boolean({
    default: false,
    title: 'stop the clock and number correlation ids: the same requests get the same bytes',
  }),
  intercept: Type.Boolean({
    default: false,
    title: "act as a proxy for HubSpot's hosts, with a certificate made for this run",
  }),
  tls: Type.Boolean({ default: false, title: 'serve HTTPS as well, with a certificate made for this run' }),
  tlsPort: Type.Integer({ minimum: 0, maximum: 65535, default: 4011, title: 'port for HTTPS; 0 picks a free port' }),
  tlsCert: Type.Optional(Type.String({ minLength: 1, title: 'file of your own certificate for HTTPS, as PEM' })),
  tlsKey: Type.Optional(Type.String({ minLength: 1, title: 'file of its private key, as PEM' })),
  caFile: Type.Optional(
    Type.String({
      minLength: 1,
      title: 'write the certificate authority of this run to this file, for clients to trust',
    }),
  ),
  publicUrl: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: 'a URL without a path, such as https://hubspot.example',
      title: 'base URL of links in responses, if it is not the address that clients use',
    }),
  ),
  trustProxy: Type.Boolean({
    default: false,
    title: 'use Forwarded and X-Forwarded headers of a proxy for links in responses',
  }),
  controlToken: Type.Optional(
    Type.String({
      minLength: 1,
      writeOnly: true,
      title: 'token that calls of the control API must send as X-Mock-Control-Token',
    }),
  ),
  replica: Type.Boolean({
    default: false,
    title: 'run as one of several mocks behind a load balancer: refuse calls that change all portals',
  }),
  logLevel: LogLevel,
})
export type StartConfig = Static<typeof StartConfig>

/** The options of the library: the flags of `start`, except for those that only a program can set in another way. */
export const LibraryOptions = Type.Partial(
  Type.Object({
    ...Type.Omit(StartConfig, ['logLevel', 'fixtures', 'tls', 'tlsCert', 'tlsKey', 'caFile']).properties,
    tls: Type.Union([Type.Boolean(), Type.Object({ cert: Type.String(), key: Type.String({ writeOnly: true }) })], {
      description: 'true, false or an object {cert, key}',
    }),
    fixtures: Type.Union([Type.String({ minLength: 1 }), Type.Object({})], {
      description: 'a fixture object, or the path of a fixture file or folder',
    }),
    clock: Type.Any(),
    logger: Type.Any(),
  }),
  { additionalProperties: false },
)

/**
 * Checks the options of the library at run time, for JavaScript callers.
 * @throws {BadInput} which names the option, the expected value and the value
 */
export function checkOptions(options: object): void {
  refuseFirst(findProblems(LibraryOptions, withoutUndefined(options)), 'the type MockOptions describes the options')
  checkClock(Reflect.get(options, 'clock'))
  checkLogger(Reflect.get(options, 'logger'))
}

function checkClock(clock: unknown): void {
  if (clock === undefined || typeof Object(clock).now === 'function') return
  const message = `clock: expected an object with a function now(), got ${describe(clock)}`
  throw new BadInput(message, 'now() returns milliseconds since the epoch')
}

const loggerMethods = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child']

function checkLogger(logger: unknown): void {
  if (logger === undefined || logger === false) return
  const missing = loggerMethods.find((name) => typeof Object(logger)[name] !== 'function')
  if (missing === undefined) return
  const got = typeof logger === 'object' && logger !== null ? `an object without ${missing}()` : describe(logger)
  const message = `logger: expected a logger such as an instance of pino, or false, got ${got}`
  throw new BadInput(message, 'use logger: pino() of the package pino, or leave it out')
}

/** The flags of `ready`. */
export const ReadyConfig = Type.Object({
  wait: Type.Boolean({ default: false, title: 'wait until the mock responds' }),
  timeout: Type.String({
    pattern: '^\\d+(ms|s|m)$',
    description: 'a time such as 500ms, 30s or 2m',
    default: '30s',
    title: 'maximum time to wait, such as 500ms, 30s or 2m',
  }),
  url: Type.Optional(
    Type.String({
      pattern: '^http://',
      description: 'a URL (http://…)',
      title: 'URL of the mock, if it is not on this machine',
    }),
  ),
})
export type ReadyConfig = Static<typeof ReadyConfig>

/** The flags of `drift`. */
export const DriftConfig = Type.Object({
  json: Type.Boolean({ default: false, title: 'print the report as JSON' }),
  verbose: Type.Boolean({ default: false, title: 'also list the known differences, and what was skipped' }),
  recorded: Type.Boolean({
    default: false,
    title:
      'the file contains recorded responses from HubSpot: a HAR file, the output of curl -i, a JSON body, or a folder of these',
  }),
})
export type DriftConfig = Static<typeof DriftConfig>

/** The flags of `compare`. The token is not one of them: it comes from an environment variable only. */
export const CompareConfig = Type.Object({
  contactHubspot: Type.Boolean({ default: false, title: 'allow requests to HubSpot with your token' }),
  baseUrl: Type.String({
    pattern: '^https?://',
    description: 'a URL (http://… or https://…)',
    default: 'https://api.hubapi.com',
    title: 'compare with another host, such as a second mock',
  }),
  out: Type.Optional(Type.String({ minLength: 1, title: 'also write the report to this file' })),
  json: Type.Boolean({ default: false, title: 'print the report as JSON' }),
})
export type CompareConfig = Static<typeof CompareConfig>

/** The flags of `check`. */
export const CheckConfig = Type.Object({
  json: Type.Boolean({ default: false, title: 'print the problems as JSON' }),
})

/** The flags of `import`. */
export const ImportConfig = Type.Object({
  out: Type.Optional(Type.String({ minLength: 1, title: 'file for the fixture, .yaml or .json, instead of stdout' })),
  force: Type.Boolean({ default: false, title: 'replace the file if it exists' }),
})

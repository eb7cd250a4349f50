import { parseArgs } from 'node:util'
import { Kind, type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { Fidelity } from './contract/fidelity.ts'
import { RateLimitName } from './contract/rate-limits.ts'
import { findProblems, given, suggest } from './text/schema-problems.ts'
import { mostGenerated } from './world/fixtures/fixture.ts'
import { BadInput, refuseFirst } from './world/refusal.ts'

/** Thrown when flags or environment cannot be used. The message is one line: the value, its place, the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const LogLevel = Type.Union(
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const).map((level) => Type.Literal(level)),
  { description: 'trace, debug, info, warn, error, fatal or silent', default: 'info', title: 'log level' },
)

/** The flags of `start`: one schema gives their defaults, conversion, check, type and help. */
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
    Type.Array(Type.String({ minLength: 1, description: 'tokens joined with commas', writeOnly: true }), {
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
  frozen: Type.Boolean({
    default: false,
    title: 'stop the clock and count correlation ids: the same requests get the same bytes',
  }),
  controlToken: Type.Optional(
    Type.String({
      minLength: 1,
      writeOnly: true,
      title: 'token that calls of the control API must send as X-Mock-Control-Token',
    }),
  ),
  logLevel: LogLevel,
})
export type StartConfig = Static<typeof StartConfig>

/** The options of the library: those of `start`, and what only a program can give. */
const LibraryOptions = Type.Partial(
  Type.Object({
    ...Type.Omit(StartConfig, ['logLevel', 'fixtures']).properties,
    fixtures: Type.Union([Type.String({ minLength: 1 }), Type.Object({})], {
      description: 'a fixture or the path of one',
    }),
    clock: Type.Any(),
    logger: Type.Any(),
  }),
  { additionalProperties: false },
)

/**
 * Checks the options of the library, for JavaScript callers.
 * @throws {BadInput} that names the option, what it takes and what was given
 */
export function checkOptions(options: object): void {
  refuseFirst(findProblems(LibraryOptions, given(options)), 'see MockOptions')
  const { clock } = options as { clock?: { now?: unknown } }
  if (clock === undefined || typeof clock.now === 'function') return
  throw new BadInput('clock: expected an object with a function now()', 'now() gives milliseconds since the epoch')
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
  recorded: Type.Boolean({
    default: false,
    title: 'the file is a recorded response of HubSpot: a JSON body, a HAR entry or a HAR file',
  }),
})
export type DriftConfig = Static<typeof DriftConfig>

/** Where `start` would listen: what `ready` asks unless told otherwise. */
export const StartPort = Type.Pick(StartConfig, ['port'])

type Environment = Readonly<Record<string, string | undefined>>

interface Given {
  /** What stands there: a text, or true for a flag without a value. */
  readonly raw: string | true
  /** How the user wrote it: `--port` or `HUBSPOT_MOCK_PORT`. */
  readonly place: string
}

/**
 * Flags, environment and defaults become one checked configuration. A flag beats `HUBSPOT_MOCK_<FLAG>`,
 * which beats the default; `PORT` is honoured last.
 * @throws {UsageError}
 */
export function readConfig<T extends TObject>(schema: T, args: readonly string[], env: Environment): Static<T> {
  const flags = readFlags(schema, args)
  const config: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(schema.properties)) {
    const given = flags.get(name) ?? fromEnvironment(name, env)
    const value = given === undefined ? member.default : convert(member, given.raw)
    if (given !== undefined) refuseUnfit(member, value, given.place)
    if (value !== undefined) config[name] = value
  }
  return config as Static<T>
}

const flagColumns = 22

/** The flags of a schema with their meaning and default, a line each. */
export function describeFlags(schema: TObject): string {
  const lines = Object.entries(schema.properties).map(([name, member]) => {
    const value = kindOf(member) === 'Boolean' ? '' : ` <${valueName(member)}>`
    const names = kindOf(member) === 'Union' ? `: ${member.description}` : ''
    const fallback = member.default === undefined || member.default === false ? '' : ` (default ${member.default})`
    return `  ${`--${kebab(name)}${value}`.padEnd(flagColumns)} ${member.title}${names}${fallback}`
  })
  return lines.join('\n')
}

function valueName(member: TSchema): string {
  if (kindOf(member) === 'Integer') return 'n'
  return kindOf(member) === 'Union' ? 'name' : 'text'
}

function readFlags(schema: TObject, args: readonly string[]): Map<string, Given> {
  const names = new Map(Object.keys(schema.properties).map((name) => [kebab(name), name]))
  const options = Object.entries(schema.properties).map(([name, member]) => {
    return [kebab(name), { type: kindOf(member) === 'Boolean' ? 'boolean' : 'string' } as const] as const
  })
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options),
    strict: false,
    tokens: true,
  })
  const given = new Map<string, Given>()
  for (const token of tokens) {
    // Not repeated: it may be a token that was meant for --tokens.
    if (token.kind === 'positional') throw new UsageError(`argument ${token.index + 1}: unexpected, leave it out`)
    if (token.kind === 'option-terminator') continue
    const name = names.get(token.name)
    if (name === undefined) {
      throw new UsageError(`${token.rawName}: unknown flag, ${suggest(token.name, [...names.keys()])}`)
    }
    given.set(name, { raw: token.value ?? true, place: token.rawName })
  }
  return given
}

function fromEnvironment(name: string, env: Environment): Given | undefined {
  const variables = [`HUBSPOT_MOCK_${kebab(name).replaceAll('-', '_').toUpperCase()}`]
  if (name === 'port') variables.push('PORT')
  const place = variables.find((variable) => env[variable])
  const raw = place === undefined ? undefined : env[place]
  return place === undefined || raw === undefined ? undefined : { raw, place }
}

/** A text as the type its schema asks for; as it stands if it cannot be that. */
function convert(member: TSchema, raw: string | true): unknown {
  switch (kindOf(member)) {
    case 'Integer':
    case 'Union':
      return typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw
    case 'Boolean':
      return { true: true, 1: true, false: false, 0: false }[String(raw)] ?? raw
    case 'Array':
      return typeof raw === 'string' ? raw.split(',').map((part) => part.trim()) : raw
    default:
      return raw
  }
}

function refuseUnfit(member: TSchema, value: unknown, place: string): void {
  const [problem] = findProblems(member, value)
  if (problem === undefined) return
  throw new UsageError(value === true ? `${place}: needs a value` : `${place}: ${problem.message}`)
}

function kindOf(member: TSchema): string {
  return member[Kind]
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

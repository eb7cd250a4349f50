import { parseArgs } from 'node:util'
import { Kind, type Static, type TObject, type TSchema } from '@sinclair/typebox'
import { findProblems, nearest, suggest, writePath } from '../text/schema-problems.ts'

/** Thrown for an invalid flag, argument or environment variable. The message is one line: the value, its place, the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Environment = Readonly<Record<string, string | undefined>>

/** A value as the user wrote it. */
interface RawValue {
  /** The text, or true for a flag without a value. */
  readonly text: string | true
  /** Where it comes from, such as `--port` or `HUBSPOT_MOCK_PORT`. */
  readonly place: string
}

/**
 * Makes one checked configuration of flags, environment and defaults. A flag beats `HUBSPOT_MOCK_<FLAG>`, which beats
 * the default. For the port, `PORT` comes after `HUBSPOT_MOCK_PORT`.
 * @param schema describes the flags, see config.ts
 * @throws {UsageError}
 */
export function readConfig<T extends TObject>(schema: T, args: readonly string[], env: Environment): Static<T> {
  const flags = readFlags(schema, args)
  const config: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(schema.properties)) {
    const raw = flags.get(name) ?? readEnvironment(name, env)
    const value = raw === undefined ? member.default : convert(member, raw.text)
    if (raw !== undefined) refuseInvalid(member, value, raw.place)
    if (value !== undefined) config[name] = value
  }
  return config as Static<T>
}

const flagColumns = 22

/** The flags of a schema with their help texts and defaults, one line each. */
export function describeFlags(schema: TObject): string {
  const lines = Object.entries(schema.properties).map(([name, member]) => {
    const value = kindOf(member) === 'Boolean' ? '' : ` <${valueName(member)}>`
    const values = kindOf(member) === 'Union' ? `: ${member.description}` : ''
    const fallback = member.default === undefined || member.default === false ? '' : ` (default ${member.default})`
    return `  ${`${flagOf(name)}${value}`.padEnd(flagColumns)} ${member.title}${values}${fallback}`
  })
  return lines.join('\n')
}

function valueName(member: TSchema): string {
  if (kindOf(member) === 'Integer') return 'n'
  return kindOf(member) === 'Union' ? 'name' : 'text'
}

function readFlags(schema: TObject, args: readonly string[]): Map<string, RawValue> {
  const names = new Map(Object.keys(schema.properties).map((name) => [flagOf(name), name]))
  const options = Object.entries(schema.properties).map(([name, member]) => {
    return [kebab(name), { type: kindOf(member) === 'Boolean' ? 'boolean' : 'string' } as const] as const
  })
  const { tokens } = parseArgs({ args: [...args], options: Object.fromEntries(options), strict: false, tokens: true })
  const flags = new Map<string, RawValue>()
  for (const token of tokens) {
    if (token.kind === 'positional') throw unexpectedArgument(token.value, token.index)
    if (token.kind === 'option-terminator') continue
    const name = names.get(token.rawName)
    if (name === undefined) {
      throw new UsageError(`unknown flag ${token.rawName}: ${suggest(token.rawName, [...names.keys()])}`)
    }
    flags.set(name, { text: token.value ?? true, place: token.rawName })
  }
  return flags
}

/** Only a number is shown: another argument could be a token that was meant for `--tokens`. */
function unexpectedArgument(value: string, index: number): UsageError {
  const isPort = /^\d{1,5}$/.test(value)
  return isPort
    ? new UsageError(`unexpected argument "${value}": flags start with -- (with npm: npm start -- --port ${value})`)
    : new UsageError(`unexpected argument ${index + 1}: flags start with --, and several tokens are joined with commas`)
}

function readEnvironment(name: string, env: Environment): RawValue | undefined {
  const variables = [variableOf(name)]
  if (name === 'port') variables.push('PORT')
  const place = variables.find((variable) => env[variable] && !isOfKubernetes(variable, env[variable]))
  const text = place === undefined ? undefined : env[place]
  return place === undefined || text === undefined ? undefined : { text, place }
}

/**
 * Whether Kubernetes sets a variable, for a Service with the name `hubspot-mock`: `HUBSPOT_MOCK_PORT` is then
 * `tcp://10.0.0.1:4010`, and there are others such as `HUBSPOT_MOCK_SERVICE_HOST` and `HUBSPOT_MOCK_PORT_4010_TCP`.
 */
function isOfKubernetes(variable: string, value = ''): boolean {
  return /^HUBSPOT_MOCK_(SERVICE_|PORT_\d+_)/.test(variable) || (variable.endsWith('PORT') && value.includes('://'))
}

/**
 * Checks that every `HUBSPOT_MOCK_…` variable belongs to a flag.
 * @returns a warning for each variable that does not
 * @throws {UsageError} for a variable whose name is similar to that of a flag
 */
export function checkEnvironment(schema: TObject, env: Environment): string[] {
  const known = Object.keys(schema.properties).map(variableOf)
  return Object.keys(env).flatMap((variable) => {
    if (!variable.startsWith('HUBSPOT_MOCK_') || known.includes(variable)) return []
    if (isOfKubernetes(variable, env[variable])) return []
    const near = nearest(
      variable.slice(prefixLength),
      known.map((name) => name.slice(prefixLength)),
    )
    if (near === undefined) return [`unknown environment variable ${variable}: it has no effect`]
    throw new UsageError(`unknown environment variable ${variable}: did you mean HUBSPOT_MOCK_${near}?`)
  })
}

const prefixLength = 'HUBSPOT_MOCK_'.length

function variableOf(name: string): string {
  return `HUBSPOT_MOCK_${kebab(name).replaceAll('-', '_').toUpperCase()}`
}

/** A text as a value of the type in its schema; unchanged if it cannot be converted. */
function convert(member: TSchema, text: string | true): unknown {
  switch (kindOf(member)) {
    case 'Integer':
    case 'Union':
      return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text
    case 'Boolean':
      return { true: true, 1: true, false: false, 0: false }[String(text)] ?? text
    case 'Array':
      return typeof text === 'string' ? text.split(',').map((part) => part.trim()) : text
    default:
      return text
  }
}

function refuseInvalid(member: TSchema, value: unknown, place: string): void {
  const [problem] = findProblems(member, value)
  if (problem === undefined) return
  throw new UsageError(
    value === true ? `${place}: needs a value` : `${place}${writePath(problem.path)}: ${problem.message}`,
  )
}

function kindOf(member: TSchema): string {
  return member[Kind]
}

function flagOf(name: string): string {
  return `--${kebab(name)}`
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

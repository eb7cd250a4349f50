import type { TObject, TSchema } from '@sinclair/typebox'
import { type Operation, operations } from '../../contract/operations.ts'
import { nearest, writePath } from '../../text/schema-problems.ts'
import type { HubspotContext } from '../context.ts'
import { addHint } from '../hint.ts'
import type { OpenExchange } from '../open-exchange.ts'

/** Parameters that HubSpot's own clients send to operations that do not document them (observed). */
const exemptParameters = ['hapikey', 'campaign_guid']

/**
 * Records the parameters and the members of the body that the operation does not declare, which HubSpot ignores or
 * refuses, and adds a hint for them.
 * @throws {Refusal} in strict mode, if there are any
 */
export function reportUnread(exchange: OpenExchange, context: HubspotContext): void {
  const { route, record } = exchange
  if (route === undefined) return
  const { query, form, body } = route.operation
  const unread = unreadParameters(exchange.query, query, form)
  if (form !== undefined) unread.push(...unreadFields(form, exchange.body))
  else if (body !== undefined) unread.push(...exchange.unreadInBody)
  else if (/[^\s{}]/.test(record.body.slice(0, 2)) || record.body.length > 2) unread.push('body')
  if (unread.length === 0) return
  record.unread = unread
  addHint(exchange, context, `HubSpot does not read ${unread.map((name) => describe(name, query)).join(', ')}`)
}

function unreadParameters(
  given: OpenExchange['query'],
  query: TObject | undefined,
  form: TObject | undefined,
): string[] {
  const unread: string[] = []
  for (const name in given) {
    const isDeclared = Object.hasOwn(query?.properties ?? {}, name) || Object.hasOwn(form?.properties ?? {}, name)
    if (!isDeclared && !exemptParameters.includes(name)) unread.push(`query.${name}`)
  }
  return unread
}

/** The names of fields in all forms. */
const fieldNames = Object.values<Operation>(operations).flatMap(({ form }) => Object.keys(form?.properties ?? {}))

/** The fields of a form that its operation does not declare. A name that is not known could be a secret: it is not shown. */
function unreadFields(form: TObject, body: unknown): string[] {
  const names = Object.keys(Object(body)).filter((name) => !Object.hasOwn(form.properties, name))
  return names
    .filter((name) => !exemptParameters.includes(name))
    .map((name) => (nearest(name, fieldNames) === undefined ? 'body.(unknown field)' : `body.${name}`))
}

/** The paths of the members of a value that its schema does not declare, such as `body.inputs[0].name`. */
export function unreadMembers(schema: TSchema, value: unknown, path: readonly (string | number)[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => unreadMembers(schema['items'], item, [...path, i]))
  const properties: Record<string, TSchema> | undefined = schema['properties']
  if (properties === undefined || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const declared = Object.hasOwn(properties, name) ? properties[name] : undefined
    return declared === undefined
      ? [`body.${writePath([...path, name])}`]
      : unreadMembers(declared, member, [...path, name])
  })
}

/** A parameter or member, with the declared parameter that it may stand for. */
function describe(unread: string, query: TObject | undefined): string {
  const [, parameter] = /^query\.(.*)$/s.exec(unread) ?? []
  if (parameter === undefined) return unread === 'body' ? 'the body' : `${unread.replace('body.', '')} in the body`
  const near = nearest(parameter, Object.keys(query?.properties ?? {}))
  return `the parameter ${parameter}${near === undefined ? '' : ` (did you mean ${near}?)`}`
}

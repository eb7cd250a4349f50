import { type Json, member, objectOf, textOf } from '../json.ts'
import { isAnnotation } from './plain-schema.ts'

/** The address of a server, with the defaults of its variables. */
export function serverAddress(server: Json): string {
  const variables = objectOf(member(server, 'variables'))
  const url = textOf(member(server, 'url')).replace(/\{([^{}]*)\}/g, (whole, name) => {
    return Object.hasOwn(variables, name) ? textOf(member(variables[name], 'default')) : whole
  })
  return url.length > 1 && url.endsWith('/') ? url.slice(0, -1) : url
}

/**
 * How a client uses a security scheme, without texts for people. The scopes that it offers are left out: an operation names
 * those that it needs.
 */
export function describeScheme(scheme: Json | undefined): Json {
  return scheme === undefined ? 'not described' : withoutTexts(scheme)
}

/** An object without annotations and scopes, its members sorted by name. */
function withoutTexts(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value).filter(([name]) => name !== 'scopes' && !isAnnotation(name))
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, member]) => [name, withoutTexts(member)]))
}

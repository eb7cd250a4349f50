/** Any value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** A member of an object; undefined if there is no such member, or no object. */
export function member(value: Json | undefined, name: string): Json | undefined {
  const members = objectOf(value)
  return Object.hasOwn(members, name) ? members[name] : undefined
}

/** A value as an object; an empty one if it is not an object. */
export function objectOf(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

/** A value as a list; an empty one if it is not a list. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}

/** A value as text: a string as it is, anything else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

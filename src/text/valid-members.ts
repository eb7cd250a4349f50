import type { Static, TObject, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/** The members of an object that are valid for a schema, without all others; none of any other value. */
export function validMembers<T extends TObject>(schema: T, value: unknown): Partial<Static<T>> {
  const members: Record<string, TSchema> = schema.properties
  const valid = membersOf(value).filter(([name, member]) => {
    const own = Object.hasOwn(members, name) ? members[name] : undefined
    return own !== undefined && Value.Check(own, member)
  })
  return Object.fromEntries(valid) as Partial<Static<T>>
}

/** The members of an object; none of any other value. */
export function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

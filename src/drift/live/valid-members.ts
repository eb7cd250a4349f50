import type { Static, TObject, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type Json, objectOf } from '../json.ts'

/**
 * The members of a value that a schema has and allows. The others are left out: a mock that does not have them shows them
 * as differences.
 */
export function validMembers<T extends TObject>(schema: T, value: Json | undefined): Partial<Static<T>> {
  const members: Record<string, TSchema> = schema.properties
  const valid = Object.entries(objectOf(value)).filter(([name, member]) => {
    const own = Object.hasOwn(members, name) ? members[name] : undefined
    return own !== undefined && Value.Check(own, member)
  })
  return Object.fromEntries(valid) as Partial<Static<T>>
}

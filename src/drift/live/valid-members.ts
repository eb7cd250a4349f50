import type { Static, TObject, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { type Json, objectOf } from '../json.ts'

/**
 * The members of a value that are valid for a schema. The others are left out, so that the comparison reports them as
 * missing in the mock.
 */
export function validMembers<T extends TObject>(schema: T, value: Json | undefined): Partial<Static<T>> {
  const members: Record<string, TSchema> = schema.properties
  const valid = Object.entries(objectOf(value)).filter(([name, member]) => {
    const own = Object.hasOwn(members, name) ? members[name] : undefined
    return own !== undefined && Value.Check(own, member)
  })
  return Object.fromEntries(valid) as Partial<Static<T>>
}

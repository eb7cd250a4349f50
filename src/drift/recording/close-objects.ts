import { Kind, type TSchema, Type } from '@sinclair/typebox'

/** A schema with every object closed, so that an unknown member is a problem. Formats are left out. */
export function closeObjects(schema: TSchema): TSchema {
  return Type.Unsafe(close(schema))
}

function close(schema: unknown): TSchema {
  if (typeof schema !== 'object' || schema === null) return schema as unknown as TSchema
  if (Array.isArray(schema)) return schema.map(close) as unknown as TSchema
  const { format: _, ...rest } = schema as TSchema
  const entries = Reflect.ownKeys(rest).map((key) => [key, close(Reflect.get(rest, key))])
  const closing = Reflect.get(schema, Kind) === 'Object' ? { additionalProperties: false } : {}
  return { ...Object.fromEntries(entries), ...closing }
}

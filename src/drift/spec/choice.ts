import { type Json, member, objectOf, textOf } from '../json.ts'

/** Whether a schema is one of an object. */
export function isObjectSchema(schema: Json | undefined): boolean {
  const { type, properties } = objectOf(schema)
  return type === 'object' || (type === undefined && properties !== undefined)
}

/**
 * The name of one of several schemas: that of the component that it refers to or is equal to, or its title.
 * @returns undefined for a schema without a name
 */
export function optionName(document: Json, option: Json): string | undefined {
  const reference = /^#\/components\/schemas\/([^/]+)$/.exec(String(member(option, '$ref')))?.[1]
  if (reference !== undefined) return reference
  const title = member(option, 'title')
  if (title !== undefined) return textOf(title)
  const text = JSON.stringify(option)
  const components = Object.entries(objectOf(member(member(document, 'components'), 'schemas')))
  return components.find(([, schema]) => JSON.stringify(schema) === text)?.[0]
}

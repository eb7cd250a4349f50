/** The place of rules that only the JSON Schema of fixtures states: OpenAPI does not have their keywords. */
const schemaRules = Symbol('rules')

/**
 * Options that add keywords to a schema in the JSON Schema of fixtures. Code checks the same rules, with better messages.
 * @param rules keywords of JSON Schema draft 7
 */
export function withRules(rules: object): object {
  return { [schemaRules]: rules }
}

/** A schema as JSON Schema, with its rules. */
export function withRulesStated(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(withRulesStated)
  const stated = Object.entries(schema).map(([keyword, value]) => [keyword, withRulesStated(value)])
  return { ...Object.fromEntries(stated), ...Reflect.get(schema, schemaRules) }
}

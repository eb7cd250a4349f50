import fc from 'fast-check'

/** The keywords of the JSON Schema of fixtures. */
export interface SchemaPart {
  $ref?: string
  enum?: unknown[]
  anyOf?: SchemaPart[]
  type?: string
  description?: string
  pattern?: string
  minLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  items?: SchemaPart
  required?: string[]
  properties?: Record<string, SchemaPart>
  additionalProperties?: false | SchemaPart
  propertyNames?: { pattern: string }
  definitions?: Record<string, SchemaPart>
}

const maximumItems = 2
const maximumOptional = 3

/** Values of a schema. The rules that members have for each other are not followed: some values break one. */
export class ArbitraryValue {
  readonly #definitions: Record<string, SchemaPart>

  constructor({ definitions = {} }: SchemaPart) {
    this.#definitions = definitions
  }

  of(schema: SchemaPart): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.of(this.#definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {})
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => this.of(one)))
    const { minimum: min, maximum: max } = schema
    const range = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
    switch (schema.type) {
      case 'string':
        return textOf(schema.pattern, schema.minLength)
      case 'integer':
        return fc.maxSafeInteger().map((n) => Math.min(Math.max(n, min ?? n), max ?? n))
      case 'number':
        return fc.double({ ...range, noNaN: true, noDefaultInfinity: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(this.of(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: maximumItems })
      case 'object':
        return schema.properties === undefined ? this.#record(schema) : this.#object(schema, schema.properties)
    }
    return fc.jsonValue({ maxDepth: 1 })
  }

  #record({ propertyNames, additionalProperties }: SchemaPart): fc.Arbitrary<unknown> {
    return fc.dictionary(textOf(propertyNames?.pattern), this.of(additionalProperties || {}), { maxKeys: maximumItems })
  }

  #object({ required = [] }: SchemaPart, properties: Record<string, SchemaPart>): fc.Arbitrary<unknown> {
    const optional = Object.keys(properties).filter((name) => !required.includes(name))
    const chosen = fc.subarray(optional, { maxLength: Math.min(maximumOptional, optional.length) })
    return chosen.chain((names) => {
      return fc.record(
        Object.fromEntries([...required, ...names].map((name) => [name, this.of(properties[name] ?? {})])),
      )
    })
  }
}

const dayOf = (moment: string) => moment.slice(0, 'YYYY-MM-DD'.length)
const years = { min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }

/** Texts of a pattern; of one that begins with a day, days and moments that exist. */
function textOf(pattern: string | undefined, minLength = 0): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ minLength, unit: 'binary' })
  if (!pattern.startsWith('^\\d{4}-')) return fc.stringMatching(new RegExp(pattern))
  const moments = fc.date(years).map((date) => date.toISOString())
  if (pattern.includes('/')) {
    return fc.tuple(moments, moments).map((pair) => pair.map(dayOf).sort().join('/'))
  }
  return pattern.endsWith('\\d{2}$') ? moments.map(dayOf) : moments
}

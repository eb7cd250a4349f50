import { Kind, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseMoment } from '../../text/dates.ts'
import { type Json, objectOf } from '../json.ts'
import { campaignFindings } from './check-campaign.ts'
import { showName } from './describe-value.ts'
import { type Finding, inside } from './finding.ts'

/** What the mock never sends though the schema allows it: the order of members, the form of texts, empty values. */
export function* valueFindings(schema: TSchema, value: Json, at = ''): Generator<Finding> {
  const below = at === '' ? '' : `${at}.`
  switch (schema[Kind]) {
    case 'Object':
      yield* objectFindings(schema, value, below)
      break
    case 'Array':
      for (const [i, item] of (Array.isArray(value) ? value : []).entries()) {
        yield* valueFindings(schema['items'], item, `${at}[${i}]`)
      }
      break
    case 'Record':
      for (const [name, item] of Object.entries(objectOf(value))) {
        yield* valueFindings(membersOf(schema), item, `${below}${showName(name)}`)
      }
      break
    case 'Union': {
      const option = schema['anyOf'].find((one: TSchema) => Value.Check(one, value))
      if (option !== undefined) yield* valueFindings(option, value, at)
      break
    }
    default:
      yield* formatFindings(schema, value, at)
  }
}

/** The schema of the members of a record. */
function membersOf(schema: TSchema): TSchema {
  const [members = schema] = Object.values<TSchema>(schema['patternProperties'])
  return members
}

/** The titles of schemas whose members are in the order in which they were recorded. */
const recordedInOrder = /^(?:PublicCampaign|Batch|CollectionResponse|PortalInformation)/

function* objectFindings(schema: TSchema, value: Json, below: string): Generator<Finding> {
  const properties: Record<string, TSchema> = schema['properties']
  const [names, members] = [Object.keys(properties), objectOf(value)]
  const hasOrder = recordedInOrder.test(schema.title ?? 'Batch')
  const places = Object.keys(members).flatMap((name) => (names.includes(name) ? [names.indexOf(name)] : []))
  if (hasOrder && places.some((place, i) => place < (places[i - 1] ?? 0))) {
    yield `${below}${names[0]}: the members are in another order`
  }
  for (const [name, member] of Object.entries(properties)) {
    if (Object.hasOwn(members, name)) yield* valueFindings(member, members[name] ?? null, `${below}${name}`)
  }
  if (!String(schema.title).startsWith('PublicCampaign') || members['properties'] === undefined) return
  for (const finding of campaignFindings(value)) yield inside(below, finding)
}

const largestInt32 = 2 ** 31 - 1

function* formatFindings(schema: TSchema, value: Json, at: string): Generator<Finding> {
  if (schema['format'] === 'int32' && Number(value) > largestInt32) yield `${at}: is larger than 32 bits`
  if (schema['format'] !== 'date-time' || typeof value !== 'string') return
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
  if (!isWritten || parseMoment(value) === undefined) {
    yield `${at}: is not written with three decimals and Z, as the mock does`
  }
}

import type { JsonPath } from '../../text/json-text.ts'
import { writePath } from '../../text/schema-problems.ts'
import { type Json, member, objectOf } from '../json.ts'

/** The members that differ from call to call. */
const changing = ['completedAt', 'startedAt', 'requestedAt', 'correlationId']

/**
 * The path of the first difference between two bodies. It ignores the times of a batch, correlation ids, the origin of links
 * and the order of campaigns in a batch.
 * @returns undefined if they are equal
 */
export function firstDifference(recorded: Json, given: Json): string | undefined {
  const path = differenceIn(inOrder(recorded), inOrder(given), [])
  return path === undefined ? undefined : writePath(path) || 'the whole body'
}

function differenceIn(a: Json | undefined, b: Json | undefined, path: JsonPath): JsonPath | undefined {
  if (!isSameKind(a, b)) return withoutOrigin(a) === withoutOrigin(b) ? undefined : path
  const [one, other] = [Object(a), Object(b)]
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (path.length === 0 && changing.includes(name)) continue
    const found = differenceIn(one[name], other[name], [...path, Array.isArray(a) ? Number(name) : name])
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether both are objects, or both are lists. */
function isSameKind(a: Json | undefined, b: Json | undefined): boolean {
  const areObjects = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null
  return areObjects && Array.isArray(a) === Array.isArray(b)
}

function withoutOrigin(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.replace(/^https?:\/\/[^/]+(?=\/marketing\/)/, '') : value
}

/** A batch with its campaigns sorted: HubSpot does not promise their order. */
function inOrder(body: Json): Json {
  const results = member(body, 'results')
  if (member(body, 'completedAt') === undefined || !Array.isArray(results)) return body
  const idOf = (campaign: Json) => String(member(campaign, 'id'))
  return { ...objectOf(body), results: [...results].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) }
}

import { type Json, listOf, member, textOf } from '../json.ts'
import type { Claim, Discrepancy } from './discrepancy.ts'
import { type Fact, Facts, Subject, valueText } from './fact.ts'

/**
 * Whether a client that works with this mock would fail with HubSpot: because HubSpot refuses or ignores what the client
 * can send to the mock, or because HubSpot responds with what the mock never sends.
 */
export function breaksClient(discrepancy: Discrepancy, theirs: Facts, ours: Facts): boolean {
  const { subject } = discrepancy
  switch (subject.part) {
    case 'operation':
      return breaksCaller(discrepancy)
    case 'parameter':
    case 'body':
      return isWider(discrepancy, {
        sent: discrepancy.ours,
        expected: discrepancy.theirs,
        sender: ours,
        receiver: theirs,
      })
    case 'header':
      // Clients ignore headers that they do not know.
      return discrepancy.ours !== null && discrepancy.theirs !== null
    default:
      return breaksReader(discrepancy, theirs, ours)
  }
}

/** A new way to call does no harm; one that is gone or works in another way does. */
function breaksCaller({ keyword, theirs, ours }: Discrepancy): boolean {
  if (['operationId', 'version', 'deprecated'].includes(keyword)) return false
  return !(ours === null && theirs !== null && ['method', 'security', 'server', 'scheme'].includes(keyword))
}

function breaksReader(discrepancy: Discrepancy, theirs: Facts, ours: Facts): boolean {
  const { subject, keyword, theirs: sent, ours: expected } = discrepancy
  const isPresence = keyword === 'presence'
  const isResponse = isPresence && subject.parent === undefined
  if (isResponse && /^[45](\d\d|XX)$/.test(subject.text) && expected === null)
    return breaksDefault(subject, theirs, ours)
  if (isResponse) return true
  // A new schema of a response is one that clients do not expect.
  if (isPresence && subject.isOption) return expected === null
  if (isPresence && expected === null) return false
  // What the mock sends, even if rarely, a client can rely on.
  if (isPresence && sent === null) return true
  if (keyword === 'writeOnly') return sent !== null
  return isWider(discrepancy, { sent, expected, sender: theirs, receiver: ours })
}

/** An error with a status of its own has to be like HubSpot's other errors, as far as its body is described. */
function breaksDefault(status: Subject, theirs: Facts, ours: Facts): boolean {
  const fallback = Subject.of('response', 'default')
  const isOf = (root: Subject) => (fact: Fact) =>
    fact.subject.root.key === root.key && fact.subject.part === 'response' && !isPresenceOf(fact, root)
  // The mock describes the other errors of every operation.
  const others = theirs.get(fallback, 'presence') === undefined ? ours : theirs
  const own = new Facts()
  for (const { subject, keyword, item, values } of [...theirs].filter(isOf(status))) {
    for (const value of values) own.add(subject.movedTo(fallback), keyword, value, item)
  }
  if (own.size === 0) return false
  const places = [...own, ...[...others].filter(isOf(fallback))]
  return places.some(({ subject, keyword, item }) => {
    const [sent, expected] = [own.get(subject, keyword, item), others.get(subject, keyword, item)]
    if (isLeftOut(subject, own, others) || (sent && expected && valueText(sent) === valueText(expected))) return false
    return breaksReader({ subject, keyword, item, theirs: claimOf(sent), ours: claimOf(expected) }, own, others)
  })
}

/** Whether a subject is an optional member that the sender does not have, or is inside of one. */
function isLeftOut(subject: Subject, sent: Facts, expected: Facts): boolean {
  return [subject, ...subject.ancestors()].some((one) => {
    return !sent.get(one, 'presence') && expected.get(one, 'presence')?.values[0] === 'optional'
  })
}

function isPresenceOf({ subject, keyword }: Fact, root: Subject): boolean {
  return keyword === 'presence' && subject.key === root.key
}

function claimOf(fact: Fact | undefined): Claim | null {
  return fact === undefined ? null : { values: fact.values, inside: [] }
}

/** What one side can send, and what the other expects. */
interface Exchange {
  readonly sent: Claim | null
  readonly expected: Claim | null
  readonly sender: Facts
  readonly receiver: Facts
}

/** Keywords that do not restrict values. */
const unrestricting = ['default', 'deprecated', 'writeOnly', 'allowReserved']
const upperLimits = ['maximum', 'maxItems', 'maxItems in words', 'maxLength', 'maxProperties', 'exclusiveMaximum']
const lowerLimits = ['minimum', 'minItems', 'minLength', 'minProperties', 'exclusiveMinimum']
/** Pairs of which the first is also the second. */
const narrower = [
  ['integer', 'number'],
  ['int32', 'int64'],
] as const

/** Whether a value that the sender allows could be invalid for the receiver. */
function isWider({ subject, keyword }: Discrepancy, { sent, expected, sender, receiver }: Exchange): boolean {
  if (keyword === 'presence') return isPresenceWider(sent, expected)
  if (unrestricting.includes(keyword)) return false
  if (['nullable', 'allowEmptyValue', 'content'].includes(keyword)) return sent !== null
  // A sender without an enum sends any value, and a receiver without one takes any.
  if (keyword === 'enum') return sent === null ? !sender.hasEnum(subject) : receiver.hasEnum(subject)
  if (expected === null) return false
  const [wanted = null] = expected.values
  if (keyword === 'anyOf' || keyword === 'oneOf') return !hasOption(wanted, sender.get(subject, 'type')?.values[0])
  if (sent === null) return true
  const [value = null] = sent.values
  if (upperLimits.includes(keyword)) return Number(value) > Number(wanted)
  if (lowerLimits.includes(keyword)) return Number(value) < Number(wanted)
  const isNarrower = narrower.some(([one, other]) => value === one && wanted === other)
  return !isNarrower && !listOf(wanted).includes(value)
}

/** Whether a choice has an option of a type. */
function hasOption(choice: Json, type: Json | undefined): boolean {
  return listOf(choice).some((option) => type !== undefined && textOf(member(option, 'type')) === textOf(type))
}

/** A receiver ignores a member that it does not know, and misses one that it requires. */
function isPresenceWider(sent: Claim | null, expected: Claim | null): boolean {
  if (expected === null) return true
  return expected.values[0] === 'required' && sent?.values[0] !== 'required'
}

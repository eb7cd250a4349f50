import type { Facts } from './facts.ts'
import { type Json, list, member } from './schema.ts'

/** A place, and what either side says there; null: nothing. */
export interface Parted {
  readonly place: string
  readonly theirs: string | null
  readonly ours: string | null
}

/** What a place alone does not tell of a side. */
export interface Side {
  readonly facts: Facts
  /** The places in which only certain values may stand. */
  readonly enums: ReadonlySet<string>
}

export function sideOf(facts: Facts): Side {
  const enums = [...facts.keys()].flatMap((place) => /^(.*?) is /s.exec(place)?.[1] ?? [])
  return { facts, enums: new Set(enums) }
}

/**
 * Whether a client that works with this mock would fail with HubSpot: because HubSpot refuses, or passes over, what
 * the client may send to the mock, or because HubSpot answers what the mock never does.
 */
export function breaksClient(parted: Parted, theirs: Side, ours: Side): boolean {
  const { place } = parted
  if (/^(query|header|cookie|path)\.|^body\b/.test(place)) {
    return isWider({ place, said: parted.ours, expected: parted.theirs, giver: ours, taker: theirs })
  }
  return /^(\d|default\b)/.test(place) ? breaksReader(parted, theirs, ours) : breaksCaller(parted)
}

/** What is neither sent nor answered. A new way to call does no harm; an old one that is gone or changed does. */
function breaksCaller({ place, theirs, ours }: Parted): boolean {
  if (/^(operationId|version|deprecated)$/.test(place)) return false
  return !(ours === null && theirs !== null && /^(method|security|server|scheme) /.test(place))
}

function breaksReader({ place, theirs, ours }: Parted, giver: Side, taker: Side): boolean {
  const isWhole = !place.includes(' ')
  // Headers are passed over.
  if (place.includes('@')) return ours !== null && theirs !== null
  if (/^[45](\d\d|XX)$/.test(place) && ours === null) return breaksDefault(place, giver, taker)
  if (/^(\dXX|\d{3}|default)$/.test(place)) return true
  if (isWhole && ours === null) return false
  // What the mock sends, if only now and then, a client may rely on.
  if (isWhole && theirs === null) return true
  if (place.endsWith(' writeOnly')) return theirs !== null
  return isWider({ place, said: theirs, expected: ours, giver, taker })
}

/** Limits that a value must not be above, and below. */
const most = /^(maximum|maxItems|maxLength|maxProperties|exclusiveMaximum)$/
const least = /^(minimum|minItems|minLength|minProperties|exclusiveMinimum)$/
/** What forbids nothing. */
const words = /^(default|deprecated|writeOnly|allowReserved)$/

/** An error that has a status of its own now is to be like HubSpot's others, where it says what is in it. */
function breaksDefault(status: string, giver: Side, taker: Side): boolean {
  const others = giver.facts.has('default') ? giver : taker
  if (!others.facts.has('default')) return true
  const own = [...giver.facts].filter(([place]) => place.startsWith(`${status} `) || place.startsWith(`${status}.`))
  if (own.length === 0) return false
  const said = new Map(own.map(([place, value]) => [`default${place.slice(status.length)}`, value]))
  const places = new Set([...said.keys(), ...[...others.facts.keys()].filter((place) => /^default[ .]/.test(place))])
  return [...places].some((place) => {
    const [theirs, ours] = [said.get(place) ?? null, others.facts.get(place) ?? null]
    const isLeftOut = theirs === null && ours?.startsWith('optional')
    return theirs !== ours && !isLeftOut && breaksReader({ place, theirs, ours }, sideOf(said), others)
  })
}

/** What one side may give, and what the other takes. */
interface Given {
  readonly place: string
  readonly said: string | null
  readonly expected: string | null
  readonly giver: Side
  readonly taker: Side
}

/**
 * Whether what is as the giver says may be none to the taker: a text where a number was to be, a member that is
 * missing, a list that is longer.
 */
function isWider({ place, said, expected, giver, taker }: Given): boolean {
  const [at = '', keyword] = place.split(/ (.*)/s)
  if (keyword === undefined) return isMemberWider(said, expected)
  if (words.test(keyword)) return false
  if (/^(nullable|allowEmptyValue|content )/.test(keyword)) return said !== null
  // A giver without an enum gives any value, and a taker without one takes any.
  if (keyword.startsWith('is ')) return said === null ? !giver.enums.has(at) : taker.enums.has(at)
  if (expected === null) return false
  if (/^(anyOf|oneOf)$/.test(keyword)) return !isOption(giver.facts.get(`${at} type`), expected)
  if (said === null) return true
  if (most.test(keyword)) return Number(said) > Number(expected)
  if (least.test(keyword)) return Number(said) < Number(expected)
  return !narrower.some(([one, other]) => said === one && expected === other) && !isListed(said, expected)
}

/** Whether a type is one of several, as JSON. */
function isListed(type: string, several: string): boolean {
  return listIn(several).includes(type)
}

/** Whether a choice, as JSON, has an option of a type. */
function isOption(type: string | undefined, choice: string): boolean {
  return listIn(choice).some((option) => member(option, 'type') === type)
}

function listIn(json: string): Json[] {
  try {
    return list(JSON.parse(json))
  } catch {
    return []
  }
}

/** What is also the other. */
const narrower = [
  ['integer', 'number'],
  ['int32', 'int64'],
] as const

/** A member that the taker does not know is given in vain; one that it needs is missed. */
function isMemberWider(said: string | null, expected: string | null): boolean {
  if (expected === null) return true
  return expected.startsWith('required') && !said?.startsWith('required')
}

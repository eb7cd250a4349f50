import { type CallError, type CallErrorBody, callErrors } from '../contract/errors.ts'
import { fidelities } from '../contract/fidelity.ts'
import type { Recording } from './recording.ts'
import { type Json, object } from './schema.ts'
import { kindOf, sayName } from './told.ts'

/** What an error of a whole call comes to. */
export interface ErrorLook {
  readonly findings: readonly string[]
  /** The error of the contract that it is, or is nearest to. */
  readonly nearest: CallError | undefined
}

/** An error of a whole call is one of the contract's, with its words filled in. */
export function lookAtError({ body, status }: Recording): ErrorLook {
  const ofStatus = Object.entries<CallError>(callErrors).filter(
    ([, { statusCode }]) => status === undefined || status === statusCode,
  )
  const looks = ofStatus.flatMap(([name, error]) =>
    bodiesOf(name, error).map((template) => ({ name, error, lines: [...unlike(template, body, '')] })),
  )
  const [nearest] = looks.sort((a, b) => a.lines.length - b.lines.length)
  if (nearest === undefined) return { findings: [`status ${status}: no error of the contract has it`], nearest }
  const findings = nearest.lines.map((line) => `${line} (the nearest error is ${nearest.name})`)
  return { findings, nearest: nearest.error }
}

/** An error as it was recorded, and with the category that the documented fidelity adds where there is none. */
function bodiesOf(name: string, { body }: CallError): CallErrorBody[] {
  const added = new Map(Object.entries(fidelities.documented.addedCategories)).get(name)
  return added === undefined ? [body] : [body, { ...body, category: added }]
}

/** Where a value departs from a template. */
function* unlike(template: unknown, value: Json | undefined, at: string): Generator<string> {
  if (typeof template === 'string') {
    if (!fits(template, value)) yield `${at}: ${kindOf(value)}, where the mock says ${JSON.stringify(template)}`
    return
  }
  const [known, given] = [Object(template), object(Array.isArray(value) ? { ...value } : value)]
  for (const name of new Set([...Object.keys(known), ...Object.keys(given)])) {
    const isKnown = Object.hasOwn(known, name)
    const below = [...(at === '' ? [] : [at]), isKnown ? name : sayName(name)].join('.')
    if (isKnown) yield* unlike(known[name], given[name], below)
    else yield `${below}: ${kindOf(given[name])}, which the mock does not send`
  }
}

export const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** What can stand for a `{word}`; for any other, anything. */
const wordPatterns = new Map([
  ['correlationId', uuid],
  ['line', '\\d+'],
  ['column', '\\d+'],
  ['ago', '\\d+ (?:second|minute|hour|day)\\(s\\)'],
  ['expireTime', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'],
])

/** HubSpot's longest are some hundreds. */
const mostMessageChars = 5000

/** Whether a value is a text of the contract with its `{words}` filled in. */
function fits(template: string, value: Json | undefined): boolean {
  if (typeof value !== 'string' || value.length > mostMessageChars) return false
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : (wordPatterns.get(part) ?? '[^]*')))
  return new RegExp(`^${pattern.join('')}$`).test(value)
}

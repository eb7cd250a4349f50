import { callErrors } from '../contract/call-error.ts'
import type { Recording } from './recording.ts'
import { type Json, object } from './schema.ts'

/** An error of a whole call is one of the contract's, with its words filled in. */
export function* unknownError({ body, status }: Recording): Generator<string> {
  const ofStatus = Object.entries(callErrors).filter(
    ([, { statusCode }]) => status === undefined || status === statusCode,
  )
  if (ofStatus.length === 0) yield `status ${status}: no error of the contract has it`
  const departures = ofStatus.map(([name, error]) => ({ name, lines: [...unlike(error.body, body, '')] }))
  const [nearest] = departures.sort((a, b) => a.lines.length - b.lines.length)
  for (const line of nearest?.lines ?? []) yield `${line} (the nearest error is ${nearest?.name})`
}

/** Where a value departs from a template; what a documented answer adds to a recorded one is none. */
function* unlike(template: unknown, value: Json | undefined, at: string): Generator<string> {
  if (typeof template === 'string') {
    if (!fits(template, value)) yield `${at}: ${kindOf(value)}, where the mock says ${JSON.stringify(template)}`
    return
  }
  const [known, given] = [Object(template), object(Array.isArray(value) ? { ...value } : value)]
  for (const name of new Set([...Object.keys(known), ...Object.keys(given)])) {
    const below = at === '' ? name : `${at}.${name}`
    if (Object.hasOwn(known, name)) yield* unlike(known[name], given[name], below)
    else if (below !== 'category') yield `${below}: ${kindOf(given[name])}, which the mock does not send`
  }
}

/** Whether a value is a text of the contract with its `{words}` filled in, whatever with. */
function fits(template: string, value: Json | undefined): boolean {
  if (typeof value !== 'string') return false
  const [first = '', ...rest] = template.split(/\{\w+\}/)
  if (rest.length === 0) return value === first
  const last = rest.pop() ?? ''
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false
  let at = first.length
  for (const part of rest) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= value.length - last.length
}

/** What a recorded value is, without it: it may be a secret. */
function kindOf(value: Json | undefined): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (value === undefined) return 'not there'
  return Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

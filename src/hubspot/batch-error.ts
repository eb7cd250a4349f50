import { type CallErrorBody, callErrors } from '../contract/errors.ts'
import type { FidelityRules } from '../contract/fidelity.ts'
import type { InputError, RecordedError, StandardError } from '../contract/schemas/batch.ts'
import { fill } from '../text/template.ts'
import { FixtureRefusal, type Refusal } from '../world/refusal.ts'

/** An entry of `errors`, as in the spec or as recorded. */
export function inputErrorEntry(error: InputError, { batchErrors }: FidelityRules): StandardError | RecordedError {
  if (batchErrors === 'RecordedError') return error
  const { status, category, message, context } = error
  return { status, category, message, context, errors: [], links: {} }
}

/** The refusal of a single call as an entry of a batch, which has the same words. */
export function inputErrorOf(refusal: Refusal): InputError {
  if (refusal instanceof FixtureRefusal) return refusal.cause
  const { status, category = '', subCategory, message, context = {} }: CallErrorBody = callErrors[refusal.error].body
  const members = { status, category, ...(subCategory === undefined ? {} : { subCategory }), message, context }
  return fill(members, refusal.words)
}

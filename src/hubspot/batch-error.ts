import type { FidelityRules } from '../contract/fidelity.ts'
import type { InputError, RecordedError, StandardError } from '../contract/schemas/batch.ts'

/** An entry of `errors`: as the spec has it, or as it was recorded. */
export function inputErrorEntry(error: InputError, { batchErrors }: FidelityRules): StandardError | RecordedError {
  if (batchErrors === 'RecordedError') return error
  const { status, category, message, context } = error
  return { status, category, message, context, errors: [], links: {} }
}

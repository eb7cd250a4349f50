import type { OperationName } from '../../contract/operations.ts'
import { canonicalId } from '../fixtures/fixture.ts'
import type { Step } from './step.ts'

/** A call that can take a step. */
export interface StepCall {
  readonly operation: OperationName
  /** The campaign ids and the properties that the call names, for a step with `when`. */
  readonly names: () => CallNames
}

/** The campaign ids and the properties that a call names. */
export interface CallNames {
  readonly ids: readonly string[]
  readonly properties: readonly string[]
}

/** Whether a call names everything that a step asks for. */
export function meets(when: Step['when'], names: StepCall['names']): boolean {
  if (when === undefined) return true
  const { ids, properties } = names()
  const canonical = new Set(ids.map(canonicalId))
  const named = new Set(properties)
  const hasIds = (when.ids ?? []).every((id) => canonical.has(canonicalId(id)))
  return hasIds && (when.properties ?? []).every((name) => named.has(name))
}

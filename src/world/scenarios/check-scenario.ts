import { isBatchStatus } from '../../contract/schemas/batch.ts'
import { isCloneStatus } from '../../contract/schemas/clone.ts'
import { isOAuthErrorName } from '../../contract/schemas/oauth.ts'
import type { JsonPath } from '../../text/json-text.ts'
import { unrepresentable } from '../../text/representable.ts'
import { findProblems, type Problem } from '../../text/schema-problems.ts'
import { headerName, isRepeated, Scenario, type Step, stepsOf } from './step.ts'
import { excluded } from './step-rules.ts'

/** Returns every problem of a scenario. */
export function checkScenario(value: unknown): Problem[] {
  const problem = unrepresentable(value)
  if (problem !== undefined) return [problem]
  const problems = findProblems(Scenario, value)
  return problems.length > 0 ? problems : [...semanticProblems(value as Scenario, [])]
}

const framing = ['content-length', 'transfer-encoding', 'connection', 'trailer', 'upgrade', 'keep-alive']

/** The problems of a scenario that matches the schema. */
export function* semanticProblems(scenario: Scenario, path: JsonPath): Generator<Problem> {
  const place = Array.isArray(scenario) ? path : [...path, 'steps']
  for (const [i, step] of stepsOf(scenario).entries()) {
    yield* stepProblems(step, [...place, i])
    if (!isRepeated(scenario) || step.times !== undefined || step.for !== undefined) continue
    yield { path: [...place, i], message: 'does not end, so the steps cannot repeat: add times or for' }
  }
}

function* stepProblems(step: Step, path: JsonPath): Generator<Problem> {
  const { delay, error, headers } = step
  yield* exclusionProblems(step, path)
  yield* statusProblems(step, [...path, 'status'])
  yield* oauthErrorProblems(step, [...path, 'error'])
  if (typeof delay === 'object' && delay.min > delay.max) {
    yield { path: [...path, 'delay'], message: `min ${delay.min} is greater than max ${delay.max}: swap them` }
  }
  yield* headerProblems(headers, [...path, 'headers'])
  if (typeof error === 'object') yield* headerProblems(error.headers, [...path, 'error', 'headers'])
}

function* exclusionProblems(step: Step, path: JsonPath): Generator<Problem> {
  for (const { by, members, reason } of excluded) {
    const given = by === 'error' ? step.error !== undefined : step.fault === by
    if (!given) continue
    const name = by === 'error' ? 'error' : `fault: ${by}`
    for (const member of members) {
      if (step[member] === undefined) continue
      yield { path: [...path, member], message: `cannot be used with ${name}, because ${reason}: use two steps` }
    }
  }
}

/** The statuses of a batch and of a clone differ. */
function* statusProblems({ status, on = 'batch.read' }: Step, path: JsonPath): Generator<Problem> {
  if (status === undefined) return
  for (const operation of [on].flat()) {
    const isOfClone = operation.startsWith('clone.')
    if (isOfClone ? isCloneStatus(status) : isBatchStatus(status)) continue
    const fix = isOfClone ? 'PENDING, COMPLETE, FAILED or PARTIAL_FAILURE' : 'COMPLETE, PENDING, PROCESSING or CANCELED'
    yield { path, message: `${operation} has no status ${status}: expected ${fix}` }
  }
}

/** The errors of OAuth apply to OAuth operations only, because their bodies differ from all others. */
function* oauthErrorProblems({ error, on = [] }: Step, path: JsonPath): Generator<Problem> {
  if (typeof error !== 'string' || !isOAuthErrorName(error)) return
  const names = [on].flat()
  if (names.length > 0 && names.every((name) => name.startsWith('oauth.'))) return
  yield { path, message: `${error} is an error of OAuth: add on: oauth.token` }
}

function* headerProblems(headers: Record<string, string> = {}, path: JsonPath): Generator<Problem> {
  for (const name of Object.keys(headers)) {
    if (!headerName.test(name)) yield { path: [...path, name], message: `invalid header name ${JSON.stringify(name)}` }
    if (framing.includes(name.toLowerCase())) {
      yield {
        path: [...path, name],
        message: `${name} is set by the mock: to send an incomplete response, use fault: truncate`,
      }
    }
  }
}

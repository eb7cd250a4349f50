import type * as api from '../../public/controls.ts'
import { BadInput, NotThere } from '../../public/errors.ts'
import { deepFreeze } from '../../text/deep-freeze.ts'
import { unrepresentable } from '../../text/representable.ts'
import { describe, findProblems } from '../../text/schema-problems.ts'
import { FixtureError } from '../fixtures/fixture.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

const errorHint = 'an error is {id, category, message, subCategory, context}; the last two are optional'

/** Lists, gets, adds and removes ids that fail. */
export class ErrorControls extends WorldPart implements api.ErrorControls {
  list(): FixtureError[] {
    return this.current.campaigns.errors.map(deepFreeze)
  }

  get(id: string): FixtureError {
    checkId(id)
    const error = this.current.campaigns.findError(id)
    if (error === undefined) throw noError(id)
    return deepFreeze(error)
  }

  put(error: FixtureError): FixtureError {
    const problem = unrepresentable(error)
    refuseFirst(problem === undefined ? findProblems(FixtureError, error) : [problem], errorHint)
    const stored = deepFreeze(structuredClone(error))
    this.changed.campaigns.putError(stored)
    return stored
  }

  remove(id: string): void {
    checkId(id)
    if (this.current.campaigns.findError(id) === undefined) throw noError(id)
    this.changed.campaigns.removeError(id)
  }
}

function noError(id: string): NotThere {
  return new NotThere(`no error for the id ${JSON.stringify(id)}`, 'GET /_mock/errors lists the ids that fail')
}

/** @throws {BadInput} if a caller in JavaScript gives an id of another type */
function checkId(id: unknown): void {
  if (typeof id !== 'string') throw new BadInput(`id: expected text, got ${describe(id)}`, 'give the id of an error')
}

import { callErrors } from '../../contract/errors.ts'
import { nearest } from '../../text/schema-problems.ts'
import { InvalidRequest } from '../refusal.ts'
import type { shippedScenarios } from './shipped-scenarios.ts'
import type { Steps } from './step.ts'

/**
 * A shipped scenario, or one of the tester's own.
 * @example
 * const scenario: ScenarioName = 'rate-limited'
 */
export type ScenarioName = keyof typeof shippedScenarios | (string & {})

/** What a scenario can be called: it travels in headers and behind a token. */
export const scenarioName = /^[\w.-]{1,100}$/
export const scenarioNameRule = 'letters, digits, dots, dashes and underscores make one, 100 at most'

const mostListed = 50
const mostNameChars = 100

/** Scenarios under their names; a layer over others adds its own, which win. */
export class Scenarios {
  readonly #own: Map<string, Steps>
  readonly #under: Scenarios | undefined

  constructor(own: Iterable<readonly [string, Steps]> = [], under?: Scenarios) {
    this.#own = new Map(own)
    this.#under = under
  }

  find(name: string): Steps | undefined {
    return this.#own.get(name) ?? this.#under?.find(name)
  }

  define(name: string, steps: Steps): void {
    this.#own.set(name, steps)
  }

  get names(): string[] {
    return [...new Set([...(this.#under?.names ?? []), ...this.#own.keys()])]
  }

  /** Says that there is no scenario of this name, and which there are. */
  sayUnknown(name: string): string {
    if (Object.hasOwn(callErrors, name)) {
      return `no scenario ${JSON.stringify(name)}: that is an error, which steps can have: [{ "error": "${name}" }]`
    }
    const names = this.names.slice(0, mostListed)
    const near = nearest(name, names)
    const meant = near === undefined ? '' : `did you mean ${JSON.stringify(near)}? `
    return `no scenario ${JSON.stringify(name.slice(0, mostNameChars))}: ${meant}there are: ${names.join(', ')}`
  }

  /** The same as an error to throw. */
  unknown(name: string): InvalidRequest {
    return new InvalidRequest('X-Mock-Scenario', this.sayUnknown(name))
  }
}

import { isDeepStrictEqual } from 'node:util'
import { callErrors } from '../../contract/errors.ts'
import { nearest } from '../../text/schema-problems.ts'
import type { PlantedPart } from '../planted-data.ts'
import { InvalidRequest } from '../refusal.ts'
import type { Scenario } from './step.ts'

export type { ScenarioName } from '../../public/step.ts'

/** The names that a scenario can have: clients send them in a header and after a token. */
export const scenarioNamePattern = /^[\w.-]{1,100}$/
export const scenarioNameRule = 'a name has 1 to 100 letters, digits, dots, dashes and underscores'

const maximumListed = 50
const maximumNameChars = 100

/** Scenarios by name. A layer over other scenarios adds its own, which replace those of the same name. */
export class Scenarios {
  readonly #own: Map<string, Scenario>
  readonly #planted: PlantedPart | undefined
  #lower: Scenarios | undefined

  /** @param planted counts the scenarios that are defined later */
  constructor(own: Iterable<readonly [string, Scenario]> = [], lower?: Scenarios, planted?: PlantedPart) {
    this.#own = new Map(own)
    this.#lower = lower
    this.#planted = planted
  }

  find(name: string): Scenario | undefined {
    return this.#own.get(name) ?? this.#lower?.find(name)
  }

  /** Replaces the scenarios below these. Those that are equal to the previous ones keep their progress. */
  replaceLower(lower: Scenarios): void {
    for (const name of lower.names) {
      const before = this.#lower?.find(name)
      if (before !== undefined && isDeepStrictEqual(before, lower.find(name))) lower.define(name, before)
    }
    this.#lower = lower
  }

  /** @throws {TooMuchData} if the mock has no space for the steps */
  define(name: string, scenario: Scenario): void {
    this.#planted?.set(`scenario ${name}`, scenario)
    this.#own.set(name, scenario)
  }

  get entries(): [name: string, Scenario][] {
    return [...new Map([...(this.#lower?.entries ?? []), ...this.#own])]
  }

  get names(): string[] {
    return this.entries.map(([name]) => name)
  }

  /** The message for an unknown name, with the known names. */
  describeUnknown(name: string): string {
    if (Object.hasOwn(callErrors, name)) {
      return `unknown scenario ${JSON.stringify(name)}: that is an error, which a step can name: [{ "error": "${name}" }]`
    }
    const names = this.names.slice(0, maximumListed)
    const near = nearest(name, names)
    const suggestion = near === undefined ? '' : `did you mean ${JSON.stringify(near)}? `
    const shown = JSON.stringify(name.slice(0, maximumNameChars))
    return `unknown scenario ${shown}: ${suggestion}expected one of: ${names.join(', ')}`
  }

  /**
   * The error for a request that names an unknown scenario.
   * @param place where the request names it
   */
  unknownError(name: string, place: string): InvalidRequest {
    return new InvalidRequest(place, this.describeUnknown(name))
  }
}

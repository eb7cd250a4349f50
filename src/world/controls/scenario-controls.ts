import { BadInput, NotThere, refuseFirst } from '../refusal.ts'
import { type ScenarioName, scenarioNamePattern, scenarioNameRule } from '../scenarios/scenario.ts'
import { type PlayState, unnamed } from '../scenarios/scenario-player.ts'
import { checkSteps, type Steps } from '../scenarios/step.ts'
import { WorldPart } from './world-part.ts'

const stepsHint =
  'steps are a list of {status, results, error, delay, fault, headers, times, for, on}; all members are optional'

/** A limit that stops a faulty loop from filling the memory. */
const maximumScenarios = 1000

/** Defines, plays and stops scenarios. */
export class ScenarioControls extends WorldPart {
  /**
   * Returns all scenarios by name, including the built-in ones.
   * @example
   * console.log(Object.keys(portal.scenarios.list()))
   */
  list(): Record<string, Steps> {
    const { scenarios } = this.current
    return Object.fromEntries(scenarios.names.map((name) => [name, scenarios.find(name) ?? []]))
  }

  /**
   * Defines a scenario, or replaces the one with this name.
   * @throws {BadInput} if the name or the steps are invalid; then nothing changes
   * @example
   * portal.scenarios.define('slow-start', [{ status: 'PENDING', times: 3 }, { status: 'COMPLETE' }])
   * portal.scenarios.play('slow-start')
   */
  define(name: string, steps: Steps): void {
    if (!scenarioNamePattern.test(name)) {
      throw new BadInput(`invalid name ${JSON.stringify(name)}`, scenarioNameRule)
    }
    refuseFirst(checkSteps(steps), stepsHint)
    const { scenarios } = this.current
    if (scenarios.names.length >= maximumScenarios && scenarios.find(name) === undefined) {
      throw new BadInput(`there are already ${maximumScenarios} scenarios`, 'reset, or redefine one of them')
    }
    this.changed.scenarios.define(name, structuredClone(steps))
  }

  /**
   * Plays a scenario from its first step.
   * @param what the name of a scenario, or steps
   * @throws {NotThere} if the name is unknown · {BadInput} if the steps are invalid
   * @example
   * portal.scenarios.play('backlog')
   * portal.scenarios.play([{ error: 'rate-limited', times: 2 }, { fault: 'reset', times: 1 }])
   */
  play(what: ScenarioName | Steps): void {
    const { scenarios } = this.current
    if (typeof what !== 'string') {
      refuseFirst(checkSteps(what), stepsHint)
      this.changed.play({ name: unnamed, steps: structuredClone(what) })
    } else if (scenarios.find(what) === undefined) {
      throw new NotThere(scenarios.describeUnknown(what), 'PUT /_mock/scenarios/:name defines a scenario')
    } else this.changed.play({ name: what })
  }

  /**
   * Stops the scenario, so that responses are normal. A portal then ignores the scenario of the whole mock as well.
   * @example
   * portal.scenarios.stop()
   */
  stop(): void {
    this.changed.stop()
  }

  /**
   * The active scenario, its next step and what is left of that step; undefined if no scenario is active.
   * @example
   * console.log(portal.scenarios.playing?.step)
   */
  get playing(): PlayState | undefined {
    return this.current.playing
  }
}

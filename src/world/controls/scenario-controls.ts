import type * as api from '../../public/controls.ts'
import { BadInput, NotThere } from '../../public/errors.ts'
import type { PlayState } from '../../public/step.ts'
import { refuseFirst } from '../refusal.ts'
import { checkScenario } from '../scenarios/check-scenario.ts'
import { type ScenarioName, scenarioNamePattern, scenarioNameRule } from '../scenarios/scenario.ts'
import { unnamed } from '../scenarios/scenario-player.ts'
import { type Scenario, Step } from '../scenarios/step.ts'
import { WorldPart } from './world-part.ts'

const stepsHint = `a scenario is a list of steps, or {repeat: true, steps}; a step is {${Object.keys(Step.properties).join(', ')}}, all optional`

/** A limit that stops a faulty loop from filling the memory. */
const maximumScenarios = 1000

/** Defines, plays and stops scenarios. */
export class ScenarioControls extends WorldPart implements api.ScenarioControls {
  list(): Record<string, Scenario> {
    return Object.fromEntries(this.current.scenarios.entries)
  }

  define(name: string, scenario: Scenario): void {
    if (!scenarioNamePattern.test(name)) {
      throw new BadInput(`invalid name ${JSON.stringify(name)}`, scenarioNameRule)
    }
    refuseFirst(checkScenario(scenario), stepsHint)
    const { scenarios } = this.current
    if (scenarios.names.length >= maximumScenarios && scenarios.find(name) === undefined) {
      throw new BadInput(`there are already ${maximumScenarios} scenarios`, 'reset, or redefine one of them')
    }
    this.changed.scenarios.define(name, structuredClone(scenario))
  }

  play(what: ScenarioName | Scenario): void {
    const { scenarios } = this.current
    if (typeof what !== 'string') {
      refuseFirst(checkScenario(what), stepsHint)
      this.changed.play({ name: unnamed, steps: structuredClone(what) })
    } else if (scenarios.find(what) === undefined) {
      throw new NotThere(scenarios.describeUnknown(what), 'PUT /_mock/scenarios/:name defines a scenario')
    } else this.changed.play({ name: what })
  }

  stop(): void {
    this.changed.stop()
  }

  release(): number {
    this.world.refuseIfClosed()
    return this.current.release()
  }

  get playing(): PlayState | undefined {
    return this.current.playing
  }
}

import { createHash } from 'node:crypto'
import type { OperationName } from '../../contract/operations.ts'
import type { PlayState } from '../../public/step.ts'
import type { Clock } from '../clock.ts'
import type { Scenarios } from './scenario.ts'
import { appliesTo, isRepeated, type Scenario, type Step, stepsOf } from './step.ts'
import { meets, type StepCall } from './step-condition.ts'

/** A scenario to play: by its name, or with steps of its own. */
export interface Play {
  readonly name: string
  /** The steps of a scenario that is not stored under its name; undefined for one that is. */
  readonly steps?: Scenario
  /** Where a request names the scenario, for errors. */
  readonly place?: string
}

/** The name of a list of steps that is played without a name. */
export const unnamed = 'unnamed'

interface Progress {
  /** The index of the next step; the number of steps after the last one. */
  index: number
  /** How many calls have taken that step. */
  taken: number
  /** When that step began, in milliseconds since the epoch; undefined until a call takes it. */
  since: number | undefined
}

/** Plays scenarios: keeps the progress of each list of steps. */
export class ScenarioPlayer {
  readonly #scenarios: Scenarios
  readonly #clock: Clock
  readonly #seed: string
  /** How many calls have met a step with `chance`. */
  #draws = 0
  #progress = new WeakMap<Scenario, Progress>()

  /** @param seed decides which calls take a step with `chance` */
  constructor(scenarios: Scenarios, clock: Clock, seed: string) {
    this.#scenarios = scenarios
    this.#clock = clock
    this.#seed = seed
  }

  /**
   * Takes the next step of a scenario if it applies to a call.
   * @returns the step; undefined after the last step, when responses are normal again
   * @throws {InvalidRequest} if the scenario is unknown
   */
  take(play: Play, { operation, names }: StepCall): Step | undefined {
    const scenario = this.#scenarioOf(play)
    const progress = this.#progressOf(scenario)
    const step = this.#current(scenario, progress)
    if (step === undefined || !appliesTo(step, operation)) return undefined
    if (!meets(step.when, names) || !this.#isDrawn(step)) return undefined
    progress.taken += 1
    progress.since ??= this.#clock.now()
    return step
  }

  /**
   * Whether the next step depends on the body of a call.
   * @throws {InvalidRequest} if the scenario is unknown
   */
  dependsOnBody(play: Play, operation: OperationName): boolean {
    const scenario = this.#scenarioOf(play)
    const step = this.#current(scenario, this.#progressOf(scenario))
    return step?.when !== undefined && appliesTo(step, operation)
  }

  /** Whether a call takes a step with `chance`: the same calls do in each run with the same seed. */
  #isDrawn({ chance }: Step): boolean {
    if (chance === undefined) return true
    this.#draws += 1
    const digest = createHash('sha256').update(`${this.#seed} ${this.#draws}`).digest()
    return digest.readUInt32BE() / 2 ** 32 < chance
  }

  /** The progress of a scenario, which this call does not change. */
  state(play: Play): PlayState {
    const scenario = this.#scenarioOf(play)
    const progress = { ...this.#progressOf(scenario) }
    const step = this.#current(scenario, progress)
    const left = step === undefined ? null : leftOf(step, progress, this.#clock.now())
    return { name: play.name, step: step === undefined ? null : progress.index + 1, left }
  }

  /** Restarts a scenario from its first step. */
  restart(play: Play): void {
    this.#progress.delete(this.#scenarioOf(play))
  }

  #scenarioOf({ name, steps = this.#scenarios.find(name), place = 'scenario' }: Play): Scenario {
    if (steps === undefined) throw this.#scenarios.unknownError(name, place)
    return steps
  }

  #progressOf(scenario: Scenario): Progress {
    const known = this.#progress.get(scenario)
    if (known !== undefined) return known
    const progress = { index: 0, taken: 0, since: undefined }
    this.#progress.set(scenario, progress)
    return progress
  }

  /** The current step, after the steps that have ended are skipped. */
  #current(scenario: Scenario, progress: Progress): Step | undefined {
    const steps = stepsOf(scenario)
    const now = this.#clock.now()
    for (;;) {
      const step = steps[progress.index]
      if (step === undefined) return undefined
      const end = endOf(step, progress, now)
      if (end === undefined) return step
      progress.index += 1
      progress.taken = 0
      progress.since = end.next
      if (progress.index < steps.length || !isRepeated(scenario)) continue
      progress.index = 0
      if (end.next !== undefined) progress.since = startOfRound(steps, end.next, now)
    }
  }
}

/**
 * The start of the current round of steps that repeat. If all of them end by time, many rounds can have passed without a
 * call.
 * @param since when the first round started, in milliseconds since the epoch
 */
function startOfRound(steps: readonly Step[], since: number, now: number): number {
  const roundMs = steps.reduce((sum, step) => sum + (step.for ?? Number.POSITIVE_INFINITY), 0)
  const rounds = Math.max(0, Math.floor((now - since) / roundMs))
  return rounds === 0 ? since : since + rounds * roundMs
}

/**
 * The end of a step: `next` is when the next step begins. After `for`, that is the end of the time; after `times`, it is
 * undefined, since the next step begins when a call takes it.
 * @returns undefined if the step has not ended
 */
function endOf(step: Step, { taken, since }: Progress, now: number): { next: number | undefined } | undefined {
  if (step.times !== undefined && taken >= step.times) return { next: undefined }
  if (step.for === undefined || since === undefined || now < since + step.for) return undefined
  return { next: since + step.for }
}

function leftOf(step: Step, { taken, since }: Progress, now: number): number | null {
  if (step.times !== undefined) return step.times - taken
  return step.for === undefined ? null : step.for - (now - (since ?? now))
}

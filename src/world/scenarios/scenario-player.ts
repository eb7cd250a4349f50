import type { OperationName } from '../../contract/operations.ts'
import type { Clock } from '../clock.ts'
import type { Scenarios } from './scenario.ts'
import { appliesTo, type Step, type Steps } from './step.ts'

/** What plays: the name of a scenario, or steps that have none. */
export interface Play {
  readonly name: string
  /** Given with a play of steps that no scenario holds. */
  readonly steps?: Steps
}

/** The name under which steps play that were given without one. */
export const unnamed = 'unnamed'

/**
 * Where a play has come to, for whoever asks.
 * @example
 * const state: PlayState | undefined = portal.scenarios.playing
 * console.log(state?.name, state?.step, state?.left)
 */
export interface PlayState {
  readonly name: string
  /** The step that is next, counted from 1; null when all are played. */
  readonly step: number | null
  /** What is left of it: calls, where it has `times`, milliseconds, where it has `for`; null without end. */
  readonly left: number | null
}

interface Progress {
  /** Which step is next; one past the last when all are played. */
  index: number
  /** How often that step was taken. */
  taken: number
  /** When that step began; undefined until it is first taken. */
  since: number | undefined
}

/** Plays scenarios: knows for each list of steps how far it has come. */
export class ScenarioPlayer {
  readonly #scenarios: Scenarios
  readonly #clock: Clock
  #progress = new WeakMap<Steps, Progress>()

  constructor(scenarios: Scenarios, clock: Clock) {
    this.#scenarios = scenarios
    this.#clock = clock
  }

  /**
   * Takes the next step of a play, if the step is for this operation.
   * @returns the step; undefined when all steps are played and answers are normal again
   * @throws {InvalidRequest} if there is no such scenario, with the names there are
   */
  take(play: Play, operation: OperationName): Step | undefined {
    const steps = this.#stepsOf(play)
    const progress = this.#progressOf(steps)
    const step = this.#current(steps, progress)
    if (step === undefined || !appliesTo(step, operation)) return undefined
    progress.taken += 1
    progress.since ??= this.#clock.now()
    return step
  }

  /** Where a play has come to; asking does not move it on. */
  state(play: Play): PlayState {
    const steps = this.#stepsOf(play)
    const progress = { ...this.#progressOf(steps) }
    const step = this.#current(steps, progress)
    const left = step === undefined ? null : leftOf(step, progress, this.#clock.now())
    return { name: play.name, step: step === undefined ? null : progress.index + 1, left }
  }

  /** Begins a play anew. */
  restart(play: Play): void {
    this.#progress.delete(this.#stepsOf(play))
  }

  #stepsOf({ name, steps = this.#scenarios.find(name) }: Play): Steps {
    if (steps === undefined) throw this.#scenarios.unknownError(name)
    return steps
  }

  #progressOf(steps: Steps): Progress {
    const known = this.#progress.get(steps)
    if (known !== undefined) return known
    const progress = { index: 0, taken: 0, since: undefined }
    this.#progress.set(steps, progress)
    return progress
  }

  /** Leaves behind the steps whose calls or time are used up. */
  #current(steps: Steps, progress: Progress): Step | undefined {
    for (;;) {
      const step = steps[progress.index]
      if (step === undefined) return undefined
      const end = endOf(step, progress, this.#clock.now())
      if (end === undefined) return step
      progress.index += 1
      progress.taken = 0
      progress.since = end.next
    }
  }
}

/**
 * Whether a step is over, and when the next one begins: where time ended it, at that moment;
 * where calls did, when the next one is first taken.
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

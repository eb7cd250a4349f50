import { type Static, Type } from '@sinclair/typebox'
import { BatchStatus } from '../contract/batch.ts'
import type { Clock } from './clock.ts'
import { suggest } from './problem.ts'
import { InvalidRequest } from './refusal.ts'

/** How many of the campaigns that were found are in the answer. */
const Results = Type.Union([Type.Literal('all'), Type.Literal('none'), Type.Integer({ minimum: 0 })], {
  description: 'all, none or a whole number',
})

/** One line of a scenario. Without `times` and `for` it holds until further notice. */
export const Step = Type.Object(
  {
    status: Type.Optional(BatchStatus),
    results: Type.Optional(Results),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of calls, at least 1' })),
    for: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of milliseconds, at least 1' })),
  },
  { additionalProperties: false },
)
export type Step = Static<typeof Step>

/** Scripts of answers under their names. */
export type Scenarios = ReadonlyMap<string, readonly Step[]>

interface Progress {
  /** Which step is next; one past the last when all are played. */
  index: number
  /** How often that step was taken. */
  taken: number
  /** When that step began; undefined until it is first taken. */
  since: number | undefined
}

/** Plays scenarios: knows for each how far it has come. */
export class ScenarioPlayer {
  readonly #scenarios: Scenarios
  readonly #clock: Clock
  readonly #progress = new Map<string, Progress>()

  constructor(scenarios: Scenarios, clock: Clock) {
    this.#scenarios = scenarios
    this.#clock = clock
  }

  /**
   * Takes the next step of a scenario.
   * @returns the step; undefined when all steps are played and answers are normal again
   * @throws {InvalidRequest} if there is no such scenario, with the names there are
   */
  take(name: string): Step | undefined {
    const steps = this.#scenarios.get(name)
    if (steps === undefined) throw new InvalidRequest('X-Mock-Scenario', unknownScenario(name, this.#scenarios))
    const progress = this.#progressOf(name)
    const step = this.#current(steps, progress)
    if (step === undefined) return undefined
    progress.taken += 1
    progress.since ??= this.#clock.now()
    return step
  }

  #progressOf(name: string): Progress {
    const known = this.#progress.get(name)
    if (known !== undefined) return known
    const progress = { index: 0, taken: 0, since: undefined }
    this.#progress.set(name, progress)
    return progress
  }

  /** Leaves behind the steps whose calls or time are used up. */
  #current(steps: readonly Step[], progress: Progress): Step | undefined {
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

/** Says that there is no such scenario, and which there are. */
export function unknownScenario(name: string, scenarios: Scenarios): string {
  const names = [...scenarios.keys()]
  const near = suggest(name, names)
  const list = near.startsWith('there are') ? '' : ` there are: ${names.join(', ')}`
  return `no scenario ${JSON.stringify(name)}: ${near}${list}`
}

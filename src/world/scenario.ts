import { type Static, Type } from '@sinclair/typebox'
import { BatchStatus } from '../contract/batch.ts'
import { type CallErrorName, callErrors } from '../contract/call-error.ts'
import type { Clock } from './clock.ts'
import type { JsonPath } from './json-text.ts'
import { findProblems, type Problem, suggest } from './problem.ts'
import { InvalidRequest } from './refusal.ts'

const closed = { additionalProperties: false }

/** How many of the campaigns that were found are in the answer. */
const Results = Type.Union([Type.Literal('all'), Type.Literal('none'), Type.Integer({ minimum: 0 })], {
  description: 'all, none or a whole number',
})

const longestDelayMs = 2 ** 31 - 1
const DelayMs = Type.Integer({ minimum: 0, maximum: longestDelayMs })

/** Header names and values that HTTP can carry. */
const Headers = Type.Record(
  Type.String(),
  Type.String({ pattern: '^[\\t\\x20-\\x7e]*$', description: 'text without line breaks (put it in quotes)' }),
)

/** An answer of the tester's own making: sent as it stands, an object as JSON and a text as a page. */
const OwnError = Type.Object(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    body: Type.Optional(Type.Unknown()),
    headers: Type.Optional(Headers),
  },
  closed,
)
export type OwnError = Static<typeof OwnError>

const errorNames = Object.keys(callErrors)

/** What a step does to the transport: RST · closed without a byte · half the body, then closed · the body in small pieces. */
export const Fault = Type.Union(
  [Type.Literal('reset'), Type.Literal('empty'), Type.Literal('truncate'), Type.Literal('drip')],
  { description: 'reset, empty, truncate or drip' },
)
export type Fault = Static<typeof Fault>

/** One line of a scenario. Without `times` and `for` it holds until further notice. */
export const Step = Type.Object(
  {
    status: Type.Optional(BatchStatus),
    results: Type.Optional(Results),
    error: Type.Optional(
      Type.Union([Type.Union(errorNames.map((name) => Type.Literal(name as CallErrorName))), OwnError], {
        description: `one of ${errorNames.join(', ')}, or {status, body, headers}`,
      }),
    ),
    delay: Type.Optional(
      Type.Union([DelayMs, Type.Object({ min: DelayMs, max: DelayMs }, closed)], {
        description: 'a whole number of milliseconds, or {min, max} of them',
      }),
    ),
    fault: Type.Optional(Fault),
    headers: Type.Optional(Headers),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of calls, at least 1' })),
    for: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of milliseconds, at least 1' })),
  },
  closed,
)
export type Step = Static<typeof Step>

export const Steps = Type.Array(Step, { minItems: 1, description: 'a list of steps, at least one' })
export type Steps = Static<typeof Steps>

/** What a scenario can be called: it travels in headers and behind a token. */
export const scenarioName = /^[\w.-]+$/
export const scenarioNameRule = 'letters, digits, dots, dashes and underscores make one'

/** Every problem of a list of steps, down to headers that would break the answer. */
export function checkSteps(value: unknown): Problem[] {
  const problems = findProblems(Steps, value)
  return problems.length > 0 ? problems : [...unsoundSteps(value as Steps, [])]
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/
const framing = ['content-length', 'transfer-encoding', 'connection']

/** What is wrong with steps beyond their form. */
export function* unsoundSteps(steps: Steps, path: JsonPath): Generator<Problem> {
  for (const [i, { delay, error, headers }] of steps.entries()) {
    if (typeof delay === 'object' && delay.min > delay.max) {
      yield { path: [...path, i, 'delay'], message: `min ${delay.min} is over max ${delay.max}: change one of them` }
    }
    yield* unsoundHeaders(headers, [...path, i, 'headers'])
    if (typeof error === 'object') yield* unsoundHeaders(error.headers, [...path, i, 'error', 'headers'])
  }
}

function* unsoundHeaders(headers: Record<string, string> = {}, path: JsonPath): Generator<Problem> {
  for (const name of Object.keys(headers)) {
    if (!headerName.test(name)) yield { path: [...path, name], message: `${JSON.stringify(name)} is no header name` }
    if (framing.includes(name.toLowerCase())) {
      yield { path: [...path, name], message: `${name} says where the answer ends: use fault truncate to break that` }
    }
  }
}

/** How long a step waits before its answer, in milliseconds. */
export function delayOf({ delay = 0 }: Step): number {
  if (typeof delay === 'number') return delay
  return Math.round(delay.min + Math.random() * (delay.max - delay.min))
}

/** Scenarios under their names; a layer over others adds its own, which win. */
export class Scenarios {
  readonly #own = new Map<string, Steps>()
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
    const near = suggest(name, this.names)
    const list = near.startsWith('there are') ? '' : ` there are: ${this.names.join(', ')}`
    return `no scenario ${JSON.stringify(name)}: ${near}${list}`
  }

  /** The same as an error to throw. */
  unknown(name: string): InvalidRequest {
    return new InvalidRequest('X-Mock-Scenario', this.sayUnknown(name))
  }
}

/** What plays: the name of a scenario, or steps that have none. */
export interface Play {
  readonly name: string
  /** Given with a play of steps that no scenario holds. */
  readonly steps?: Steps
}

/** The name under which steps play that were given without one. */
export const unnamed = 'unnamed'

/** Where a play has come to, for whoever asks. */
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
   * Takes the next step of a play.
   * @returns the step; undefined when all steps are played and answers are normal again
   * @throws {InvalidRequest} if there is no such scenario, with the names there are
   */
  take(play: Play): Step | undefined {
    const steps = this.#stepsOf(play)
    const progress = this.#progressOf(steps)
    const step = this.#current(steps, progress)
    if (step === undefined) return undefined
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
    if (steps === undefined) throw this.#scenarios.unknown(name)
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

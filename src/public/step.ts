import type { BuiltInScenario, CallErrorName, OAuthErrorName, OperationName } from './names.ts'

/**
 * The name of a built-in scenario, or of one that a test or a fixture defines.
 * @example
 * const scenario: ScenarioName = 'rate-limited'
 */
export type ScenarioName = BuiltInScenario | (string & {})

/**
 * The steps of a scenario, played from first to last.
 * @example
 * const steps: Steps = [{ status: 'PENDING', times: 2 }, { status: 'PROCESSING', for: 500 }, { status: 'COMPLETE' }]
 */
export type Steps = Step[]

/**
 * A scenario: its steps, or steps that start again after the last one.
 * @example
 * const scenario: Scenario = { repeat: true, steps: [{ error: 'rate-limited', times: 1 }, { times: 9 }] }
 */
export type Scenario = Steps | RepeatedSteps

/**
 * Steps that can start again after the last one.
 * @example
 * const tenth: RepeatedSteps = { repeat: true, steps: [{ times: 9 }, { error: 'server-error', times: 1 }] }
 */
export interface RepeatedSteps {
  /** Whether the first step follows the last one. Then every step needs `times` or `for`. Default: false. */
  repeat?: boolean
  /** The steps. */
  steps: Steps
}

/**
 * One step of a scenario. Without `times` and `for` it applies to all further calls.
 * @example
 * const step: Step = { error: 'rate-limited', headers: { 'retry-after': '2' }, times: 3 }
 */
export interface Step {
  /**
   * The status of the batch. Unless it is COMPLETE, the response has no results and no errors, except where `results` asks
   * for them. With `on: 'clone.status'`, the status of the clone.
   */
  status?: 'PENDING' | 'PROCESSING' | 'CANCELED' | 'COMPLETE' | 'FAILED' | 'PARTIAL_FAILURE'
  /** How many of the found campaigns the response has. */
  results?: 'all' | 'none' | number
  /** The call fails with this error: one of HubSpot's by name, or your own. */
  error?: CallErrorName | OAuthErrorName | OwnError
  /** How long to wait before the response, in milliseconds. */
  delay?: number | DelayRange
  /** Holds the response until `scenarios.release()`. A reset, `close()` and a client that gives up end it as well. */
  hold?: boolean
  /**
   * The probability, from 0 to 1, with which a call takes this step; other calls pass. It is drawn from the seed, so that
   * the same calls take the step in the next run. Default: 1.
   */
  chance?: number
  /** What happens to the connection. `drip` takes as long as `delay` says. */
  fault?: Fault
  /** Additional response headers. */
  headers?: Record<string, string>
  /**
   * The operations that take this step; other calls pass. Default: every campaign operation, or batch reads for a step
   * with `status` or `results`.
   */
  on?: OperationName | OperationName[]
  /** The calls that take this step; other calls pass. */
  when?: StepCondition
  /** The number of calls that the step applies to. */
  times?: number
  /** How long the step applies, in milliseconds from its first call. */
  for?: number
}

/**
 * The ids and properties that a call must name, as the journal lists them. A call that names additional ones meets the
 * condition as well.
 * @example
 * const when: StepCondition = { ids: ['430318c4-abb7-4bf7-a75e-9c5fa8f475a6'], properties: ['hs_name'] }
 */
export interface StepCondition {
  /** Campaign ids, in the path or in the body. */
  ids?: string[]
  /** Names in the parameter `properties`. */
  properties?: string[]
}

/**
 * A custom error response.
 * @example
 * const error: OwnError = { status: 418, body: { message: 'teapot' } }
 */
export interface OwnError {
  /** The status, 200 to 599. */
  status: number
  /** The body: a text is sent as an HTML page, any other value as JSON. */
  body?: unknown
  /** Additional response headers. */
  headers?: Record<string, string>
}

/**
 * A random delay, drawn for each call.
 * @example
 * const delay: DelayRange = { min: 50, max: 200 }
 */
export interface DelayRange {
  /** The shortest delay, in milliseconds. */
  min: number
  /** The longest delay, in milliseconds. */
  max: number
}

/**
 * A fault of the connection: `reset` resets it (RST), `empty` closes it without a response, `truncate` closes it in the
 * middle of the body, and `drip` sends the body in small pieces.
 * @example
 * const fault: Fault = 'reset'
 */
export type Fault = 'reset' | 'empty' | 'truncate' | 'drip'

/**
 * The active scenario and its progress.
 * @example
 * const state: PlayState | undefined = portal.scenarios.playing
 * console.log(state?.name, state?.step, state?.left)
 */
export interface PlayState {
  /** The name of the scenario; `unnamed` for steps without a name. */
  readonly name: string
  /** The next step, counted from 1; null after the last one. For the whole mock: the step in which a new portal begins. */
  readonly step: number | null
  /** What the step has left: calls if it has `times`, milliseconds if it has `for`, null if it has no end. */
  readonly left: number | null
}

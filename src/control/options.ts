import type { CloseSignal } from '../text/close-signal.ts'
import type { CommonHeaders } from '../world/common-headers.ts'
import type { World } from '../world/world.ts'

/** The options of the control API. */
export interface ControlOptions {
  readonly world: World
  /** The version of this package. */
  readonly version: string
  /** The address that the mock listens on. */
  readonly host: string
  readonly commonHeaders: CommonHeaders
  /** Ends everything that waits when the mock closes. */
  readonly closing: CloseSignal
  /** The token that callers have to send; undefined if none is needed. */
  readonly controlToken: string | undefined
  /** Whether this is one of several mocks behind a load balancer. */
  readonly isReplica: boolean
  /** The base URL of links, whose host callers can use; undefined if it is not set. */
  readonly publicUrl: string | undefined
  /** The certificate authority of this run, as PEM; undefined if there is none. */
  readonly ca: string | undefined
}

/** One route of the control API, for the OpenAPI document and for suggestions in messages. */
export interface ControlRoute {
  readonly method: string
  readonly url: string
  readonly schema: object
}

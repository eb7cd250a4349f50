import type { CommonHeaders } from '../world/common-headers.ts'
import type { World } from '../world/world.ts'

/** What the control API needs to know of its mock. */
export interface ControlOptions {
  readonly world: World
  /** The version of this package. */
  readonly version: string
  /** The address that the mock listens on. */
  readonly host: string
  readonly commonHeaders: CommonHeaders
  /** The token that a caller has to send, if there is one. */
  readonly controlToken: string | undefined
}

/** One route of the control API, for its OpenAPI document and for messages. */
export interface ControlRoute {
  readonly method: string
  readonly url: string
  readonly schema: object
}

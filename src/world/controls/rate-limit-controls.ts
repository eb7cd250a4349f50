import { Type } from '@sinclair/typebox'
import { RateLimitName } from '../../contract/rate-limits.ts'
import type * as api from '../../public/controls.ts'
import { findProblems } from '../../text/schema-problems.ts'
import { refuseFirst } from '../refusal.ts'
import { WorldPart } from './world-part.ts'

/** The schema of `RateLimitChange`. */
export const RateLimitChange = Type.Object({ limit: RateLimitName }, { additionalProperties: false })
export type RateLimitChange = api.RateLimitChange

/** Reads and sets the rate limit of the mock, or of one portal. */
export class RateLimitControls extends WorldPart implements api.RateLimitControls {
  get state(): api.RateLimitState {
    return this.current.rateLimit
  }

  set(change: RateLimitChange): api.RateLimitState {
    refuseFirst(findProblems(RateLimitChange, change), 'a rate limit is {limit}, such as {limit: 3} or {limit: "off"}')
    this.changed.setRateLimit(change.limit)
    return this.state
  }

  reset(): api.RateLimitState {
    this.changed.setRateLimit(undefined)
    return this.state
  }
}

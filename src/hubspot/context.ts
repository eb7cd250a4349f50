import type { FidelityRules } from '../contract/fidelity.ts'
import type { CloseSignal } from '../text/close-signal.ts'
import { ErrorRenderings, Renderings } from '../world/campaigns/rendering.ts'
import type { CommonHeaders } from '../world/common-headers.ts'
import type { World } from '../world/world.ts'
import type { LinkOptions } from './base-url.ts'
import { inputErrorEntry } from './batch-error.ts'
import { BufferPool } from './buffer-pool.ts'
import { ViewCache } from './campaign-view.ts'
import { SendQueue } from './send-queue.ts'

/** The parts of a mock that its HubSpot API needs. */
export interface HubspotOptions {
  readonly world: World
  readonly rules: FidelityRules
  readonly commonHeaders: CommonHeaders
  readonly links: LinkOptions
  /** Refuses requests that draw a hint. */
  readonly strict: boolean
  /** Ends everything that waits when the mock closes. */
  readonly closing: CloseSignal
}

/** The parts that all operations and request concerns of one mock share. */
export interface HubspotContext extends HubspotOptions {
  /** Caches of campaigns as JSON, of batch errors as JSON, and of parsed queries. */
  readonly renderings: Renderings
  readonly errorRenderings: ErrorRenderings
  readonly views: ViewCache
  readonly sendQueue: SendQueue
  readonly buffers: BufferPool
}

export function createHubspotContext(options: HubspotOptions): HubspotContext {
  return {
    ...options,
    renderings: new Renderings(),
    errorRenderings: new ErrorRenderings((error) => inputErrorEntry(error, options.rules)),
    views: new ViewCache(),
    sendQueue: new SendQueue(),
    buffers: new BufferPool(),
  }
}
